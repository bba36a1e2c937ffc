# proves: with the GOROOT of another release builds fail, though go env and go version look well.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
sed -i 's/^go .*/go 1.21/' go.mod
own=$(go env GOROOT)
other=${own/\/1.*\/go//1.22/go}
if [[ $RELEASE == 1.22 ]]; then other=${own/\/1.*\/go//1.23/go}; fi
[[ -d $other ]] || exit 0
expect 0 "go$RELEASE" env GOROOT="$other" go version
expect 1 '' env GOROOT="$other" GOCACHE="$PWD/cache" go build -o /dev/null .
expect 0 '' go build -o /dev/null .
