# proves: a package named at a version runs in that version, whatever go.mod pins; go tool runs the pinned one.
# go: 1.24..

publish example.com/gen v1.0.0 'package main; func main() { println("v1.0.0") }'
publish example.com/gen v1.1.0 'package main; func main() { println("v1.1.0") }'
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; func main() {}'
go get -tool example.com/gen@v1.0.0 2>/dev/null
expect 0 v1.0.0 go tool gen
expect 0 v1.1.0 go run example.com/gen@latest
