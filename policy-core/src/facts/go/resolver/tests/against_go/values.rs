//! What may be set, and to what. `$T` stands for the scratch directory, `$R` for the GOROOT of another release.

/// A variable and the values it may be given.
pub(super) type Row = (&'static str, &'static [&'static str]);

/// What a process environment may hold without stopping `go env`, good or bad.
#[rustfmt::skip]
pub(super) const SETTINGS: &[Row] = &[
    ("AR", &["", "myar"]),
    ("CC", &["", "cc", "'my cc' -m64", "clang", "/nonexistent/cc"]),
    ("CXX", &["", "myc++"]),
    ("CGO_CFLAGS", &["", "  -O3   -g ", "'-DX=a b' -O2", "\t-O1"]),
    ("CGO_CPPFLAGS", &["", "-I/x  -DY"]),
    ("CGO_CXXFLAGS", &["", "-O0"]),
    ("CGO_ENABLED", &["", "0", "1", "2", "true", " 1"]),
    ("CGO_LDFLAGS", &["", "-L/x"]),
    ("FC", &["", "gfortran"]),
    ("GCCGO", &["", "mygccgo"]),
    ("GO111MODULE", &["", "on", "off", "auto"]),
    ("GO386", &["", "sse2", "softfloat", "387"]),
    ("GOAMD64", &["", "v1", "v3"]),
    ("GOARCH", &["", "amd64", "arm64", "386", "mips", "mips64le", "riscv64", "ppc64", "arm", "wasm", "x86_64", "AMD64"]),
    ("GOARM", &["", "6", "7"]),
    ("GOARM64", &["", "v8.1"]),
    ("GOAUTH", &["", "off", "netrc;off"]),
    ("GOBIN", &["", "$T/bin", "rel", "~/bin"]),
    ("GOCACHE", &["", "$T/cache", "off", "rel", "~/c", "/proc/x"]),
    ("GOCACHEPROG", &["", "nosuchprogram"]),
    ("GODEBUG", &["", "http2client=0", "nosuchsetting=1"]),
    ("GOENV", &["", "", "", "off", "$T/env", "$T/absent", "rel-env", "$T", "~/env"]),
    ("GOEXPERIMENT", &["", "none"]),
    ("GOFIPS140", &["", "latest"]),
    ("GOFLAGS", &["", "-v", "-v -tags=x", "-mod=mod", "-nosuchflag", "-p 4", "mod=mod", "-ldflags='-s -w'"]),
    ("GOINSECURE", &["", "example.com"]),
    ("GOMIPS", &["", "softfloat"]),
    ("GOMODCACHE", &["", "$T/mod", "rel", "off"]),
    ("GONOPROXY", &["", "a.example", "none"]),
    ("GONOSUMDB", &["", "b.example"]),
    ("GOOS", &["", "linux", "darwin", "windows", "freebsd", "plan9", "android", "beos", "Linux"]),
    ("GOPACKAGESDRIVER", &["", "off"]),
    ("GOPATH", &["", "$T/gopath", "$T/one:$T/gopath", "$T/gopath/", ":$T/one", "$T/home/go"]),
    ("GOPPC64", &["", "power9"]),
    ("GOPRIVATE", &["", "c.example,d.example", "["]),
    ("GOPROXY", &["", "off", "direct", ",", "ftp://x"]),
    ("GORISCV64", &["", "rva22u64"]),
    ("GOROOT", &["", "", "", "", "$R", "$R/", "$T/work"]),
    ("GOSUMDB", &["", "off", "direct"]),
    ("GOTELEMETRY", &["", "on"]),
    ("GOTMPDIR", &["", "$T", "$T/absent", "rel", "~/t"]),
    ("GOVCS", &["", "*:git", "bogus"]),
    ("GOVERSION", &["", "go1.0"]),
    ("GOWASM", &["", "satconv"]),
    ("GOWORK", &["", "off", "auto", "$T/space/go.work", "$T/absent/go.work"]),
    ("HOME", &["", "$T/home", "$T/home/", "$T/home", "$T/rooted", "$T/absent", "rel-home"]),
    ("PKG_CONFIG", &["", "my-config --x"]),
    ("TMPDIR", &["", "$T/temporary", "$T/temporary/", "$T/work", "$T/absent"]),
    ("XDG_CACHE_HOME", &["", "$T/xdg-cache", "rel-cache"]),
    ("XDG_CONFIG_HOME", &["", "$T/xdg-config", "rel-config"]),
];

/// What may stand in the file of `go env -w`: not what stops Go, but much that `go env -w` would never write.
#[rustfmt::skip]
pub(super) const LINES: &[&str] = &[
    "AR=fromfile", "CC=fromfile", "CGO_CFLAGS= -O1  -g", "CGO_ENABLED=0", "CGO_ENABLED=1", "GO111MODULE=auto", "GO111MODULE=off", "GOAMD64=v2",
    "GOARCH=arm64", "GOARM64=v8.2", "GOAUTH=off", "GOBIN=$T/filebin", "GOBIN=rel", "GOCACHE=$T/filecache", "GOCACHE=off", "GOCACHE=rel",
    "GODEBUG=http2client=0", "GOENV=$T/other", "GOFIPS140=latest", "GOFLAGS=-x", "GOFLAGS=-v # remark", "GOMODCACHE=$T/filemod", "GOOS=windows",
    "GOPATH=$T/filepath", "GOPRIVATE=file.example", "GONOPROXY=", "GOPROXY=", "GOPROXY=https://file.example", "GOPROXY = off",
    "GOROOT=$R", "GOROOT=", "GOSUMDB=", "GOSUMDB=\"off\"", "GOTMPDIR=$T", "GOTOOLCHAIN=", "GOTOOLCHAIN=bogus", "GOVERSION=go1.0", "GOWORK=off",
    "GOWORK=$T/space/go.work", "HOME=$T/nowhere", "XDG_CACHE_HOME=$T/nowhere", "# GOSUMDB=off", "export GOSUMDB=off", " GOSUMDB=off",
    "goproxy=off", "GOSUMDB=off\r", "GOSUMDB", "=off", "", "GOVCS=*:off", "GOVCS=*:all",
];

/// What a distribution may have made of `$GOROOT/go.env`; the first is none at all.
#[rustfmt::skip]
pub(super) const ROOT_FILES: &[Option<&str>] = &[
    None,
    Some("GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n"),
    Some("# of a distribution\nGOPROXY=direct\nGOSUMDB=off\nGOTOOLCHAIN=local\nGOPROXY=https://second.example\n"),
    Some("GOPROXY=https://only.example\nGOFLAGS=-mod=mod\nGOCACHE=$T/rootcache\nGOROOT=/nowhere\nGO111MODULE=auto\n"),
    Some("GOTOOLCHAIN=\nGOSUMDB=\nCC=rootcc\nGOAMD64=v2\nGOBIN=$T/rootbin\nGOPRIVATE=root.example\nGOENV=off\n"),
];

/// What stops `go env` in some release or in all.
#[rustfmt::skip]
pub(super) const FATAL: &[&str] = &[
    "GO111MODULE=bogus", "GO111MODULE=ON", "GO111MODULE=true", "GOAMD64=v9", "GOAMD64=V3", "GOARM=4", "GOARM=v6", "GOARM64=v1", "GOARM64=8.0",
    "GODEBUG=asynctimerchan=1", "GODEBUG=asynctimerchan=0", "GOEXPERIMENT=nosuchexp", "GOEXPERIMENT=suchexp", "GOEXPERIMENT=rangefunc",
    "GOFIPS140=bogus", "GOFIPS140=on", "GOFIPS140=v1.99.0", "GOFLAGS=-ldflags=-s -w", "GOMIPS=hard", "GOPATH=rel", "GOPATH=$T/gopath:rel", "GOPATH=~/go", "GOPPC64=8",
    "GORISCV64=rva9", "GOROOT=/nonexistent", "GOROOT=rel", "GOROOT=$T/rooted/go/go", "GOWASM=bogus", "GOWORK=rel/go.work", "GOWORK=~/go.work",
];

/// Where a command may run.
pub(super) const DIRECTORIES: &[&str] = &[
    "work",
    "work/below",
    "space",
    "space/module",
    "space/bare/deep",
    "plain",
    "temporary",
    "temporary/below",
    "odd",
    "odd/below",
    "broken",
    "future",
    "gopath",
    "gopath/src/x",
];

/// What stands there; a name that ends in `/` is a directory.
#[rustfmt::skip]
pub(super) const FILES: &[(&str, &str)] = &[
    ("work/go.mod", "module example.com/work\n\ngo 1.20\n"),
    ("work/below/", ""),
    ("space/go.work", "go 1.21\n\nuse ./module\n"),
    ("space/module/go.mod", "module example.com/module\n\ngo 1.21\n"),
    ("space/bare/deep/", ""),
    ("plain/", ""),
    ("temporary/go.mod", "module example.com/temporary\n"),
    ("temporary/below/", ""),
    ("odd/go.mod/", ""),
    ("odd/go.work/", ""),
    ("odd/below/go.mod", ""),
    ("broken/go.mod", "modul example.com\n<<<<<<<\n"),
    ("broken/go.work", "use (\n"),
    ("future/go.mod", "module example.com/future\n\ngo 1.99\n\ntoolchain go1.99.1\n"),
    ("gopath/src/x/", ""),
    ("home/", ""),
    ("tools/", ""),
];
