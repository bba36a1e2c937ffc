# proves: a module replaced by an absolute directory does not build where there is no such directory.
# go: 1.21..

mkdir -p work/repository work/a
echo 'package a' >work/a/a.go
echo 'module example.com/a' >work/a/go.mod
cd work/repository
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
printf 'require example.com/a v1.0.0\nreplace example.com/a => %s\n' "$(dirname "$PWD")/a" >>go.mod
expect 0 '' go build .
mv ../a ../moved
mkdir ../../clone
cp -r . ../../clone/repository
cd ../../clone/repository
expect 1 'does not exist' go build .
