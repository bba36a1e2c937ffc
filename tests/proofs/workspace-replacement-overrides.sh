# proves: a replacement in go.work takes the place of the one in a module's go.mod, which holds again without the workspace.
# go: 1.21..

mkdir a one two
printf 'module example.com/d\n\ngo 1.21\n' | tee one/go.mod >two/go.mod
echo 'package d; const Which = "one"' >one/d.go
echo 'package d; const Which = "two"' >two/d.go
cd a
module example.com/a <<<'package main; import "example.com/d"; func main() { println(d.Which) }'
go mod edit -go=1.21 -require=example.com/d@v1.0.0 -replace=example.com/d=../one
cd ..
printf 'go %s\nuse ./a\nreplace example.com/d => ./two\n' "$RELEASE" >go.work
cd a
expect 0 two go run .
expect 0 one env GOWORK=off go run .
