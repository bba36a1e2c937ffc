# proves: with GOPATH=GOROOT Go warns, and puts modules into its own tree; with another GOPATH it does not.
# go: 1.22..

root=$(go env GOROOT)
expect 0 'warning' env GOPATH="$root" go version
expect 0 "$root/pkg/mod" env GOPATH="$root" go env GOMODCACHE
[[ $(GOPATH=$PWD/path go version 2>&1) != *warning* ]]
