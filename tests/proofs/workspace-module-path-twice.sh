# proves: two directories with the same module path stop go commands in the workspace.
# go: 1.21..

mkdir a b
printf 'module example.com/a\n\ngo 1.21\n' | tee a/go.mod >b/go.mod
echo 'package a' | tee a/a.go >b/b.go
printf 'go %s\nuse ./a\n' "$RELEASE" >go.work
expect 0 '' go vet ./a
echo 'use ./b' >>go.work
expect 1 'appears multiple times in workspace' go vet ./a
