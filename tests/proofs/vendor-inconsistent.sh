# proves: go.mod and vendor/modules.txt that disagree stop the build, with these words; go mod vendor brings them together.
# go: 1.21..

publish example.com/a v1.0.0
publish example.com/a v1.1.0
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
go get example.com/a@v1.0.0 2>/dev/null
go mod vendor
expect 0 '' go build -o built .
go get example.com/a@v1.1.0 2>/dev/null
expect 1 'example.com/a@v1.1.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt' go build -o built .
expect 1 'example.com/a@v1.0.0: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod' go build -o built .
go mod vendor
expect 0 '' go build -o built .
cp go.mod plain
echo 'replace example.com/a => ./a' >>go.mod
expect 1 'example.com/a: is replaced in go.mod, but not marked as replaced in vendor/modules.txt' go build -o built .
mv plain go.mod
echo '# example.com/b v1.0.0 => ./b' >>vendor/modules.txt
expect 1 'example.com/b@v1.0.0: is marked as replaced in vendor/modules.txt, but not replaced in go.mod' go build -o built .
