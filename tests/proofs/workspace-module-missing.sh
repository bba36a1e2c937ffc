# proves: a use directive for a directory without a go.mod stops go commands in every module of the workspace.
# go: 1.21..

mkdir a b
printf 'module example.com/a\n\ngo 1.21\n' >a/go.mod
echo 'package a' >a/a.go
printf 'go %s\nuse ./a\n' "$RELEASE" >go.work
expect 0 '' go vet ./a
echo 'use ./b' >>go.work
expect 1 'cannot load module' go vet ./a
