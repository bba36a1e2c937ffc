# proves: outside a module go install needs a version.
# go: 1.21..

publish example.com/a v1.0.0 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
expect 1 "'go install' requires a version when current directory is not in a module" go install example.com/a
expect 0 '' go install example.com/a@v1.0.0
