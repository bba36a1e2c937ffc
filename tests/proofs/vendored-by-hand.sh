# proves: a file that was edited in vendor is built without complaint, go mod verify does not look there, and go mod vendor undoes it.
# go: 1.21..

publish example.com/dependency v1.0.0
export GOPROXY=$PROXY GONOSUMDB='*' GOMODCACHE=$PWD/modules
module example.com/main <<<'package main; import _ "example.com/dependency"; func main() {}'
expect 0 '' go get example.com/dependency@v1.0.0
expect 0 '' go mod vendor
cp vendor/modules.txt listed
printf 'package dependency\n\nfunc init() { println("edited") }\n' >vendor/example.com/dependency/dependency.go
expect 0 'edited' go run .
expect 0 'all modules verified' go mod verify
expect 0 '' go mod vendor
expect 1 '' grep edited vendor/example.com/dependency/dependency.go
cmp vendor/modules.txt listed
