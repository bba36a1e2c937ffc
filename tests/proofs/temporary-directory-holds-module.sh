# proves: a go.mod in TMPDIR itself is ignored, and builds fail; in GOTMPDIR, or below TMPDIR, it counts.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
expect 1 'ignoring go.mod in system temp root' env TMPDIR="$PWD" go build .
expect 0 '' env GOTMPDIR="$PWD" go build .
expect 0 '' env TMPDIR="$PWD/.." go build .
