# proves: back-slashes in the directory of a replacement stop every go command on other systems than Windows; slashes do not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
cp go.mod plain
echo 'replace example.com/a => .\a' >>go.mod
expect 1 'appears to be Windows path' go vet .
mv plain go.mod
echo 'replace example.com/a => ./a' >>go.mod
expect 0 '' go vet .
