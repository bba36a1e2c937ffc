# proves: every go command makes a directory of its own in GOTMPDIR and deletes it again, so that a common one does no harm.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
mkdir tmp
export GOTMPDIR=$PWD/tmp
one=$(go build -work . 2>&1) && two=$(go build -work . 2>&1)
[[ $one == WORK="$PWD"/tmp/go-build* && $one != "$two" ]]
rm -r tmp/*
go build .
[[ -z $(ls tmp) ]]
