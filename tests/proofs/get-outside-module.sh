# proves: outside a module go get fails; go install with a version does not need one.
# go: 1.21..

publish example.com/tool v1.0.0 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off
expect 1 "'go get' is no longer supported outside a module" go get example.com/tool@v1.0.0
expect 0 '' env GOBIN="$PWD/bin" go install example.com/tool@v1.0.0
