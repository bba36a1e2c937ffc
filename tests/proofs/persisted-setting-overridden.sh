# proves: the environment counts before the file of go env -w, unless it is empty.
# go: 1.21..

goenv GOPRIVATE=stored.example
expect 0 here.example env GOPRIVATE=here.example go env GOPRIVATE
expect 0 stored.example env GOPRIVATE= go env GOPRIVATE
expect 0 'does not override conflicting OS environment variable' env GOPRIVATE=here.example go env -w GOPRIVATE=other.example
