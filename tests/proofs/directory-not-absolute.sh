# proves: Go expands neither ~ nor $HOME, and rejects relative directories; the message names the variable.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 'GOCACHE is not an absolute path' env GOCACHE='~/.cache/go-build' go build -o /dev/null .
expect 2 "cannot start with shell metacharacter '~'" env GOPATH='~/go' go build -o /dev/null .
expect 2 'GOPATH entry is relative' env GOPATH='$HOME/go' go build -o /dev/null .
expect 1 'not an absolute path' env GOWORK=go.work go build -o /dev/null .
expect 1 'GOBIN must be an absolute path' env GOBIN=bin go install .
expect 0 '' env GOPATH="$HOME/go" GOBIN="$PWD/bin" go install .
