# proves: without go.sum a required module is not used; go mod tidy writes it.
# go: 1.21..

publish example.com/a v1.0.0
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
go get example.com/a@v1.0.0 2>/dev/null
rm go.sum
expect 1 'missing go.sum entry' go build -o built .
expect 0 '' go mod tidy
expect 0 '' go build -o built .
