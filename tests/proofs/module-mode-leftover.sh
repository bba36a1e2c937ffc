# proves: GO111MODULE=on and auto build a module as no GO111MODULE does.
# go: 1.21..

module example.com/main <<<'package main; func main() { print("ran") }'
for mode in '' on auto; do expect 0 ran env GO111MODULE=$mode go run .; done
