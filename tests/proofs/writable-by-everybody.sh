# proves: sources in the module cache that somebody changed are compiled without a check; go mod verify finds them.
# go: 1.21..

publish example.com/dep v1.0.0 'package dep; const Is = "good"'
export GOPROXY=$PROXY GOSUMDB=off GOMODCACHE=$PWD/mod
module example.com/main <<<'package main; import "example.com/dep"; func main() { println(dep.Is) }'
go get example.com/dep@v1.0.0
chmod -R a+w mod
echo 'package dep; const Is = "changed"' >mod/example.com/dep@v1.0.0/dep.go
expect 0 changed go run .
expect 1 'dir has been modified' go mod verify
