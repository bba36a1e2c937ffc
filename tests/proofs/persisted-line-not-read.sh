# proves: lines with export, with blanks around the name, or in lower case set nothing.
# go: 1.21..

for line in 'export GOPRIVATE=x.example' 'GOPRIVATE = x.example' ' GOPRIVATE=x.example' 'goprivate=x.example'; do
  goenv "$line"
  [[ -z $(go env GOPRIVATE) ]]
done
goenv GOPRIVATE=x.example
expect 0 x.example go env GOPRIVATE
