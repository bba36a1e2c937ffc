# proves: GOSUMDB=direct is no error until a module that go.sum does not list is fetched; a database that Go knows is looked up.
# go: 1.21..

publish example.com/public v1.0.0
export GOPROXY=$PROXY
module example.com/main <<<'package main; func main() {}'
expect 0 '' env GOSUMDB=direct go build -o /dev/null .
expect 1 'invalid GOSUMDB: malformed verifier id' env GOSUMDB=direct go get example.com/public@v1.0.0
expect 1 'malformed verifier id' env GOSUMDB=https://sum.golang.org go get example.com/public@v1.0.0
expect 1 'verifying module' env 'GOSUMDB=sum.golang.org http://127.0.0.1:9' go get example.com/public@v1.0.0
