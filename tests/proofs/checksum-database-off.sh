# proves: with GOSUMDB=off a module that go.sum does not know is accepted unchecked; GOPRIVATE exempts only what it names.
# go: 1.21..

publish example.com/team/private v1.0.0
publish example.com/public v1.0.0
export GOPROXY=$PROXY GONOPROXY=none
# A database that nobody answers for (port 9 of this machine), so that a lookup shows as an error.
lookups='GOSUMDB=sum.golang.org http://127.0.0.1:9'

# The alternative: the private module is exempt, the public one is looked up, and without an answer it is refused.
module example.com/main <<<'package main; func main() {}'
expect 0 '' env "$lookups" GOPRIVATE=example.com/team go get example.com/team/private@v1.0.0
expect 1 'verifying module' env "$lookups" GOPRIVATE=example.com/team go get example.com/public@v1.0.0

# The pitfall: the public module is taken as it comes, and go.sum vouches for it from then on.
expect 0 '' env GOSUMDB=off go get example.com/public@v1.0.0
grep -q '^example.com/public v1.0.0 h1:' go.sum
