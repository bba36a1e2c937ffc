# proves: a module whose content is not what go.sum says is refused, so another checksum for the same version means another content.
# go: 1.21..

publish example.com/dependency v1.0.0
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/dependency"; func main() {}'
expect 0 '' env GOMODCACHE=$PWD/one go get example.com/dependency@v1.0.0
cp go.sum reviewed.sum

# The same version with another content, as a proxy or a moved tag would serve it: Go refuses it as long as go.sum is as it was.
publish example.com/dependency v1.0.0 'package dependency; func init() { println("other") }'
expect 1 'checksum mismatch' env GOMODCACHE=$PWD/two go build -o main .

# With the line replaced it is built.
rm go.sum
expect 0 '' env GOMODCACHE=$PWD/three go get example.com/dependency@v1.0.0
expect 0 'other' env GOMODCACHE=$PWD/three go run .
[[ $(grep -c 'v1.0.0 h1:' go.sum) == 1 ]]
! cmp -s <(grep 'v1.0.0 h1:' go.sum) <(grep 'v1.0.0 h1:' reviewed.sum)
