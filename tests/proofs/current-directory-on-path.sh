# proves: up to Go 1.26 `go env GOBIN` prints nothing unless GOBIN is set, and an empty entry of PATH is the current directory.
# go: 1.21..1.26

[[ $(go env GOBIN) == '' ]]
printf '#!/bin/sh\necho from the checkout\n' >some-tool && chmod +x some-tool
expect 0 'from the checkout' env PATH="$(go env GOBIN):$PATH" some-tool
expect 127 '' env PATH="$(go env GOPATH)/bin:$PATH" some-tool
