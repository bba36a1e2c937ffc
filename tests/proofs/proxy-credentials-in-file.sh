# proves: a password in GOPROXY is printed by go env; .netrc keeps it out of there.
# go: 1.21..

[[ $(GOPROXY=https://ci:hunter2@proxy.corp.example go env GOPROXY) == *hunter2* ]]
[[ $(GOPROXY=https://proxy.corp.example go env) != *hunter2* ]]
