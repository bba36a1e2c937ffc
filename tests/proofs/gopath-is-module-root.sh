# proves: where GOPATH is the directory of go.mod, Go fails (1.21) or warns each time, with the module cache among its files.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
if since 1.22; then
  expect 0 'ignoring go.mod in $GOPATH' env GOPATH="$PWD" go build -o /dev/null .
  expect 0 "$PWD/pkg/mod" env GOPATH="$PWD" go env GOMODCACHE
else
  expect 1 '$GOPATH/go.mod exists but should not' env GOPATH="$PWD" go build -o /dev/null .
fi
[[ -z $(GOPATH=$PWD/path go build -o /dev/null . 2>&1) ]]
