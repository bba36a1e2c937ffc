# proves: GOINSECURE=* lets a module be fetched over plain HTTP; without it go refuses.
# go: 1.21..

export GOPROXY=direct GOSUMDB=off GOVCS='*:off'
module example.com/main <<<'package main; func main() {}'
[[ $(GOINSECURE='*' go get -x invalid.invalid/x@v1.0.0 2>&1 || true) == *'http://invalid.invalid/x?go-get=1'* ]]
[[ $(go get -x invalid.invalid/x@v1.0.0 2>&1 || true) != *'http://invalid.invalid/x?go-get=1'* ]]
[[ $(GOINSECURE=corp.example go get -x invalid.invalid/x@v1.0.0 2>&1 || true) != *'http://invalid.invalid/x?go-get=1'* ]]
