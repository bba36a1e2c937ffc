# proves: patterns with blanks, schemes, ports, upper case in the host, address ranges or bad globs exempt nothing, without a word.
# go: 1.21..

publish example.com/team/private v1.0.0
export GOPROXY=$PROXY GONOPROXY=none
lookups='GOSUMDB=sum.golang.org http://127.0.0.1:9'
module example.com/main <<<'package main; func main() {}'
for pattern in 'corp.example, example.com/team' https://example.com/team example.com:443/team Example.com/team 192.168.0.0/16 '[example.com' 'example.com/...'; do
  expect 1 'verifying module' env "$lookups" GOPRIVATE="$pattern" go get example.com/team/private@v1.0.0
done
expect 0 '' env "$lookups" GOPRIVATE=corp.example,example.com/team go get example.com/team/private@v1.0.0
