# proves: what go env -w stores holds for every later command of the user; a variable of the environment does not.
# go: 1.21..

expect 0 '' env GOFLAGS=-race go env GOFLAGS
[[ $(go env GOFLAGS) == '' ]]
go env -w GOFLAGS=-mod=mod
[[ $(go env GOFLAGS) == -mod=mod ]]
