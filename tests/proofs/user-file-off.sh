# proves: with GOENV=off the file of go env -w is not read, but go env -w still writes it.
# go: 1.21..

mkdir -p home
go env -w GOPRIVATE=first.example
[[ -z $(GOENV=off go env GOPRIVATE) ]]
GOENV=off go env -w GOPRIVATE=second.example
[[ -z $(GOENV=off go env GOPRIVATE) ]]
expect 0 second.example go env GOPRIVATE
