//! The subjects `setting` of this machine: variables that the process environment, the file of `go env -w` or `$GOROOT/go.env` set.

use std::sync::Arc;

use super::{Host, os_word, text};
use crate::facts::environment::Environment;
use crate::facts::go::diagnose::{Diagnosis, Via};
use crate::facts::go::resolver::{Layer, Resolver, layers};
use crate::facts::go::{names, variables};
use crate::facts::record::Record;
use crate::facts::setting::Assigned;
use crate::facts::subject::Subject;
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Value};
use crate::facts::version::VersionRange;
use crate::text::{Location, Span, Text};

/// Variables of the system that decide where Go keeps its files; Go's verdict on them is known too.
const OF_SYSTEM: &[&str] = &["TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"];

/// A variable that something sets.
struct Found {
    assigned: Assigned,
    /// Whether Go reads the line at all.
    is_read: bool,
}

/// Hands every setting to `out`, in the order of precedence.
pub(super) fn visit(host: &Host<'_>, out: &mut dyn FnMut(&dyn Subject)) {
    let mut found = of_process(host.environment());
    if let Some((_, file)) = &host.files.user {
        found.extend(of_file(file, OriginKind::GoEnvFile));
        found.extend(unread_lines(file));
    }
    found.extend(host.files.goroot.iter().flat_map(|file| of_file(file, OriginKind::GoRootFile)));
    found.iter().for_each(|setting| out(&record(host, setting)));
}

fn of_process(environment: &Environment) -> Vec<Found> {
    let settings = environment.iter().filter(|(name, _)| is_of_interest(name));
    settings.filter_map(|(name, value)| Found::of(name, value, Via::Environment)).collect()
}

fn of_file(file: &Arc<Text>, kind: OriginKind) -> Vec<Found> {
    let settings = layers::lines(file, kind).into_iter().filter(|(name, _)| is_of_interest(name));
    settings.filter_map(|(name, value)| Found::of(&name, &value, Via::UserFile)).collect()
}

fn is_of_interest(name: &str) -> bool {
    variables::lookup(name).is_some() || OF_SYSTEM.contains(&name) || names::nearest(name).is_some()
}

/// Lines that look as if they set a variable of Go, and that Go passes over: `export GOFLAGS=…`, `GOPROXY = off`.
fn unread_lines(file: &Arc<Text>) -> Vec<Found> {
    let lines = (1..=file.line_count()).filter_map(|line| file.line_span(line));
    lines.filter_map(|span| unread_line(file, span)).collect()
}

fn unread_line(file: &Arc<Text>, span: Span) -> Option<Found> {
    let (before, value) = file.slice(span).split_once('=')?;
    let name = before.trim().strip_prefix("export ").unwrap_or(before).trim();
    let variable = variables::lookup(name).filter(|variable| variable.name != before)?;
    let location = Location::new(file, span);
    let origin = Origin::at(OriginKind::GoEnvFile, location.clone());
    let assigned = Assigned { name: variable.name.into(), value: value.trim().into(), origin, location, via: Via::UserFile };
    Some(Found { assigned, is_read: false })
}

impl Found {
    fn of(name: &Arc<str>, value: &Value, via: Via) -> Option<Self> {
        let Choice { datum: Datum::Text(text), origin } = value.single()? else { return None };
        let location = origin.location.clone()?;
        let assigned = Assigned { name: Arc::clone(name), value: Arc::clone(text), origin: Arc::clone(origin), location, via };
        Some(Self { assigned, is_read: true })
    }

    fn layer(&self) -> OriginKind {
        self.assigned.origin.kind
    }

    fn name(&self) -> &str {
        &self.assigned.name
    }
}

fn record(host: &Host<'_>, found: &Found) -> Record {
    let diagnosis = diagnosis_of(host, found);
    let overridden_by = overridden_by(host, found);
    let mut record = found.assigned.record(&diagnosis, None);
    record.set("default", without(host, found).variable(found.name()));
    record.set("go.version", host.version());
    record.set_text("set-by", Some(found.layer().name()));
    record.set_flag("effective", Some(found.is_read && overridden_by.is_none()), "");
    record.set("overridden-by", text(overridden_by));
    record.set("shadows", text(shadows(host, found)));
    record.set_text("os", os_word(host.machine.platform().os));
    record.set_text("place", Some("machine"));
    record
}

fn diagnosis_of(host: &Host<'_>, found: &Found) -> Diagnosis {
    if !found.is_read {
        return Diagnosis::unread_line();
    }
    let go = host.running.version.unwrap_or(VersionRange { low: None, high: None });
    found.assigned.diagnosis(&host.resolver, go)
}

/// What sets the variable above this setting: the environment, unless it is empty there, or another line of the same file.
fn overridden_by(host: &Host<'_>, found: &Found) -> Option<&'static str> {
    let own = |layer: &Layer| {
        layer.get(found.name()).single().and_then(|choice| choice.origin.location.clone()) == Some(found.assigned.location.clone())
    };
    let in_process = || host.raw(found.name()).map(|_| OriginKind::Process.name());
    let user = &host.resolver.user_file;
    match found.layer() {
        OriginKind::Process => None,
        OriginKind::GoEnvFile if !found.is_read => None,
        OriginKind::GoEnvFile => in_process().or_else(|| (!own(user)).then(|| OriginKind::GoEnvFile.name())),
        _ => in_process()
            .or_else(|| sets(user, found.name()).then(|| OriginKind::GoEnvFile.name()))
            .or_else(|| (!own(&host.resolver.goroot_file)).then(|| OriginKind::GoRootFile.name())),
    }
}

fn sets(layer: &Layer, name: &str) -> bool {
    layer.get(name).single().is_some_and(|choice| choice.datum != Datum::Unset)
}

/// The first thing below that sets the same variable, and does not come to count.
fn shadows(host: &Host<'_>, found: &Found) -> Option<&'static str> {
    let (user, goroot) = (&host.resolver.user_file, &host.resolver.goroot_file);
    let below: &[(&Layer, OriginKind)] = match found.layer() {
        OriginKind::Process if !found.assigned.value.is_empty() => &[(user, OriginKind::GoEnvFile), (goroot, OriginKind::GoRootFile)],
        OriginKind::GoEnvFile if found.is_read => &[(goroot, OriginKind::GoRootFile)],
        _ => &[],
    };
    below.iter().find(|(layer, _)| sets(layer, found.name())).map(|(_, kind)| kind.name())
}

/// Go's variables as they would be without a setting.
fn without(host: &Host<'_>, found: &Found) -> Resolver {
    let mut resolver = host.resolver.clone();
    match found.layer() {
        OriginKind::Process => resolver.environment.unset(found.name(), Origin::of(OriginKind::Default)),
        OriginKind::GoEnvFile if found.is_read => resolver.user_file.remove(found.name()),
        OriginKind::GoRootFile => resolver.goroot_file.remove(found.name()),
        _ => {}
    }
    resolver
}
