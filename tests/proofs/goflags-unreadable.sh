# proves: words of GOFLAGS without a dash, unknown flags, and quotes within a word stop go; quotes around the word do not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 'parsing $GOFLAGS: non-flag "mod=vendor"' env GOFLAGS=mod=vendor go build -o /dev/null .
expect 1 'parsing $GOFLAGS: non-flag "4"' env GOFLAGS='-p 4' go build -o /dev/null .
expect 1 'parsing $GOFLAGS: unknown flag -verbose' env GOFLAGS=-verbose go build -o /dev/null .
expect 1 'parsing $GOFLAGS' env GOFLAGS="-ldflags='-s -w'" go build -o /dev/null .
expect 0 '' env GOFLAGS="'-ldflags=-s -w' -trimpath" go build -o /dev/null .
