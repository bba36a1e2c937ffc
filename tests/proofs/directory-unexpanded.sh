# proves: a variable inside an absolute path is not expanded: the directory is really called so.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 0 "$PWD/\$USER/cache" env GOCACHE="$PWD"'/$USER/cache' go env GOCACHE
GOCACHE="$PWD"'/$USER/cache' go vet . >/dev/null
[[ -d "$PWD/\$USER/cache" ]]
