# proves: variables that Go works out by itself are not taken from the environment.
# go: 1.21..

[[ $(GOEXE=.bin GOOS=linux go env GOEXE) == '' ]]
[[ $(GOHOSTOS=plan9 go env GOHOSTOS) == linux ]]
expect 1 'GOEXE cannot be modified' go env -w GOEXE=.bin
