# proves: releases that do not know a directive stop at it; the newer ones read it, whatever the go line says.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
go mod edit -go=1.21
for directive in '1.23 godebug panicnil=1' '1.24 tool example.com/main/t' '1.25 ignore ./node_modules'; do
  read -r first line <<<"$directive"
  cp go.mod plain
  echo "$line" >>go.mod
  if since "$first"; then expect 0 '' go mod edit -json; else expect 1 'unknown directive' go vet .; fi
  mv plain go.mod
done
expect 0 '' go vet .
