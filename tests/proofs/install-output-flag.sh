# proves: go install knows neither -o nor -to; GOBIN does what they are meant to do.
# go: 1.21..

module example.com/tool <<<'package main; func main() {}'
expect 2 'flag provided but not defined: -o' go install -o tool .
expect 2 'flag provided but not defined: -to' go install -to=tool .
expect 0 '' env GOBIN="$PWD/bin" go install .
[[ -x bin/tool ]]
