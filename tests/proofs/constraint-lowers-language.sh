# proves: a release tag below the go line makes Go compile the file as an older language: one variable for all rounds of a loop.
# go: 1.22..

module example.com/main <<'GO'
package main

func main() { println(count()) }
GO
counts() {
  cat >loop.go <<GO
$1

package main

func count() int {
	var all []*int
	for i := 0; i < 3; i++ {
		all = append(all, &i)
	}
	return *all[0]
}
GO
}
counts ''
expect 0 0 go run .
counts '//go:build go1.18'
expect 0 3 go run .
counts '//go:build go1.18 || linux'
expect 0 0 go run .
