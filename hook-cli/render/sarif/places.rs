//! Where a finding stands, in the terms of SARIF.

use std::fmt::Write;

use policy_core::judge::Finding;
use policy_core::text::{LineColumn, Location};
use serde_json::{Value, json};

use super::message;
use crate::render::escape::sentence;
use crate::render::last_line_and_column;

/// The one location of a finding.
pub(super) fn primary(finding: &Finding) -> Value {
    let mut location = location(&finding.location);
    if let (Some(location), false) = (location.as_object_mut(), finding.route.is_empty()) {
        location.insert("logicalLocations".into(), json!([{ "fullyQualifiedName": finding.route }]));
    }
    location
}

/// What else is pointed at, numbered from 1.
pub(super) fn related(finding: &Finding) -> Vec<Value> {
    let related = finding.related.iter().zip(1..).map(|(related, id)| {
        let mut location = location(&related.location);
        if let Some(location) = location.as_object_mut() {
            location.insert("id".into(), Value::from(id));
            location.insert("message".into(), message(&sentence(&related.message)));
        }
        location
    });
    related.collect()
}

/// What is not on disk has a name, and no region that a viewer could open.
fn location(location: &Location) -> Value {
    if !location.text.on_disk() {
        return json!({ "logicalLocations": [{ "fullyQualifiedName": location.path() }] });
    }
    // A viewer could not show an end beyond the last line.
    let region = region(location.start(), last_line_and_column(location));
    json!({ "physicalLocation": { "artifactLocation": artifact(location.path()), "region": region } })
}

/// The characters under a span, line breaks included.
pub(super) fn exact_region(location: &Location) -> Value {
    region(location.start(), location.end())
}

fn region(start: LineColumn, end: LineColumn) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// A path in the repository is relative to its root; an absolute one stays so.
pub(super) fn artifact(path: &str) -> Value {
    match path.strip_prefix('/') {
        Some(absolute) => json!({ "uri": format!("file:///{}", encoded(absolute)) }),
        None => json!({ "uri": encoded(path), "uriBaseId": "%SRCROOT%" }),
    }
}

/// Everything but what RFC 3986 calls unreserved, and slashes, in percent encoding.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => encoded.push(char::from(byte)),
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::artifact;

    #[test]
    fn paths_become_uris() {
        assert_eq!(artifact(".github/workflows/a b:é.yml")["uri"], ".github/workflows/a%20b%3A%C3%A9.yml");
        assert_eq!(artifact("/x/y%")["uri"], "file:///x/y%25");
    }
}
