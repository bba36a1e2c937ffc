# proves: a range whose first version is above the last retracts nothing; the right way round it does.
# go: 1.21..

for version in v1.0.0 v1.1.0 v1.2.0; do publish example.com/a $version; done
export GOPROXY=$PROXY GONOSUMDB='*'
module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
go get example.com/a@v1.0.0 2>/dev/null
mod=proxy/example.com/a/@v/v1.2.0.mod
cp "$mod" plain
echo 'retract [v1.1.0, v1.0.0]' >>"$mod"
expect 0 'v1.0.0 []' go list -m -retracted -f '{{.Version}} {{.Retracted}}' example.com/a
chmod -R u+w "$HOME/go" && rm -rf "$HOME/go"
cp plain "$mod"
echo 'retract [v1.0.0, v1.1.0] // Leaks.' >>"$mod"
expect 0 'v1.0.0 [Leaks.]' go list -m -retracted -f '{{.Version}} {{.Retracted}}' example.com/a
