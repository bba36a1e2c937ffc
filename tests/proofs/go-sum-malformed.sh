# proves: a line of go.sum that has not three fields stops go commands that read it, since Go 1.24 with these words; blank lines do not.
# go: 1.21..

publish example.com/a v1.0.0
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
go get example.com/a@v1.0.0 2>/dev/null
{ echo; cat go.sum; } >plain
cp plain go.sum
expect 0 '' go build -o built .
{ echo '<<<<<<< HEAD'; cat plain; } >go.sum
if since 1.24; then expect 1 'malformed go.sum' go build -o built .; else expect 1 '' go build -o built .; fi
