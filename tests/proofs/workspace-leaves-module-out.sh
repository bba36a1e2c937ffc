# proves: in a module that go.work leaves out go commands fail; with GOWORK=off, or once it is used, they do not.
# go: 1.21..

mkdir a b
printf 'module example.com/a\n\ngo 1.21\n' >a/go.mod
printf 'module example.com/b\n\ngo 1.21\n' >b/go.mod
echo 'package a' | tee a/a.go >b/b.go
printf 'go %s\nuse ./a\n' "$RELEASE" >go.work
cd b
expect 1 'go work use' go vet .
expect 0 '' env GOWORK=off go vet .
go work use .
expect 0 '' go vet .
