//! The settings of GODEBUG.
//!
//! Sources, of every release from 1.21 to 1.27: `internal/godebugs/table.go`; `dbgvars` in `runtime/runtime1.go`; the settings that
//! packages of the standard library keep out of the table (`godebug.New("#name")`, package `internal` here); the removed ones.

use super::release::Span;
use crate::facts::version::VersionRange;

/// A setting of GODEBUG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Its key.
    pub name: &'static str,
    /// The package that reads it.
    pub package: &'static str,
    /// The releases that know it (21: or earlier).
    pub span: Span,
    /// The minor release that changed its default, and the value that restores what was before.
    pub changed: Option<(u32, &'static str)>,
}

/// A removed setting whose old values stop every program built with a newer Go, the go command included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Removed {
    /// Its key.
    pub name: &'static str,
    /// The first minor release without it.
    pub without: u32,
    /// The values that asked for the old behaviour.
    pub old: &'static [&'static str],
}

/// The setting of that key.
pub(crate) fn lookup(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// Whether the releases of a range know a key. `cpu.` keys are those of `internal/cpu`; they differ by processor and are not judged.
pub(crate) fn known(name: &str, versions: VersionRange) -> Option<bool> {
    if name.starts_with("cpu.") {
        return Some(true);
    }
    lookup(name).map_or(Span::between(0, 0), |setting| setting.span).holds_as_measured(versions)
}

/// Whether programs of these releases, the go command included, stop at once because of this key and value.
pub(crate) fn fatal(name: &str, value: &str, versions: VersionRange) -> Option<bool> {
    let old = REMOVED.iter().any(|removed| removed.name == name && removed.old.contains(&value));
    if old { FATAL.holds(versions) } else { Some(false) }
}

/// The removal of a setting.
pub(crate) fn removed(name: &str) -> Option<&'static Removed> {
    REMOVED.iter().find(|removed| removed.name == name)
}

/// The pairs of a GODEBUG value, as `runtime.parsegodebug` reads them: entries without `=` count for nothing.
pub(crate) fn parse(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    text.split(',')
        .filter(|entry| !entry.is_empty())
        .map(|entry| entry.split_once('=').map_or((entry, None), |(key, value)| (key, Some(value))))
}

/// Since Go 1.27 an old value of a removed setting is a fatal error (`runtime/proc.go`).
const FATAL: Span = Span::since(27);

