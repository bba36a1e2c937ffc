# proves: back-slashes in a use directive name no directory on other systems than Windows; slashes do.
# go: 1.21..

mkdir a
printf 'module example.com/a\n\ngo 1.21\n' >a/go.mod
echo 'package a' >a/a.go
printf 'go %s\nuse .\\a\n' "$RELEASE" >go.work
expect 1 'cannot load module' go vet ./a
printf 'go %s\nuse ./a\n' "$RELEASE" >go.work
expect 0 '' go vet ./a
