# proves: with GOTOOLCHAIN=auto a Go that is too old for the module looks for a newer one to run in its place.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
sed -i 's/^go .*/go 1.99.1/' go.mod
# There is no such release: what shows is that it is looked for.
expect 1 'go1.99.1' env GOTOOLCHAIN=auto GOPROXY="$PROXY" GOSUMDB=off go vet .
# The alternative: nothing newer is asked for, and nothing is looked for.
sed -i "s/^go .*/go $RELEASE/" go.mod
expect 0 '' env GOTOOLCHAIN=auto go vet .
