# proves: go get -insecure fails.
# go: 1.21..

publish example.com/public v1.0.0
export GOPROXY=$PROXY GOSUMDB=off
module example.com/main <<<'package main; func main() {}'
expect 1 'no longer supported' go get -insecure example.com/public@v1.0.0
expect 0 '' env GOINSECURE=example.com go get example.com/public@v1.0.0
