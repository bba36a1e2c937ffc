# proves: go install refuses a module with replacements at a version; without them it installs.
# go: 1.21..

publish example.com/cmd v1.0.0 'package main; func main() {}'
publish example.com/cmd v1.1.0 'package main; func main() {}'
export GOPROXY=$PROXY GONOSUMDB='*'
expect 0 '' go install example.com/cmd@v1.1.0
cd proxy/example.com/cmd/@v
echo 'replace example.com/a => ./a' >>v1.0.0.mod
expect 1 'must not contain directives that would cause' go install example.com/cmd@v1.0.0
