# proves: `go env` fails where the configuration is broken, and says why; without the bad variable it answers.
# go: 1.21..

expect 1 'unknown environment setting GO111MODULE=yes' env GO111MODULE=yes go env GOOS
expect 0 linux go env GOOS
