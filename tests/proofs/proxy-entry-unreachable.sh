# proves: what stands behind `off` or `direct` in GOPROXY is never asked.
# go: 1.21..

publish example.invalid/public v1.0.0
export GOSUMDB=off
module example.com/main <<<'package main; func main() {}'
expect 1 'module lookup disabled by GOPROXY=off' env "GOPROXY=off,$PROXY" go get example.invalid/public@v1.0.0
expect 1 'example.invalid' env "GOPROXY=direct|$PROXY" go get example.invalid/public@v1.0.0
expect 0 '' env "GOPROXY=$PROXY,direct" go get example.invalid/public@v1.0.0
