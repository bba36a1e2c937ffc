# proves: a workspace with a directory beside the repository does not work where that directory is absent.
# go: 1.21..

mkdir -p work/repository work/other
printf 'module example.com/other\n\ngo 1.21\n' >work/other/go.mod
cd work/repository
printf 'module example.com/a\n\ngo 1.21\n' >go.mod
echo 'package a' >a.go
printf 'go %s\nuse .\nuse ../other\n' "$RELEASE" >go.work
expect 0 '' go vet .
mkdir ../../clone
cp -r . ../../clone/repository
cd ../../clone/repository
expect 1 'cannot load module' go vet .
