# proves: a godebug directive with a setting that Go does not know stops the build; known ones do not.
# go: 1.23..

module example.com/main <<<'package main; func main() {}'
go mod edit -godebug=panicnill=1
expect 1 'unknown godebug "panicnill"' go build -o built .
go mod edit -dropgodebug=panicnill -godebug=panicnil=1 -godebug=http2client=0
expect 0 '' go build -o built .
