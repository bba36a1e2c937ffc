# proves: GOPRIVATE with a host alone exempts every module of the host; with an organisation, only its own.
# go: 1.21..

publish example.com/other/public v1.0.0
export GOPROXY=$PROXY GONOPROXY=none
lookups='GOSUMDB=sum.golang.org http://127.0.0.1:9'
module example.com/main <<<'package main; func main() {}'
expect 1 'verifying module' env "$lookups" GOPRIVATE=example.com/team go get example.com/other/public@v1.0.0
expect 0 '' env "$lookups" GOPRIVATE=example.com go get example.com/other/public@v1.0.0
