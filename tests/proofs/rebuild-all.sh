# proves: -a runs the compiler although everything is in the build cache; without it nothing is compiled.
# go: 1.21..

mkdir one && cd one && printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
go build .
expect 0 '' go build -x .
[[ $(go build -x . 2>&1) != *'/compile '* && $(go build -x . 2>&1) != *'/compile"'* ]]
[[ $(go build -a -x . 2>&1) == *compile* ]]
