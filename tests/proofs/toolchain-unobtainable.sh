# proves: where go.mod asks for a newer Go, every command fails if it cannot be fetched or is not on PATH.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
sed -i 's/^go .*/go 1.99.1/' go.mod
expect 1 'go1.99.1' env GOTOOLCHAIN=auto GOPROXY=off go version
expect 1 'cannot find "go1.99.1" in PATH' env GOTOOLCHAIN=path go version
mkdir bin && printf '#!/bin/sh\necho found\n' >bin/go1.99.1 && chmod +x bin/go1.99.1
expect 0 found env GOTOOLCHAIN=path PATH="$PWD/bin:$PATH" go version
