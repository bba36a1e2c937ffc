# proves: since Go 1.23 nothing of GOROOT_FINAL gets into a program.
# go: 1.23..

module example.com/main <<<'package main; func main() {}'
GOROOT_FINAL=/somewhere/else go build -o program .
! grep -q /somewhere/else program
