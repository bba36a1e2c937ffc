# proves: `!linux || !windows` leaves no system out; `!linux && !windows` does.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '//go:build !linux || !windows\n\npackage main\n' >x.go
for system in linux windows darwin; do
  expect 0 '[main.go x.go]' env GOOS=$system go list -f '{{.GoFiles}}' .
done
printf '//go:build !linux && !windows\n\npackage main\n' >x.go
expect 0 '[main.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
