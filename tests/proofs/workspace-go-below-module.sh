# proves: a module whose go line is above that of go.work stops go commands in the workspace, 1.21.0 above 1.21 too; below it, not.
# go: 1.21..

mkdir a
echo 'package a' >a/a.go
printf 'use ./a\n' >go.work
printf 'module example.com/a\n\ngo 1.21\n' >a/go.mod
expect 1 'go work use' go vet ./a
printf 'go 1.21\nuse ./a\n' >go.work
expect 0 '' go vet ./a
printf 'module example.com/a\n\ngo 1.21.0\n' >a/go.mod
expect 1 'go.work lists go 1.21' go vet ./a
printf 'module example.com/a\n\ngo 1.20\n' >a/go.mod
printf 'go 1.19\nuse ./a\n' >go.work
expect 0 '' go vet ./a
