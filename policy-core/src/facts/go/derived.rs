//! What follows from several of Go's variables together.

use std::sync::Arc;

use super::quoted;
use super::resolver::Resolver;
use crate::facts::value::{Datum, OriginKind, Reason, Value};

/// GOFLAGS, then the flags of a command line: of equal flags the last counts.
pub(crate) fn effective_flags(resolver: &Resolver, command_line: &[Value]) -> Value {
    resolver.variable("GOFLAGS").and_then(|choice| {
        let entries = quoted::split(choice.datum.as_text().unwrap_or_default()).unwrap_or_default();
        let from_variable = entries.into_iter().map(|entry| Value::text(single_dash(entry), Arc::clone(&choice.origin)));
        Value::list(from_variable.chain(command_line.iter().cloned()).collect(), Arc::clone(&choice.origin))
    })
}

/// `--name` is `-name`.
fn single_dash(flag: &str) -> String {
    flag.strip_prefix("--").map_or_else(|| flag.to_owned(), |name| format!("-{name}"))
}

/// The build tags that effective flags give.
pub(crate) fn tags(effective_flags: &Value) -> Value {
    effective_flags.and_then(|choice| {
        let Datum::List(flags) = &choice.datum else { return Value::nowhere() };
        let last = flags.iter().rev().find(|flag| flag.as_text().is_some_and(|text| text.starts_with("-tags=")));
        let tags = last.and_then(|flag| Some((flag.as_text()?.strip_prefix("-tags=")?.to_owned(), flag.single()?.origin.clone())));
        let Some((tags, origin)) = tags else { return Value::list(Vec::new(), Arc::clone(&choice.origin)) };
        let items = tags.split([',', ' ']).filter(|tag| !tag.is_empty()).map(|tag| Value::text(tag, Arc::clone(&origin)));
        Value::list(items.collect(), Arc::clone(&origin))
    })
}

/// Whether something sets CC.
pub(crate) fn compiler_set(resolver: &Resolver) -> Value {
    let perhaps = resolver.environment.get("CC").reason().is_some();
    resolver.variable("CC").and_then(|choice| {
        let default = choice.origin.kind == OriginKind::Default;
        let set = Value::known(Datum::Flag(!default), Arc::clone(&choice.origin));
        if default && perhaps { Value::unknown(Reason::new("CC")) } else { set }
    })
}

/// Whether code is built for another platform than that of the machine.
pub(crate) fn cross_compiles(resolver: &Resolver, os: &str, arch: &str) -> Value {
    let flag = |yes, origin: &Arc<_>| Value::known(Datum::Flag(yes), Arc::clone(origin));
    resolver.variable("GOOS").and_then(|goos| {
        if goos.datum.as_text() != Some(os) {
            return flag(true, &goos.origin);
        }
        resolver.variable("GOARCH").and_then(|goarch| flag(goarch.datum.as_text() != Some(arch), &goarch.origin))
    })
}
