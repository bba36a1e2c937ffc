# proves: go list -m all fails under -mod=vendor; with -mod=readonly it works.
# go: 1.21..

publish example.com/dep v1.0.0
export GOPROXY=$PROXY GOSUMDB=off
module example.com/main <<<'package main; import _ "example.com/dep"; func main() {}'
go get example.com/dep@v1.0.0
go mod vendor
expect 1 "can't compute 'all' using the vendor directory" env GOFLAGS=-mod=vendor go list -m all
expect 0 'example.com/dep' env GOFLAGS=-mod=vendor go list -mod=readonly -m all
