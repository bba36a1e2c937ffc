# proves: a program that was built for another platform does not run, and go version -m tells which it was built for.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
other=arm64
if [[ $(go env GOHOSTARCH) == arm64 ]]; then other=amd64; fi
GOARCH=$other go build -o tool .
expect 0 "GOARCH=$other" go version -m tool
expect 126 'xec format error' bash -c ./tool
go build -o tool .
expect 0 '' ./tool
