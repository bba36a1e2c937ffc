# proves: what go env -w stores holds in every directory, until go env -u.
# go: 1.21..

goenv
go env -w GOFLAGS=-mod=mod
mkdir elsewhere && cd elsewhere
expect 0 '-mod=mod' go env GOFLAGS
go env -u GOFLAGS
[[ -z $(go env GOFLAGS) ]]
