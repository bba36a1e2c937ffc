# proves: go clean -modcache deletes everything in GOMODCACHE, also what is no module.
# go: 1.21..

mkdir -p both/bin apart && touch both/bin/mine
GOMODCACHE=$PWD/both go clean -modcache
[[ ! -e both/bin/mine ]]
mkdir -p bin && touch bin/mine
GOMODCACHE=$PWD/apart go clean -modcache
[[ -e bin/mine ]]
