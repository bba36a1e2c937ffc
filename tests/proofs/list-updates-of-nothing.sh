# proves: go list -m -u without arguments names the main module only; with `all`, updates of dependencies.
# go: 1.21..

publish example.com/dep v1.0.0
export GOPROXY=$PROXY GOSUMDB=off
module example.com/main <<<'package main; import _ "example.com/dep"; func main() {}'
go get example.com/dep@v1.0.0
publish example.com/dep v1.1.0
[[ $(go list -m -u) == example.com/main ]]
expect 0 'example.com/dep v1.0.0 [v1.1.0]' go list -m -u all
