# proves: quotes, remarks and carriage returns in the file of go env -w are part of the value.
# go: 1.21..

value_of() { goenv "$1" && go env GOPRIVATE; }
[[ $(value_of 'GOPRIVATE="x.example"') == '"x.example"' ]]
[[ $(value_of 'GOPRIVATE=x.example # ours') == 'x.example # ours' ]]
[[ $(value_of $'GOPRIVATE=x.example\r') == $'x.example\r' ]]
[[ $(value_of 'GOPRIVATE=x.example') == x.example ]]
