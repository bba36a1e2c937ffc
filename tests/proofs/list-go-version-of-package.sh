# proves: packages have no field GoVersion; their modules have.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 "can't evaluate field GoVersion" go list -f '{{.GoVersion}}' .
expect 0 "$RELEASE" go list -f '{{with .Module}}{{.GoVersion}}{{end}}' .
