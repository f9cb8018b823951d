// Says what Kubernetes' own libraries make of YAML. A line of standard input is a request, a line of standard output its
// answer; both are JSON.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type request struct {
	Op   string `json:"op"`   // "write", "read" or "stream"
	JSON string `json:"json"` // what to write
	YAML string `json:"yaml"` // what to read
}

type answer struct {
	YAML   string            `json:"yaml,omitempty"`   // what was written
	Value  json.RawMessage   `json:"value,omitempty"`  // what was read, with numbers as text
	Values []json.RawMessage `json:"values,omitempty"` // what was read of a stream
	Error  string            `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := encoder.Encode(reply(line)); err != nil {
				panic(err)
			}
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			panic(err)
		}
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
}

func reply(line []byte) (reply answer) {
	defer func() {
		if problem := recover(); problem != nil {
			reply = answer{Error: fmt.Sprint(problem)}
		}
	}()
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return failed(err)
	}
	switch r.Op {
	case "write":
		return written(r.JSON)
	case "read":
		value, err := read([]byte(r.YAML))
		if err != nil {
			return failed(err)
		}
		return answer{Value: value}
	case "stream":
		return readStream(r.YAML)
	}
	return failed(errors.New("unknown op"))
}

// written is what serializer/json prints with SerializerOptions{Yaml: true} of an object of this content.
func written(text string) answer {
	var content any
	if err := utiljson.Unmarshal([]byte(text), &content); err != nil {
		return failed(err)
	}
	marshalled, err := json.Marshal(content)
	if err != nil {
		return failed(err)
	}
	printed, err := yaml.JSONToYAML(marshalled)
	if err != nil {
		return failed(err)
	}
	return answer{YAML: string(printed)}
}

// read is the content that yaml.Unmarshal leaves in an unstructured object.
func read(text []byte) (json.RawMessage, error) {
	converted, err := yaml.YAMLToJSON(text)
	if err != nil {
		return nil, err
	}
	var content any
	if err := utiljson.Unmarshal(converted, &content); err != nil {
		return nil, err
	}
	return json.Marshal(withNumbersAsText(content))
}

// withNumbersAsText replaces each number by its JSON after a NUL, since whoever reads the answer may round it.
func withNumbersAsText(content any) any {
	switch content := content.(type) {
	case map[string]any:
		for key, value := range content {
			content[key] = withNumbersAsText(value)
		}
	case []any:
		for index, value := range content {
			content[index] = withNumbersAsText(value)
		}
	case int64, float64:
		text, err := json.Marshal(content)
		if err != nil {
			panic(err)
		}
		return "\x00" + string(text)
	}
	return content
}

// readStream reads each of the pieces that the crossplane CLI parts a file into.
func readStream(text string) answer {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewBufferString(text)))
	values := []json.RawMessage{}
	for {
		piece, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return answer{Values: values}
		}
		if err != nil {
			return failed(err)
		}
		value, err := read(piece)
		if err != nil {
			return failed(err)
		}
		values = append(values, value)
	}
}

func failed(err error) answer {
	return answer{Error: err.Error()}
}
