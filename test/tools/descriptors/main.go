// Command descriptors writes src/serve/reflection/descriptor-set.ts to standard output: what describes the services of a
// function, as Go's generated code has it. Run it here: go run . > ../../../src/serve/reflection/descriptor-set.ts
package main

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"log"

	v1 "github.com/crossplane/function-sdk-go/proto/v1"
	v1beta1 "github.com/crossplane/function-sdk-go/proto/v1beta1"
	health "google.golang.org/grpc/health/grpc_health_v1"
	reflection "google.golang.org/grpc/reflection/grpc_reflection_v1"
	reflectionalpha "google.golang.org/grpc/reflection/grpc_reflection_v1alpha"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
)

const head = `import { inflateRawSync } from "node:zlib";

/**
 * A google.protobuf.FileDescriptorSet, encoded: run_function.proto v1 and v1beta1, as function-sdk-go 0.7.1 has them, health.proto,
 * both of reflection, and what they import.
 */
export function descriptorSet(): Buffer {
  return inflateRawSync(Buffer.from(PACKED.join(""), "base64"));
}

// Written by test/tools/descriptors.
const PACKED = [
`

func main() {
	set := &descriptorpb.FileDescriptorSet{}
	seen := map[string]bool{}
	for _, file := range []protoreflect.FileDescriptor{
		v1.File_v1_run_function_proto,
		v1beta1.File_v1beta1_run_function_proto,
		health.File_grpc_health_v1_health_proto,
		reflection.File_grpc_reflection_v1_reflection_proto,
		reflectionalpha.File_grpc_reflection_v1alpha_reflection_proto,
	} {
		add(set, seen, file)
	}
	encoded, err := proto.MarshalOptions{Deterministic: true}.Marshal(set)
	if err != nil {
		log.Fatal(err)
	}
	var packed bytes.Buffer
	writer, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := writer.Write(encoded); err != nil {
		log.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Print(head)
	text := base64.StdEncoding.EncodeToString(packed.Bytes())
	for len(text) > 0 {
		length := min(112, len(text))
		fmt.Printf("  %q,\n", text[:length])
		text = text[length:]
	}
	fmt.Print("] as const;\n")
}

// add puts a file behind those that it imports, without options, which say how Go's code is generated.
func add(set *descriptorpb.FileDescriptorSet, seen map[string]bool, file protoreflect.FileDescriptor) {
	if seen[file.Path()] {
		return
	}
	seen[file.Path()] = true
	for i := range file.Imports().Len() {
		add(set, seen, file.Imports().Get(i).FileDescriptor)
	}
	described := protodesc.ToFileDescriptorProto(file)
	described.Options = nil
	set.File = append(set.File, described)
}
