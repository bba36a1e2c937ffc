# proves: -modfile wants a name that ends in .mod.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
mkdir vendor && touch vendor/modules.txt
expect 1 'does not have .mod extension' go build -modfile=vendor/modules.txt -o /dev/null .
cp go.mod other.mod
expect 0 '' go build -mod=mod -modfile=other.mod -o /dev/null .
