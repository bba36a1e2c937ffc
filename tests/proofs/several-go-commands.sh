# proves: which of several go commands runs depends on the order of PATH.
# go: 1.21..

mkdir other && printf '#!/bin/sh\necho another\n' >other/go && chmod +x other/go
expect 0 another env PATH="$PWD/other:$PATH" go version
expect 0 "go$RELEASE" env PATH="$PATH:$PWD/other" go version
