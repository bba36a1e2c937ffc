# proves: -mod=vendor without a vendor directory fails for a module that requires anything; after go mod vendor it works.
# go: 1.21..

publish example.com/a v1.0.0
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
go get example.com/a@v1.0.0 2>/dev/null
for command in build test vet list run; do expect 1 'inconsistent vendoring' go $command -mod=vendor .; done
go mod vendor
expect 0 '' go build -mod=vendor -o built .
