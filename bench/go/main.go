// Command archive-go serves the composition of bench/eight with function-sdk-go, as a function that is written in Go does.
package main

import (
	"flag"
	"log"

	"github.com/crossplane/function-sdk-go"
)

func main() {
	address := flag.String("address", ":9443", "Where to listen.")
	metrics := flag.String("metrics-address", function.DefaultMetricsAddress, "Where to answer /metrics.")
	flag.Parse()
	err := function.Serve(&archive{},
		function.Listen("tcp", *address),
		function.Insecure(true),
		function.MaxRecvMessageSize(64*1024*1024),
		function.WithMetricsServer(*metrics))
	log.Fatal(err)
}
