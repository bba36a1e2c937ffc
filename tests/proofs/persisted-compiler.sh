# proves: a CC that is only in the file of go env -w does not turn cgo on; one in the environment does.
# go: 1.21..

mkdir bin && ln -s "$(command -v go)" bin/go
printf '#!/bin/sh\n' >mycc && chmod +x mycc
goenv CC="$PWD/mycc"
only_go=$(dirname "$(command -v go)")
expect 0 "$PWD/mycc" env PATH="$only_go" go env CC
[[ $(PATH=$only_go go env CGO_ENABLED) == 0 ]]
[[ $(PATH=$only_go CC=$PWD/mycc go env CGO_ENABLED) == 1 ]]
