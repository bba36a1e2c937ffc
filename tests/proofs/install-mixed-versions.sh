# proves: go install takes packages of one module at one version only.
# go: 1.21..

publish example.com/a v1.0.0 'package main; func main() {}'
publish example.com/b v2.0.0+incompatible 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
expect 1 'same version' go install example.com/a@v1.0.0 example.com/b@v2.0.0
expect 1 '@v1.0.0' go install ./x example.com/a@v1.0.0
expect 0 '' go install example.com/a@v1.0.0
