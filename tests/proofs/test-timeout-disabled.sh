# proves: -timeout 0 sets no limit to a test; any other ends it with the stacks of its goroutines.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod
printf 'package one\n\nimport ("testing"; "time")\n\nfunc TestSlow(t *testing.T) { _, limited := t.Deadline(); t.Log("limited", limited); time.Sleep(100 * time.Millisecond) }\n' >one_test.go
go test -c -o one.test .
expect 0 'limited false' ./one.test -test.v -test.timeout 0
expect 2 'panic: test timed out after 20ms' ./one.test -test.timeout 20ms
