# proves: GOFLAGS=-insecure is accepted by builds, stops go get, and switches no check off.
# go: 1.21..

publish example.com/public v1.0.0
export GOPROXY=$PROXY
module example.com/main <<<'package main; func main() {}'
expect 0 '' env GOFLAGS=-insecure go build -o /dev/null .
expect 1 'no longer supported' env GOFLAGS=-insecure go get example.com/public@v1.0.0
expect 1 'verifying' env GOFLAGS=-insecure 'GOSUMDB=sum.golang.org http://127.0.0.1:9' go mod download example.com/public@v1.0.0
