# proves: Go rejects these values of GOPROXY at the first download, and takes the others.
# go: 1.21..

publish example.com/public v1.0.0
export GOSUMDB=off
module example.com/main <<<'package main; func main() {}'
expect 1 'invalid proxy URL missing scheme' env GOPROXY=DIRECT go get example.com/public@v1.0.0
expect 1 'invalid proxy URL scheme (must be https, http, file)' env GOPROXY=ftp://proxy.corp.example go get example.com/public@v1.0.0
expect 1 'contains no entries' env GOPROXY=, go get example.com/public@v1.0.0
expect 0 '' env "GOPROXY= $PROXY , direct" go get example.com/public@v1.0.0
