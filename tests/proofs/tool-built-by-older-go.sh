# proves: a tool that reads Go code, such as vet, refuses packages that ask for a newer Go than the one that built it; go version tells which that is.
# go: 1.22..

own=$(go env GOTOOLDIR)
older=${own/\/$RELEASE\/go//1.21/go}
printf 'module example.com/one\n\ngo %s\n' "$RELEASE" >go.mod && echo 'package one' >one.go
if [[ -x $older/vet ]]; then
  expect 0 'go1.21' go version "$older/vet"
  expect 1 "requires newer Go version go$RELEASE" go vet -vettool="$older/vet" .
fi
expect 0 "go$RELEASE" go version "$own/vet"
expect 0 '' go vet .
