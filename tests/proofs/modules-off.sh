# proves: with GO111MODULE=off go.mod is ignored, and nothing can be installed at a version.
# go: 1.21..

publish example.com/dep v1.0.0
export GOPROXY=$PROXY GOSUMDB=off
module example.com/main <<<'package main; import _ "example.com/dep"; func main() {}'
go get example.com/dep@v1.0.0
expect 0 '' go build -o /dev/null .
expect 1 'cannot find package' env GO111MODULE=off go build -o /dev/null .
expect 1 'modules disabled by GO111MODULE=off' env GO111MODULE=off go install example.com/dep@v1.0.0
