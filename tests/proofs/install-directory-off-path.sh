# proves: what go install installs is found where its directory is on PATH, and only there.
# go: 1.21..

module example.com/sometool <<<'package main; func main() {}'
export GOBIN=$PWD/bin
go install .
! command -v sometool
PATH=$GOBIN:$PATH command -v sometool
