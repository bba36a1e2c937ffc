module example.com/quick-start

go 1.24.0
