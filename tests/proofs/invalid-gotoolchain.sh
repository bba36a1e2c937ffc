# proves: a GOTOOLCHAIN that names no toolchain stops every go command; a release with its prefix, auto and local do not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
for value in stable latest 1.22.0 go1.22.0+newest; do
  expect 1 'invalid GOTOOLCHAIN' env GOTOOLCHAIN=$value go vet .
  expect 1 'invalid GOTOOLCHAIN' env GOTOOLCHAIN=$value go version
done
running=$(go env GOVERSION)
for value in local auto path "$running" "$running+auto"; do
  expect 0 '' env GOTOOLCHAIN="$value" go vet .
done
