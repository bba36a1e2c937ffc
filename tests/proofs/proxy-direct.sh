# proves: with GOPROXY=direct a module whose repository is gone cannot be had; a proxy still has it.
# go: 1.21..

publish example.invalid/public v1.0.0
export GOSUMDB=off
module example.com/main <<<'package main; func main() {}'
expect 1 'example.invalid' env GOPROXY=direct go get example.invalid/public@v1.0.0
expect 0 '' env "GOPROXY=$PROXY,direct" go get example.invalid/public@v1.0.0
