# proves: the replacement of a version that is not the required one has no effect; one without a version on the left does.
# go: 1.21..

publish example.com/a v1.0.0
publish example.com/a v1.1.0
export GOPROXY=$PROXY GONOSUMDB='*' GOFLAGS=-mod=mod
mkdir fork
printf 'module example.com/a\n' >fork/go.mod
echo 'package a; import _ "no/such/package"' >fork/a.go
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
printf 'require example.com/a v1.1.0\nreplace example.com/a v1.0.0 => ./fork\n' >>go.mod
expect 0 '' go build -o built .
go mod edit -dropreplace=example.com/a@v1.0.0 -replace=example.com/a=./fork
expect 1 'no/such/package' go build -o built .
