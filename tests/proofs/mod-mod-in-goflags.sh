# proves: with GOFLAGS=-mod=mod a build adds requirements to go.mod; the default says what is missing.
# go: 1.21..

publish example.com/dep v1.0.0
export GOPROXY=$PROXY GOSUMDB=off
module example.com/main <<<'package main; import _ "example.com/dep"; func main() {}'
expect 1 'no required module provides package example.com/dep' go build -o /dev/null .
expect 0 '' env GOFLAGS=-mod=mod go build -o /dev/null .
grep -q 'example.com/dep v1.0.0' go.mod
