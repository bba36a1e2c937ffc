# proves: a version that is required and excluded stops go commands that may not rewrite go.mod; go mod tidy takes a higher one.
# go: 1.21..

publish example.com/a v1.0.0
publish example.com/a v1.1.0
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
go get example.com/a@v1.0.0 2>/dev/null
expect 0 '' go build -o built .
echo 'exclude example.com/a v1.0.0' >>go.mod
expect 1 'updates to go.mod needed' go build -o built .
expect 0 '' go mod tidy
expect 0 '' go build -o built .
