# proves: a directory that is used twice stops go commands in the workspace.
# go: 1.21..

mkdir a
printf 'module example.com/a\n\ngo 1.21\n' >a/go.mod
echo 'package a' >a/a.go
printf 'go %s\nuse ./a\n' "$RELEASE" >go.work
expect 0 '' go vet ./a
echo 'use ./a/' >>go.work
expect 1 'appears multiple times in workspace' go vet ./a
