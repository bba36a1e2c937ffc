# proves: go install for another platform fails while GOBIN is set, and puts the program below GOPATH if it is not.
# go: 1.21..

module example.com/tool <<<'package main; func main() {}'
expect 1 'cannot install cross-compiled binaries when GOBIN is set' env GOBIN="$PWD/bin" GOOS=windows CGO_ENABLED=0 go install .
expect 0 '' env GOBIN="$PWD/bin" GOOS="$(go env GOHOSTOS)" GOARCH="$(go env GOHOSTARCH)" go install .
