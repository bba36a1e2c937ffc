//! The variables of Go: which there are, who may set them, and which releases know them.
//!
//! Sources: `internal/cfg/cfg.go` (`KnownEnv`), `cmd/go/internal/envcmd/env.go`, `cmd/go/alldocs.go` (`go help
//! environment`), the documentation of package `runtime`, release notes for the releases before 1.21; `go env -json` and
//! `go env -w` of every release from 1.21 to 1.27.

use super::release::{Span, agree};
use crate::facts::version::VersionRange;

/// A variable that Go reads, computes, or once read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Who may set it.
    pub class: Class,
    /// The releases that know it; those before 1.11 are not told apart.
    pub span: Span,
    /// When `go env` prints it.
    pub printed: Printed,
    /// One line: what it is.
    pub doc: &'static str,
}

/// Who may set a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub(crate) enum Class {
    /// Read from the environment, then from the file of `go env -w`, then from `$GOROOT/go.env`.
    Settable,
    /// As [`Class::Settable`], but `go env -w` refuses it (GOROOT: since Go 1.27).
    ByHand,
    /// Read from the environment of the process only.
    EnvironmentOnly,
    /// Worked out by Go; setting it has no effect.
    Computed,
    /// Read by programs written in Go when they run, not by `go env`.
    Runtime,
    /// Read only while Go itself is built, tested or debugged.
    Development,
    /// Read by earlier releases only.
    Dead,
    /// Told of in the wild, but read by no release.
    Never,
}

/// When `go env` prints a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Printed {
    /// In every release from this minor one on (0: as long as it exists).
    Since(u32),
    /// Only for the architecture that code is built for.
    ForTarget,
    /// Never.
    Never,
}

impl Variable {
    /// Whether the releases of a range know it.
    pub(crate) fn exists(&self, versions: VersionRange) -> Option<bool> {
        match self.class {
            Class::Never => Some(false),
            Class::Dead => agree(versions, |minor| Some(self.span.until.is_none_or(|until| minor <= until))),
            _ => self.span.holds(versions),
        }
    }
}

/// The variable of that name. Names are case-sensitive, also on Windows: Go asks for them in capitals.
pub(crate) fn lookup(name: &str) -> Option<&'static Variable> {
    let index = VARIABLES.binary_search_by(|variable| variable.name.cmp(name)).ok()?;
    VARIABLES.get(index)
}

/// All variables, by name.
pub(crate) fn all() -> &'static [Variable] {
    VARIABLES
}

const fn row(name: &'static str, class: Class, since: u32, printed: Printed, doc: &'static str) -> Variable {
    Variable { name, class, span: Span::since(since), printed, doc }
}

const fn dead(name: &'static str, until: u32, doc: &'static str) -> Variable {
    Variable { name, class: Class::Dead, span: Span::between(0, until), printed: Printed::Never, doc }
}

use Class::{ByHand, Computed, Development, EnvironmentOnly, Runtime, Settable};
use Printed::{ForTarget, Since};

