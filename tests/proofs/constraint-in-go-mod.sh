# proves: a //go:build line in go.mod changes nothing: what it excludes is built all the same.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 0 '' go build -o plain .
{ printf '//go:build ignore\n// +build ignore\n\n'; cat go.mod; } >with
mv with go.mod
expect 0 '' go build -o constrained .
expect 0 '' ./constrained
# In a Go file the same line excludes the file.
sed -i '1i //go:build ignore\n' main.go
expect 1 'build constraints exclude all Go files' go build .
