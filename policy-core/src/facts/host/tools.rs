//! The subjects `tool`: programs that stand where `go install` puts them.

use std::sync::Arc;

use super::{Host, flag, installation, os_word, text, texts, version};
use crate::facts::record::Record;
use crate::facts::schema::Kind;
use crate::facts::subject::Subject;
use crate::facts::value::{Datum, Origin, OriginKind, Value};
use crate::facts::version::{GoVersion, VersionRange};
use crate::syntax::build_info::BuildInfo;
use crate::text::{Location, Span, Text};

/// What the list of tools is called.
pub(crate) const TOOLS: &str = "<tools>";
/// More tools than this are not looked at.
const MOST_TOOLS: usize = 500;

/// A program that Go built.
struct Tool {
    name: String,
    path: String,
    info: BuildInfo,
}

/// Hands every tool to `out`.
pub(super) fn visit(host: &Host<'_>, out: &mut dyn FnMut(&dyn Subject)) {
    let tools = find(host);
    let lines: Vec<String> = tools.iter().map(|tool| format!("{}: {}\n", tool.path, tool.info.release.replace('\n', " "))).collect();
    let text = Text::synthetic(TOOLS, lines.concat());
    let mut start = 0;
    for (tool, line) in tools.iter().zip(&lines) {
        let location = Location::new(&text, Span::new(start, start + line.len() - 1));
        start += line.len();
        out(&record(host, tool, location));
    }
}

fn find(host: &Host<'_>) -> Vec<Tool> {
    let Some(directory) = host.install_directory().as_text().cloned() else { return Vec::new() };
    let names = host.machine.list(&directory).unwrap_or_default();
    let tool = |file: String| {
        let path = host.system.join(&[&directory, &file]);
        let info = installation::build_info(host.machine, &path)?;
        Some(Tool { name: file.strip_suffix(".exe").unwrap_or(&file).to_owned(), path, info })
    };
    names.into_iter().take(MOST_TOOLS).filter_map(tool).collect()
}

fn record(host: &Host<'_>, tool: &Tool, location: Location) -> Record {
    let built_by = GoVersion::parse(&tool.info.release);
    let leads_to = host.look_up(&tool.name);
    let real = |path: &str| host.machine.real_path(path);
    let is_itself = leads_to.as_deref().is_some_and(|found| found == tool.path || real(found) == real(&tool.path));
    let origin = Origin::at(OriginKind::Document, location.clone());
    let mut record = Record::new(Kind::Tool, location, None);
    record.set("built-by", version(built_by));
    record.set("experiments", texts(experiments(&tool.info.release)));
    record.set("go.version", host.version());
    record.set("module", text(tool.info.module.as_deref()));
    record.set("module-version", text(tool.info.version.as_deref()));
    record.set("name", Value::text(tool.name.as_str(), Arc::clone(&origin)));
    record.set("on-path", flag(is_itself));
    record.set("os", text(os_word(host.machine.platform().os)));
    record.set("package", text(tool.info.package.as_deref()));
    record.set("path", Value::text(tool.path.as_str(), origin));
    record.set_number("releases-behind", behind(built_by, host.running.version));
    record.set("runs-here", runs_here(host, &tool.info));
    record.set("shadowed-by", text(leads_to.as_deref().filter(|_| !is_itself)));
    let sets_gobin = host
        .variable("GOBIN")
        .single()
        .is_some_and(|choice| choice.datum.as_text().is_some_and(|path| !path.is_empty()) && choice.origin.kind != OriginKind::Default);
    record.set("variable", text(Some(if sets_gobin { "GOBIN" } else { "GOPATH" })));
    record
}

/// `X:a,b` behind the release: separated by a blank up to Go 1.26, by a hyphen since.
fn experiments(release: &str) -> Vec<&str> {
    let list = release.split_once("X:").map_or("", |(_, list)| list);
    list.split(',').filter(|name| !name.is_empty()).collect()
}

fn behind(built_by: Option<GoVersion>, running: Option<VersionRange>) -> Option<i64> {
    let (built_by, running) = (built_by?, running?.only_minor()?);
    Some(i64::from(running) - i64::from(built_by.minor))
}

/// Programs built before Go 1.18 do not say what for.
fn runs_here(host: &Host<'_>, info: &BuildInfo) -> Value {
    match (info.setting("GOOS"), info.setting("GOARCH"), &host.resolver.os, &host.resolver.arch) {
        (Some(os), Some(arch), Some(host_os), Some(host_arch)) => flag(os == &**host_os && arch == &**host_arch),
        _ => Value::known(Datum::Unset, Origin::of(OriginKind::Computed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn experiments_stand_behind_the_release() {
        assert_eq!(experiments("go1.22.10 X:fieldtrack,rangefunc"), ["fieldtrack", "rangefunc"]);
        assert_eq!(experiments("go1.27.3-X:fieldtrack"), ["fieldtrack"]);
        assert!(experiments("go1.27.3").is_empty());
    }

    #[test]
    fn minor_releases_are_counted() {
        let range = |text: &str| GoVersion::parse(text).map(VersionRange::exact);
        assert_eq!(behind(GoVersion::parse("1.21.5"), range("1.25.0")), Some(4));
        assert_eq!(behind(GoVersion::parse("1.27.0"), range("1.25.0")), Some(-2));
        assert_eq!(behind(None, range("1.25.0")), None);
    }
}