/// Sorted by name (a test checks it).
#[rustfmt::skip]
const VARIABLES: &[Variable] = &[
    row("AR", Settable, 0, Since(0), "The archiver that cgo packages are built with."),
    row("CC", Settable, 0, Since(0), "The C compiler that cgo packages are built with."),
    row("CGO_CFLAGS", Settable, 0, Since(0), "Flags that cgo passes to the C compiler."),
    row("CGO_CFLAGS_ALLOW", Settable, 10, Printed::Never, "A regular expression of further flags that `#cgo CFLAGS` lines may pass to the C compiler."),
    row("CGO_CFLAGS_DISALLOW", Settable, 10, Printed::Never, "A regular expression of flags that `#cgo CFLAGS` lines may not pass to the C compiler."),
    row("CGO_CPPFLAGS", Settable, 0, Since(0), "Flags that cgo passes to the C preprocessor."),
    row("CGO_CPPFLAGS_ALLOW", Settable, 10, Printed::Never, "A regular expression of further flags that `#cgo CPPFLAGS` lines may pass to the C preprocessor."),
    row("CGO_CPPFLAGS_DISALLOW", Settable, 10, Printed::Never, "A regular expression of flags that `#cgo CPPFLAGS` lines may not pass to the C preprocessor."),
    row("CGO_CXXFLAGS", Settable, 0, Since(0), "Flags that cgo passes to the C++ compiler."),
    row("CGO_CXXFLAGS_ALLOW", Settable, 10, Printed::Never, "A regular expression of further flags that `#cgo CXXFLAGS` lines may pass to the C++ compiler."),
    row("CGO_CXXFLAGS_DISALLOW", Settable, 10, Printed::Never, "A regular expression of flags that `#cgo CXXFLAGS` lines may not pass to the C++ compiler."),
    row("CGO_ENABLED", Settable, 0, Since(0), "Whether cgo is used: 0 or 1."),
    row("CGO_FFLAGS", Settable, 0, Since(0), "Flags that cgo passes to the Fortran compiler."),
    row("CGO_FFLAGS_ALLOW", Settable, 10, Printed::Never, "A regular expression of further flags that `#cgo FFLAGS` lines may pass to the Fortran compiler."),
    row("CGO_FFLAGS_DISALLOW", Settable, 10, Printed::Never, "A regular expression of flags that `#cgo FFLAGS` lines may not pass to the Fortran compiler."),
    row("CGO_LDFLAGS", Settable, 0, Since(0), "Flags that cgo passes to the linker."),
    row("CGO_LDFLAGS_ALLOW", Settable, 10, Printed::Never, "A regular expression of further flags that `#cgo LDFLAGS` lines may pass to the linker."),
    row("CGO_LDFLAGS_DISALLOW", Settable, 10, Printed::Never, "A regular expression of flags that `#cgo LDFLAGS` lines may not pass to the linker."),
    row("CXX", Settable, 0, Since(0), "The C++ compiler that cgo packages are built with."),
    row("FC", Settable, 0, Printed::Never, "The Fortran compiler that cgo packages are built with."),
    row("GCCGO", Settable, 0, Since(0), "The gccgo command, for -compiler=gccgo."),
    row("GO111MODULE", Settable, 11, Since(0), "Whether modules are used: empty or on, off, auto."),
    dead("GO15VENDOREXPERIMENT", 6, "Whether vendor directories were used, until Go 1.6."),
    row("GO386", Settable, 0, ForTarget, "Floating point of 386 code: sse2 or softfloat."),
    row("GOAMD64", Settable, 18, ForTarget, "Instruction set level of amd64 code: v1 to v4."),
    row("GOARCH", Settable, 0, Since(0), "The processor architecture that code is built for."),
    row("GOARM", Settable, 0, ForTarget, "Instruction set level of arm code: 5, 6 or 7."),
    row("GOARM64", Settable, 23, ForTarget, "Instruction set level of arm64 code, such as v8.0."),
    row("GOAUTH", Settable, 24, Since(24), "How credentials for private modules are obtained."),
    row("GOBIN", Settable, 0, Since(0), "The directory that go install puts commands into."),
    row("GOBOOTSTRAP_TOOLEXEC", Development, 0, Printed::Never, "A wrapper of the tools while Go itself is built."),
    row("GOCACHE", Settable, 10, Since(0), "The directory of the build cache."),
    row("GOCACHEPROG", Settable, 24, Since(24), "A program that implements the build cache."),
    row("GOCLOBBERDEADHASH", Development, 0, Printed::Never, "A debugging aid of the compiler."),
    row("GOCOMPILEDEBUG", Development, 0, Printed::Never, "A debugging aid of the compiler."),
    row("GOCOVERDIR", Runtime, 20, Printed::Never, "The directory that programs built with -cover write coverage data to."),
    row("GODEBUG", EnvironmentOnly, 0, Since(23), "Debugging and compatibility settings of programs written in Go, the go command included."),
    row("GOENV", EnvironmentOnly, 13, Since(0), "The file that `go env -w` writes, or off."),
    row("GOEXE", Computed, 0, Since(0), "The suffix of executables: .exe on Windows."),
    row("GOEXPERIMENT", Settable, 17, Since(0), "Experiments of the toolchain to switch on or off."),
    row("GOFIPS140", Settable, 24, Since(24), "The FIPS 140-3 mode and cryptographic module to build with."),
    row("GOFLAGS", Settable, 11, Since(0), "Flags added to every go command that knows them."),
    row("GOGC", Runtime, 0, Printed::Never, "How eager the garbage collector of a Go program is, in per cent, or off."),
    row("GOGCCFLAGS", Computed, 0, Since(0), "The flags that cgo passes to the C compiler in all."),
    row("GOHOSTARCH", Computed, 0, Since(0), "The architecture of the go command itself."),
    row("GOHOSTOS", Computed, 0, Since(0), "The operating system of the go command itself."),
    row("GOINSECURE", Settable, 14, Since(0), "Module paths that may be fetched without TLS verification."),
    row("GOMAXPROCS", Runtime, 0, Printed::Never, "How many threads may execute Go code at once in a Go program."),
    row("GOMEMLIMIT", Runtime, 19, Printed::Never, "The soft memory limit of a Go program."),
    row("GOMIPS", Settable, 10, ForTarget, "Floating point of mips code: hardfloat or softfloat."),
    row("GOMIPS64", Settable, 11, ForTarget, "Floating point of mips64 code: hardfloat or softfloat."),
    row("GOMOD", Computed, 0, Since(0), "The go.mod file in force."),
    row("GOMODCACHE", Settable, 15, Since(0), "The directory of the module cache."),
    row("GONOPROXY", Settable, 13, Since(0), "Module paths that are fetched without a proxy."),
    row("GONOSUMCHECK", Class::Never, 0, Printed::Never, "Never read by a release of Go; GONOSUMDB and GOSUMDB=off are."),
    row("GONOSUMDB", Settable, 13, Since(0), "Module paths that are not looked up in the checksum database."),
    row("GOOS", Settable, 0, Since(0), "The operating system that code is built for."),
    row("GOPACKAGESDRIVER", EnvironmentOnly, 27, Since(27), "The program that golang.org/x/tools/go/packages runs instead of go list."),
    row("GOPATH", Settable, 0, Since(0), "The directories of GOPATH mode; also the parent of the module cache and of bin."),
    row("GOPPC64", Settable, 12, ForTarget, "Instruction set level of ppc64 code: power8, power9 or power10."),
    row("GOPRIVATE", Settable, 13, Since(0), "Module paths that are private: the default of GONOPROXY and GONOSUMDB."),
    row("GOPROXY", Settable, 11, Since(0), "The module proxies."),
    row("GORACE", Runtime, 0, Printed::Never, "Options of the race detector in programs built with -race."),
    row("GORISCV64", Settable, 23, ForTarget, "Instruction set profile of riscv64 code, such as rva20u64."),
    row("GOROOT", ByHand, 0, Since(0), "The root of the Go distribution."),
    row("GOROOT_BOOTSTRAP", Development, 0, Printed::Never, "The Go that Go itself is built with."),
    dead("GOROOT_FINAL", 22, "Where Go itself was to be installed, until Go 1.22."),
    row("GOSSADIR", Development, 0, Printed::Never, "Where GOSSAFUNC writes to."),
    row("GOSSAFUNC", Development, 0, Printed::Never, "The function whose compilation is dumped."),
    row("GOSUMDB", Settable, 13, Since(0), "The checksum database, or off."),
    row("GOTELEMETRY", Computed, 23, Since(23), "The telemetry mode, from the telemetry directory."),
    row("GOTELEMETRYDIR", Computed, 23, Since(23), "The directory of telemetry data."),
    row("GOTMPDIR", Settable, 10, Since(0), "The directory of temporary files of the go command; it must exist."),
    row("GOTOOLCHAIN", Settable, 21, Since(0), "Which Go release runs, and whether another one may be fetched."),
    row("GOTOOLDIR", Computed, 0, Since(0), "The directory of compiler, linker and other tools."),
    row("GOTRACEBACK", Runtime, 0, Printed::Never, "How much a failing Go program prints."),
    row("GOVCS", Settable, 16, Since(0), "Which version control systems may be used for which modules."),
    row("GOVERSION", Computed, 16, Since(0), "The version of the go command."),
    row("GOWASIRUNTIME", Development, 0, Printed::Never, "The runtime that tests of wasip1 programs use."),
    row("GOWASM", Settable, 12, ForTarget, "Features of WebAssembly code: satconv, signext."),
    row("GOWORK", ByHand, 18, Since(0), "The go.work file to use, or off."),
    row("GO_BUILDER_NAME", Development, 0, Printed::Never, "The name of a builder of the Go project."),
    row("GO_DISTFLAGS", Development, 0, Printed::Never, "Flags of cmd/dist while Go itself is built."),
    row("GO_EXTLINK_ENABLED", Settable, 0, Printed::Never, "Whether the linker uses the external linker: 0 or 1."),
    row("GO_GCFLAGS", Development, 0, Printed::Never, "Compiler flags while Go itself is built."),
    row("GO_LDFLAGS", Development, 0, Printed::Never, "Linker flags while Go itself is built."),
    row("GO_LDSO", Development, 0, Printed::Never, "The dynamic linker while Go itself is built."),
    row("GO_TEST_TIMEOUT_SCALE", Development, 0, Printed::Never, "How much longer tests of Go itself may take."),
    row("PKG_CONFIG", Settable, 0, Since(0), "The pkg-config command that `#cgo pkg-config` lines run."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::version::GoVersion;

    #[test]
    fn the_table_is_sorted_and_its_documentation_is_one_line() {
        assert!(VARIABLES.is_sorted_by(|left, right| left.name < right.name));
        for variable in VARIABLES {
            assert!(variable.doc.ends_with('.') && !variable.doc.contains('\n'), "{}", variable.name);
        }
    }

    #[test]
    fn a_name_is_found_with_its_class_and_its_releases() {
        let auth = lookup("GOAUTH").unwrap();
        assert_eq!(
            (auth.class, auth.exists(VersionRange::minor(23)), auth.exists(VersionRange::minor(24))),
            (Settable, Some(false), Some(true))
        );
        assert_eq!(auth.exists(VersionRange::at_least(GoVersion::release(22, 0))), None);
        assert_eq!(lookup("GOROOT_FINAL").unwrap().exists(VersionRange::minor(30)), Some(false));
        assert_eq!(lookup("GONOSUMCHECK").unwrap().exists(VersionRange::minor(21)), Some(false));
        for own in ["GO_VERSION", "GOTEST", "GOTAGS", "GOBUILDTIME", "goflags", ""] {
            assert_eq!(lookup(own), None, "{own}");
        }
    }
}
