# proves: the old value of a setting that Go 1.27 removed stops the go command itself; the new value does not.
# go: 1.27..

expect 2 'removed GODEBUG' env GODEBUG=asynctimerchan=1 go version
expect 0 'go version' env GODEBUG=asynctimerchan=0 go version
