//! Which flags each subcommand has.
//!
//! Measured with every release from 1.21 to 1.27: each flag that its sources name was given to each subcommand, followed by another that
//! does not exist, and the complaint tells whether the flag is known and whether it takes the next word as its value.

use super::super::release::Span;

/// A flag, without its dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag {
    pub(super) name: &'static str,
    /// Whether it takes a value; the others stand alone, or as `-name=true`.
    pub(super) value: bool,
    /// The releases that have it (21: or earlier).
    pub(super) span: Span,
}

/// A subcommand with its flags.
pub(super) struct Command {
    /// As it is typed: `mod tidy`.
    pub(super) name: &'static str,
    groups: &'static [&'static [Flag]],
    own: &'static [Flag],
}

impl Command {
    pub(super) fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        self.groups.iter().copied().flatten().chain(self.own)
    }

    pub(super) fn flag(&self, name: &str) -> Option<&'static Flag> {
        self.flags().find(|flag| flag.name == name)
    }
}

/// The subcommand of that name.
pub(super) fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// Subcommands whose flags GOFLAGS does not know, because they are read by another program.
pub(super) const FOREIGN: &[&str] = &["doc"];

const fn switch(name: &'static str) -> Flag {
    Flag { name, value: false, span: Span::since(21) }
}

const fn value(name: &'static str) -> Flag {
    Flag { name, value: true, span: Span::since(21) }
}

const fn in_releases(flag: Flag, span: Span) -> Flag {
    Flag { span, ..flag }
}

const fn since(flag: Flag, minor: u32) -> Flag {
    in_releases(flag, Span::since(minor))
}

/// `-C` changes the directory first, for every subcommand.
const ANY: &[Flag] = &[value("C")];

/// Flags of every subcommand that reads modules.
const MODULES: &[Flag] = &[switch("modcacherw"), value("modfile"), value("overlay")];

#[rustfmt::skip]
const BUILD: &[Flag] = &[
    switch("a"), switch("asan"), value("asmflags"), value("buildmode"), switch("buildvcs"), value("compiler"), value("debug-actiongraph"),
    value("debug-runtime-trace"), value("debug-trace"), value("gccgoflags"), value("gcflags"), value("installsuffix"), value("ldflags"),
    switch("linkshared"), switch("msan"), switch("n"), value("p"), value("pgo"), value("pkgdir"), switch("race"), value("tags"),
    value("toolexec"), switch("trimpath"), switch("v"), switch("work"), switch("x"),
];

/// `go get` has them all but this one.
const MOD: &[Flag] = &[value("mod")];

const COVER: &[Flag] = &[switch("cover"), value("covermode"), value("coverpkg")];

/// Since Go 1.24 for what builds; other subcommands have their own.
const BUILD_JSON: &[Flag] = &[since(switch("json"), 24)];

/// Flags of the test binary, which `go test` knows, also with `test.` in front.
#[rustfmt::skip]
pub(super) const TEST: &[Flag] = &[
    since(switch("artifacts"), 26), value("bench"), switch("benchmem"), value("benchtime"), value("blockprofile"), value("blockprofilerate"),
    value("count"), value("coverprofile"), value("cpu"), value("cpuprofile"), switch("failfast"), switch("fullpath"), value("fuzz"),
    value("fuzzminimizetime"), value("fuzztime"), value("list"), value("memprofile"), value("memprofilerate"), value("mutexprofile"),
    value("mutexprofilefraction"), value("outputdir"), value("parallel"), value("run"), switch("short"), value("shuffle"), value("skip"),
    value("timeout"), value("trace"),
];

/// Flags of the analysers that `go vet` runs (`go vet -flags`); GOFLAGS does not know them.
#[rustfmt::skip]
pub(super) const ANALYSERS: &[Flag] = &[
    since(switch("appends"), 22), switch("asmdecl"), switch("assign"), switch("atomic"), switch("bool"), switch("bools"), switch("buildtag"),
    switch("buildtags"), switch("cgocall"), switch("composites"), switch("copylocks"), since(switch("defers"), 22), switch("directive"),
    switch("errorsas"), switch("framepointer"), since(switch("hostport"), 25), switch("httpresponse"), switch("ifaceassert"),
    switch("loopclosure"), switch("lostcancel"), switch("methods"), switch("nilfunc"), switch("printf"), switch("rangeloops"),
    switch("shift"), switch("sigchanyzer"), switch("slog"), switch("stdmethods"), since(switch("stdversion"), 23), switch("stringintconv"),
    switch("structtag"), switch("testinggoroutine"), switch("tests"), switch("timeformat"), switch("unmarshal"), switch("unreachable"),
    switch("unsafeptr"), switch("unusedresult"), since(switch("waitgroup"), 25),
];

const GODEBUG: &[Flag] = &[since(value("godebug"), 23), since(value("dropgodebug"), 23)];

