# proves: CGO_ENABLED=false leaves cgo on; 0 turns it off.
# go: 1.21..

default=$(go env CGO_ENABLED)
expect 0 "$default" env CGO_ENABLED=false go env CGO_ENABLED
expect 0 1 env CC=gcc CGO_ENABLED=1 go env CGO_ENABLED
expect 0 0 env CGO_ENABLED=0 go env CGO_ENABLED
