# proves: GONOSUMCHECK changes nothing; GONOSUMDB does.
# go: 1.21..

publish example.com/public v1.0.0
export GOPROXY=$PROXY
lookups='GOSUMDB=sum.golang.org http://127.0.0.1:9'
module example.com/main <<<'package main; func main() {}'
expect 1 'unknown go command variable GONOSUMCHECK' go env -w GONOSUMCHECK=1
expect 1 'verifying module' env "$lookups" GONOSUMCHECK=1 go get example.com/public@v1.0.0
expect 0 '' env "$lookups" GONOSUMDB=example.com go get example.com/public@v1.0.0
