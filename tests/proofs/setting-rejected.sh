# proves: Go rejects these values, each in its own words.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 'unknown environment setting GO111MODULE=ON' env GO111MODULE=ON go build -o /dev/null .
expect 1 'CC environment variable is relative' env CC=tools/gcc go build -o /dev/null .
expect 1 'unterminated' env CC="'gcc -m32" go build -o /dev/null .
if since 1.24; then expect 2 'invalid GOFIPS140' env GOFIPS140=yes go build -o /dev/null .; fi
expect 0 '' env GO111MODULE=on CC='gcc -m64' go build -o /dev/null .
