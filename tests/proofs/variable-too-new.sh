# proves: up to Go 1.23 there is no GOAUTH, and whatever it holds is ignored; Go 1.24 reads it.
# go: 1.21..1.23

expect 1 'unknown go command variable GOAUTH' go env -w GOAUTH=netrc
[[ $(GOAUTH=netrc go env GOAUTH) == '' || $(GOAUTH=netrc go env) != *GOAUTH* ]]
