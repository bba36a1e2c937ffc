# proves: Go reads the right name only.
# go: 1.21..

[[ $(CGO_ENABLE=0 CGO_ENABLED=1 go env CGO_ENABLED) == 1 ]]
[[ $(GOPRXOY=off GOPROXY=direct go env GOPROXY) == direct ]]
expect 1 'unknown go command variable GOPRXOY' go env -w GOPRXOY=off