#[rustfmt::skip]
pub(super) const COMMANDS: &[Command] = &[
    Command { name: "bug", groups: &[ANY], own: &[switch("v")] },
    Command { name: "build", groups: &[ANY, BUILD, MODULES, MOD, COVER, BUILD_JSON], own: &[value("o")] },
    Command { name: "clean", groups: &[ANY, BUILD, MODULES, MOD], own: &[switch("cache"), switch("fuzzcache"), switch("i"), switch("modcache"), switch("r"), switch("testcache")] },
    Command { name: "doc", groups: &[ANY], own: &[switch("all"), switch("c"), switch("cmd"), since(switch("ex"), 27), since(switch("http"), 25), switch("short"), switch("src"), switch("u")] },
    Command { name: "env", groups: &[ANY], own: &[since(switch("changed"), 23), switch("json"), switch("n"), switch("u"), switch("w"), switch("x")] },
    Command { name: "fix", groups: &[ANY, BUILD, MODULES, MOD], own: &[value("fix"), since(value("c"), 26), since(switch("diff"), 26), since(switch("json"), 26)] },
    Command { name: "fmt", groups: &[ANY, MODULES, MOD], own: &[switch("n"), switch("x")] },
    Command { name: "generate", groups: &[ANY, BUILD, MODULES, MOD], own: &[value("run"), value("skip")] },
    Command { name: "get", groups: &[ANY, BUILD, MODULES, BUILD_JSON], own: &[switch("d"), switch("f"), switch("fix"), switch("insecure"), switch("m"), switch("t"), since(switch("tool"), 24), switch("u")] },
    Command { name: "install", groups: &[ANY, BUILD, MODULES, MOD, COVER, BUILD_JSON], own: &[] },
    Command { name: "list", groups: &[ANY, BUILD, MODULES, MOD, COVER], own: &[switch("compiled"), switch("deps"), switch("e"), switch("export"), value("f"), switch("find"), switch("json"), switch("m"), switch("retracted"), value("reuse"), switch("test"), switch("u"), switch("versions")] },
    Command { name: "mod download", groups: &[ANY, MODULES], own: &[switch("json"), value("reuse"), switch("x")] },
    Command { name: "mod edit", groups: &[ANY, MODULES, GODEBUG], own: &[value("dropexclude"), since(value("dropignore"), 25), value("dropreplace"), value("droprequire"), value("dropretract"), since(value("droptool"), 24), value("exclude"), switch("fmt"), value("go"), since(value("ignore"), 25), switch("json"), value("module"), switch("n"), switch("print"), value("replace"), value("require"), value("retract"), since(value("tool"), 24), value("toolchain"), switch("x")] },
    Command { name: "mod graph", groups: &[ANY, MODULES], own: &[value("go"), switch("x")] },
    Command { name: "mod init", groups: &[ANY, MODULES], own: &[] },
    Command { name: "mod tidy", groups: &[ANY, MODULES], own: &[value("compat"), since(switch("diff"), 23), switch("e"), value("go"), switch("v"), switch("x")] },
    Command { name: "mod vendor", groups: &[ANY, MODULES], own: &[switch("e"), value("o"), switch("v")] },
    Command { name: "mod verify", groups: &[ANY, MODULES], own: &[] },
    Command { name: "mod why", groups: &[ANY, MODULES], own: &[switch("m"), switch("vendor")] },
    Command { name: "run", groups: &[ANY, BUILD, MODULES, MOD, COVER, BUILD_JSON], own: &[value("exec")] },
    Command { name: "telemetry", groups: &[ANY], own: &[] },
    Command { name: "test", groups: &[ANY, BUILD, MODULES, MOD, COVER, TEST], own: &[switch("c"), value("exec"), switch("json"), value("o"), value("vet")] },
    Command { name: "tool", groups: &[ANY], own: &[since(switch("modcacherw"), 24), since(value("modfile"), 24), switch("n"), since(value("overlay"), 24)] },
    Command { name: "version", groups: &[ANY], own: &[since(switch("json"), 25), switch("m"), switch("v")] },
    Command { name: "vet", groups: &[ANY, BUILD, MODULES, MOD], own: &[value("c"), since(switch("diff"), 26), since(switch("fix"), 26), switch("json"), value("vettool")] },
    Command { name: "work edit", groups: &[ANY, GODEBUG], own: &[value("dropreplace"), value("dropuse"), switch("fmt"), value("go"), switch("json"), switch("print"), value("replace"), value("toolchain"), value("use")] },
    Command { name: "work init", groups: &[ANY, MODULES], own: &[] },
    Command { name: "work sync", groups: &[ANY, MODULES], own: &[] },
    Command { name: "work use", groups: &[ANY, MODULES], own: &[switch("r")] },
    Command { name: "work vendor", groups: &[ANY, MODULES], own: &[switch("e"), value("o"), switch("v")] },
];