const fn gone(name: &'static str, without: u32, old: &'static [&'static str]) -> Removed {
    Removed { name, without, old }
}

const REMOVED: &[Removed] = &[
    gone("asynctimerchan", 27, &["1", "2"]),
    gone("gotypesalias", 27, &["0"]),
    gone("tls10server", 27, &["1"]),
    gone("tls3des", 27, &["1"]),
    gone("tlskyber", 24, &["0"]),
    gone("tlsrsakex", 27, &["1"]),
    gone("tlsunsafeekm", 27, &["1"]),
    gone("x509keypairleaf", 27, &["0"]),
    gone("x509sha1", 24, &["1"]),
];

const fn row(name: &'static str, package: &'static str, span: Span, changed: Option<(u32, &'static str)>) -> Setting {
    Setting { name, package, span, changed }
}

#[rustfmt::skip]
const SETTINGS: &[Setting] = &[
    row("adaptivestackstart", "runtime", Span::since(21), None),
    row("allocfreetrace", "runtime", Span::between(21, 22), None),
    row("allowmultiplevcs", "cmd/go", Span::since(24), None),
    row("asyncpreemptoff", "runtime", Span::since(21), None),
    row("asynctimerchan", "time", Span::between(23, 26), Some((23, "1"))),
    row("cgocheck", "runtime", Span::since(21), None),
    row("checkfinalizers", "runtime", Span::since(25), None),
    row("clobberfree", "runtime", Span::since(21), None),
    row("cmdgonetlimit", "internal", Span::since(21), None),
    row("containermaxprocs", "runtime", Span::since(25), Some((25, "0"))),
    row("cryptocustomrand", "crypto", Span::since(26), Some((26, "1"))),
    row("dataindependenttiming", "crypto/subtle", Span::since(24), None),
    row("decoratemappings", "runtime", Span::since(25), Some((25, "0"))),
    row("disablethp", "runtime", Span::since(21), None),
    row("dontfreezetheworld", "runtime", Span::since(21), None),
    row("efence", "runtime", Span::since(21), None),
    row("embedfollowsymlinks", "cmd/go", Span::since(25), None),
    row("execerrdot", "os/exec", Span::since(21), None),
    row("execwait", "internal", Span::since(21), None),
    row("fips140", "crypto/fips140", Span::since(24), None),
    row("fips140ems", "crypto/tls", Span::since(26), None),
    row("fuzzdebug", "internal", Span::since(21), None),
    row("gccheckmark", "runtime", Span::since(21), None),
    row("gcpacertrace", "runtime", Span::since(21), None),
    row("gcshrinkstackoff", "runtime", Span::since(21), None),
    row("gcstoptheworld", "runtime", Span::since(21), None),
    row("gctrace", "runtime", Span::since(21), None),
    row("gocachehash", "cmd/go", Span::since(21), None),
    row("gocachetest", "cmd/go", Span::since(21), None),
    row("gocacheverify", "cmd/go", Span::since(21), None),
    row("gofsystrace", "internal", Span::since(21), None),
    row("gofsystracelog", "internal", Span::since(21), None),
    row("gofsystracestack", "internal", Span::since(21), None),
    row("goindex", "internal", Span::since(21), None),
    row("gotestjsonbuildtext", "cmd/go", Span::since(24), Some((24, "1"))),
    row("gotoolchainexec", "internal", Span::since(21), None),
    row("gotypesalias", "go/types", Span::between(22, 26), Some((23, "0"))),
    row("harddecommit", "runtime", Span::since(21), None),
    row("htmlmetacontenturlescape", "html/template", Span::since(26), None),
    row("http2client", "net/http", Span::since(21), None),
    row("http2debug", "net/http", Span::since(21), None),
    row("http2server", "net/http", Span::since(21), None),
    row("httpcookiemaxnum", "net/http", Span::since(24), Some((24, "0"))),
    row("httplaxcontentlength", "net/http", Span::since(22), Some((22, "1"))),
    row("httpmuxgo121", "net/http", Span::since(22), Some((22, "1"))),
    row("httpservecontentkeepheaders", "net/http", Span::since(23), Some((23, "1"))),
    row("httpservecontentmaxranges", "net/http", Span::since(27), Some((26, "1"))),
    row("inittrace", "runtime", Span::since(21), None),
    row("installgoroot", "go/build", Span::since(21), None),
    row("intern", "internal", Span::between(21, 22), None),
    row("invalidptr", "runtime", Span::since(21), None),
    row("jstmpllitinterp", "html/template", Span::since(21), None),
    row("madvdontneed", "runtime", Span::since(21), None),
    row("multipartfiles", "internal", Span::since(21), None),
    row("multipartmaxheaders", "mime/multipart", Span::since(21), None),
    row("multipartmaxparts", "mime/multipart", Span::since(21), None),
    row("multipathtcp", "net", Span::since(21), Some((24, "0"))),
    row("netdns", "net", Span::since(21), None),
    row("netedns0", "net", Span::since(21), Some((19, "0"))),
    row("panicnil", "runtime", Span::since(21), Some((21, "1"))),
    row("profstackdepth", "runtime", Span::since(23), None),
    row("randautoseed", "math/rand", Span::since(21), None),
    row("randseednop", "math/rand", Span::since(24), Some((24, "0"))),
    row("rsa1024min", "crypto/rsa", Span::since(24), Some((24, "0"))),
    row("runtimecontentionstacks", "runtime", Span::between(22, 24), None),
    row("sbrk", "runtime", Span::since(21), None),
    row("scavtrace", "runtime", Span::since(21), None),
    row("scheddetail", "runtime", Span::since(21), None),
    row("schedtrace", "runtime", Span::since(21), None),
    row("simd", "internal", Span::since(27), None),
    row("tarinsecurepath", "archive/tar", Span::since(21), None),
    row("tls10server", "crypto/tls", Span::between(22, 26), Some((22, "1"))),
    row("tls3des", "crypto/tls", Span::between(23, 26), Some((23, "1"))),
    row("tlskyber", "crypto/tls", Span::between(23, 23), Some((23, "0"))),
    row("tlsmaxrsasize", "crypto/tls", Span::since(21), None),
    row("tlsmlkem", "crypto/tls", Span::since(24), Some((24, "0"))),
    row("tlsrsakex", "crypto/tls", Span::between(22, 26), Some((22, "1"))),
    row("tlssecpmlkem", "crypto/tls", Span::since(26), Some((26, "0"))),
    row("tlssha1", "crypto/tls", Span::since(25), Some((25, "1"))),
    row("tlsunsafeekm", "crypto/tls", Span::between(22, 26), Some((22, "1"))),
    row("toolchaintrace", "internal", Span::since(24), None),
    row("traceadvanceperiod", "runtime", Span::since(22), None),
    row("traceallocfree", "runtime", Span::since(23), None),
    row("tracebackancestors", "runtime", Span::since(21), None),
    row("tracebacklabels", "runtime", Span::since(26), Some((27, "0"))),
    row("tracecheckstackownership", "runtime", Span::since(23), None),
    row("tracefpunwindoff", "runtime", Span::since(21), None),
    row("updatemaxprocs", "runtime", Span::since(25), Some((25, "0"))),
    row("urlmaxqueryparams", "net/url", Span::since(26), Some((24, "0"))),
    row("urlstrictcolons", "net/url", Span::since(26), Some((26, "0"))),
    row("winreadlinkvolume", "os", Span::since(23), Some((23, "0"))),
    row("winsymlink", "os", Span::since(23), Some((23, "0"))),
    row("x509keypairleaf", "crypto/tls", Span::between(23, 26), Some((23, "0"))),
    row("x509negativeserial", "crypto/x509", Span::since(23), Some((23, "1"))),
    row("x509rsacrt", "crypto/x509", Span::since(24), Some((24, "0"))),
    row("x509sha1", "crypto/x509", Span::between(21, 23), None),
    row("x509sha256skid", "crypto/x509", Span::since(25), Some((25, "0"))),
    row("x509sslcertoverrideplatform", "crypto/x509", Span::since(27), Some((27, "0"))),
    row("x509usefallbackroots", "crypto/x509", Span::since(21), None),
    row("x509usepolicies", "crypto/x509", Span::since(22), Some((24, "0"))),
    row("zipinsecurepath", "archive/zip", Span::since(21), None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_by_release() {
        assert_eq!(
            (known("httpmuxgo121", VersionRange::minor(21)), known("httpmuxgo121", VersionRange::minor(22))),
            (Some(false), Some(true))
        );
        assert_eq!(known("gctrace", VersionRange { low: None, high: None }), Some(true));
        assert_eq!((known("stackguard", VersionRange::minor(27)), known("stackguard", VersionRange::minor(28))), (Some(false), None));
        assert_eq!(known("cpu.avx2", VersionRange::minor(22)), Some(true));
    }

    #[test]
    fn only_old_values_of_removed_keys_are_fatal_and_only_since_1_27() {
        assert_eq!(
            (fatal("asynctimerchan", "1", VersionRange::minor(26)), fatal("asynctimerchan", "1", VersionRange::minor(27))),
            (Some(false), Some(true))
        );
        assert_eq!(fatal("asynctimerchan", "0", VersionRange::minor(27)), Some(false));
        assert_eq!(fatal("tls3des", "1", VersionRange { low: None, high: None }), None);
    }

    #[test]
    fn entries_without_a_value_are_kept_apart() {
        assert_eq!(parse("a=1,,garbage,b=x=y").collect::<Vec<_>>(), [("a", Some("1")), ("garbage", None), ("b", Some("x=y"))]);
    }
}
