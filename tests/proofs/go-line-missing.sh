# proves: without a `go` line the language is that of Go 1.16, which has no generics; with one it is that of the line.
# go: 1.21..

module example.com/main <<<'package main; func id[T any](t T) T { return t }; func main() { id(1) }'
echo 'module example.com/main' >go.mod
expect 1 'requires go1.18 or later' go vet .
go mod edit -go=1.21
expect 0 '' go vet .
