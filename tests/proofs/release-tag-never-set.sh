# proves: tags of patch releases are never set, nor are misspelt ones; those of minor releases are.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
for tag in "$(go env GOVERSION)" go1.21.0 go1.21.3 go121 go.21; do
  [[ $tag == go1.2[0-9] ]] && continue
  printf '//go:build %s\n\npackage main\n' "$tag" >x.go
  expect 0 '[main.go]' go list -f '{{.GoFiles}}' .
done
printf '//go:build go1.21\n\npackage main\n' >x.go
expect 0 '[main.go x.go]' go list -f '{{.GoFiles}}' .
