# proves: Go takes an http:// proxy as it is, without a warning and without asking for GOINSECURE.
# go: 1.21..

export GOSUMDB=off
module example.com/main <<<'package main; func main() {}'
publish example.com/public v1.0.0
python3 -c '
import http.server, functools, sys
server = http.server.HTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory="proxy"))
print(server.server_address[1], flush=True)
server.serve_forever()' >port 2>/dev/null &
server=$!
trap 'kill $server; chmod -R u+w . 2>/dev/null || true' EXIT
until [[ -s port ]]; do sleep 0.05; done
expect 0 '' env "GOPROXY=http://127.0.0.1:$(cat port)" go get example.com/public@v1.0.0
