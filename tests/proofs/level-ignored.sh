# proves: since Go 1.23 an invalid GOAMD64 is silently taken for the default.
# go: 1.23..

module example.com/main <<<'package main; import "math/bits"; func main() { println(bits.OnesCount64(uint64(len("abc")))) }'
expect 0 '' env GOAMD64=V3 go build -o /dev/null .
