# proves: a required module whose hash is not in go.sum is not used, even if the hash of its go.mod is there.
# go: 1.21..

publish example.com/a v1.0.0
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
go get example.com/a@v1.0.0 2>/dev/null
expect 0 '' go build -o built .
grep /go.mod go.sum >only
mv only go.sum
expect 1 'missing go.sum entry' go build -o built .
