# proves: two different replacements of one module stop every go command that loads the module; the same one twice does not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'replace example.com/a => ../a\nreplace example.com/a => ../a\n' >>go.mod
expect 0 '' go vet .
echo 'replace example.com/a => example.com/b v1.0.0' >>go.mod
expect 1 'conflicting replacements' go vet .
