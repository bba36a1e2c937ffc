# proves: go vet, build and test with -mod=mod change go.mod; without it they do not.
# go: 1.21..

publish example.com/dep v1.0.0
export GOPROXY=$PROXY GOSUMDB=off
for command in build vet test; do
  module example.com/main <<<'package main; import _ "example.com/dep"; func main() {}'
  expect 1 'no required module provides package' go $command .
  expect 0 '' go $command -mod=mod .
  grep -q 'example.com/dep v1.0.0' go.mod
done
