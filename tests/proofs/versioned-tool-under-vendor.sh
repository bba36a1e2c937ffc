# proves: -mod=vendor stops go install and go run of a package at a version; -mod=mod on the command line, or no GOFLAGS, does not.
# go: 1.21..

publish example.com/a v1.0.0 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
module example.com/main <<<'package main; func main() {}'
for command in install run; do
  expect 1 'vendor' env GOFLAGS=-mod=vendor go $command example.com/a@v1.0.0
  expect 0 '' env GOFLAGS=-mod=vendor go $command -mod=mod example.com/a@v1.0.0
  expect 0 '' env GOFLAGS= go $command example.com/a@v1.0.0
done
