//! Two environments side by side: a machine's, and that of a go command in a workflow. Only what changes what is built is compared.

use crate::machine_report::MachineReport;
use crate::trace::{TraceCommand, TraceOrigin, TraceValue};

/// Variables that change what is built, or which modules it is built from. Places of caches and tools do not.
#[rustfmt::skip]
const OF_BUILDS: &[&str] = &[
    "AR", "CC", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_ENABLED", "CGO_FFLAGS", "CGO_LDFLAGS", "CXX", "GCCGO", "GO111MODULE",
    "GO386", "GOAMD64", "GOARCH", "GOARM", "GOARM64", "GODEBUG", "GOEXPERIMENT", "GOFIPS140", "GOFLAGS", "GOINSECURE", "GOMIPS", "GOMIPS64",
    "GONOPROXY", "GONOSUMDB", "GOOS", "GOPPC64", "GOPROXY", "GORISCV64", "GOSUMDB", "GOVCS", "GOWASM", "PKG_CONFIG",
];

/// What differs, or may differ.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Difference {
    /// A variable of `go env`; `go` is the release that does the work.
    pub name: String,
    /// What it is on the machine.
    pub here: TraceValue,
    /// What it is in the workflow.
    pub there: TraceValue,
}

/// What differs between a machine and a go command of a workflow, by name, Go's release first. What is not known on one of the two
/// sides is among it.
pub fn differences(here: &MachineReport, there: &TraceCommand) -> Vec<Difference> {
    let release = release(here);
    let go =
        (!is_same_release(&release, &there.go)).then(|| Difference { name: String::from("go"), here: release, there: there.go.clone() });
    let variable = |name: &&str| {
        let pair = (here.variable(name), there.env.get(*name));
        let (ours, theirs) = (pair.0.cloned().unwrap_or_else(absent), pair.1.cloned().unwrap_or_else(absent));
        (!is_same(&ours, &theirs)).then(|| Difference { name: (*name).to_owned(), here: ours, there: theirs })
    };
    go.into_iter().chain(OF_BUILDS.iter().filter_map(variable)).collect()
}

/// A variable that does not exist: that of another architecture, or of another release.
fn absent() -> TraceValue {
    let origin = TraceOrigin { kind: crate::facts::value::OriginKind::Default, path: None, line: None, detail: None };
    TraceValue::Known { value: String::new(), origin }
}

fn release(here: &MachineReport) -> TraceValue {
    let origin = TraceOrigin { kind: crate::facts::value::OriginKind::Process, path: None, line: None, detail: here.go.command.clone() };
    match &here.go.runs {
        Some(release) => TraceValue::Known { value: release.clone(), origin },
        None => TraceValue::Unknown { reason: String::from("which Go runs here") },
    }
}

/// `1.22.x` and `1.22.5` may be the same.
fn is_same_release(ours: &TraceValue, theirs: &TraceValue) -> bool {
    let (TraceValue::Known { value: ours, .. }, TraceValue::Known { value: theirs, .. }) = (ours, theirs) else { return false };
    ours == theirs || theirs.strip_suffix('x').is_some_and(|minor| ours.starts_with(minor))
}

fn is_same(ours: &TraceValue, theirs: &TraceValue) -> bool {
    match (ours, theirs) {
        (TraceValue::Known { value: ours, .. }, TraceValue::Known { value: theirs, .. }) => ours == theirs,
        // What a release other than ours would make of it is not ours to guess.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::value::OriginKind;
    use crate::machine_report::GoReport;

    fn known(value: &str) -> TraceValue {
        let origin = TraceOrigin { kind: OriginKind::Process, path: None, line: None, detail: None };
        TraceValue::Known { value: value.into(), origin }
    }

    fn names(go: &str, env: &[(&str, TraceValue)]) -> Vec<String> {
        let here = MachineReport {
            environment: vec![("GOFLAGS".into(), known("")), ("GOPROXY".into(), known("direct")), ("GOCACHE".into(), known("/a"))],
            go: GoReport {
                command: None,
                is_wrapper: false,
                answer: "answers",
                problem: None,
                installed: None,
                runs: Some("1.22.5".into()),
                present: None,
                needs: None,
            },
            platform: String::new(),
            directory: String::new(),
        };
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let there = TraceCommand { line: 1, argv: None, opaque: None, perhaps: false, env, go: known(go) };
        differences(&here, &there).into_iter().map(|difference| difference.name).collect()
    }

    #[test]
    fn only_what_changes_a_build_is_told() {
        assert_eq!(names("1.22.x", &[("GOPROXY", known("direct")), ("GOCACHE", known("/b"))]), Vec::<String>::new());
        assert_eq!(names("1.23.x", &[("GOPROXY", TraceValue::Unknown { reason: "secrets.X".into() })]), ["go", "GOPROXY"]);
        assert_eq!(names("1.22.5", &[("GOPROXY", known("direct")), ("GOFLAGS", known("-mod=mod"))]), ["GOFLAGS"]);
    }
}
