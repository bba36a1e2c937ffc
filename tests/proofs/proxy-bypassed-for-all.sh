# proves: GONOPROXY=* never asks the proxy; `none` bypasses it for nothing.
# go: 1.21..

publish example.invalid/public v1.0.0
export GOPROXY=$PROXY GOSUMDB=off
module example.com/main <<<'package main; func main() {}'
expect 1 'example.invalid' env 'GONOPROXY=*' go get example.invalid/public@v1.0.0
expect 0 '' env GONOPROXY=none go get example.invalid/public@v1.0.0
