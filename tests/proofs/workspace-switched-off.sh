# proves: with GOWORK=off the directories that go.work names are not used.
# go: 1.21..

publish example.com/dep v1.0.0 'package dep; const Is = "published"'
export GOPROXY=$PROXY GOSUMDB=off
mkdir main dep
(cd dep && printf 'module example.com/dep\n\ngo 1.21\n' >go.mod && echo 'package dep; const Is = "local"' >dep.go)
cd main && module example.com/main <<<'package main; import "example.com/dep"; func main() { println(dep.Is) }'
go get example.com/dep@v1.0.0
cd .. && go work init ./main ./dep && cd main
expect 0 local go run .
expect 0 published env GOWORK=off go run .
