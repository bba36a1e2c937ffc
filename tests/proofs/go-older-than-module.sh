# proves: under GOTOOLCHAIN=local commands that load a module fail if its go line is newer than Go; others do not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 0 '' go vet .
sed -i 's/^go .*/go 1.99/' go.mod
for command in 'build' 'test' 'vet' 'list' 'mod tidy' 'mod download' 'mod verify' 'generate' 'fmt'; do
  expect 1 'requires go >= 1.99' go $command
done
for command in 'version' 'env GOROOT' 'mod edit -json' 'clean -testcache'; do
  expect 0 '' go $command
done
