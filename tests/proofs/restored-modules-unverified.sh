# proves: a module that was changed in the module cache is built without complaint; go mod verify finds it.
# go: 1.21..

publish example.com/dependency v1.0.0
export GOPROXY=$PROXY GONOSUMDB='*' GOFLAGS=-mod=mod GOMODCACHE=$PWD/modules
module example.com/main <<<'package main; import _ "example.com/dependency"; func main() {}'
expect 0 '' go build -o main .
expect 0 'all modules verified' go mod verify
chmod -R u+w modules/example.com
printf 'package dependency\n\nfunc init() { println("changed") }\n' >modules/example.com/dependency@v1.0.0/dependency.go
expect 0 'changed' go run .
expect 1 'dir has been modified' go mod verify
