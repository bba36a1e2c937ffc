//! This machine beside go commands of a workflow.

use std::io::{self, Write};

use policy_core::comparison::Difference;
use policy_core::trace::{TraceCommand, TracePlace, TraceValue};
use serde::Serialize;

use super::View;
use super::escape::visible;
use super::trace::{Row, command_line, heading};

/// What differs between this machine and a go command.
#[derive(Serialize)]
pub(crate) struct Comparison<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    line: u32,
    argv: Option<&'a [Option<String>]>,
    differences: Vec<Difference>,
    #[serde(skip)]
    command: &'a TraceCommand,
    #[serde(skip)]
    traced: &'a TracePlace,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    job: &'a str,
    step: u32,
    matrix: std::collections::BTreeMap<&'a str, &'a str>,
}

/// The document `gopolicy-diff/1`.
#[derive(Serialize)]
pub(crate) struct Comparisons<'a> {
    schema: &'static str,
    commands: &'a [Comparison<'a>],
}

impl<'a> Comparisons<'a> {
    pub(crate) fn new(commands: &'a [Comparison<'a>]) -> Self {
        Self { schema: "gopolicy-diff/1", commands }
    }
}

impl<'a> Comparison<'a> {
    /// Of a command at its place.
    pub(crate) fn of(traced: &'a TracePlace, command: &'a TraceCommand, differences: Vec<Difference>) -> Self {
        let matrix = traced.matrix.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let place = Place { path: &traced.path, job: &traced.job, step: traced.step.index, matrix };
        Self { place, line: command.line, argv: command.argv.as_deref(), differences, command, traced }
    }
}

/// Writes the commands one after another, each with what differs.
pub(crate) fn comparisons(all: &[Comparison<'_>], view: View, out: &mut dyn Write) -> io::Result<()> {
    for (index, group) in all.chunk_by(|one, other| std::ptr::eq(one.traced, other.traced)).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let Some(first) = group.first() else { continue };
        writeln!(out, "{}", heading(first.traced, &[first.traced], view))?;
        group.iter().try_for_each(|comparison| write_one(comparison, out))?;
    }
    Ok(())
}

fn write_one(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {}", command_line(comparison.command))?;
    let (unknown, known): (Vec<&Difference>, Vec<&Difference>) =
        comparison.differences.iter().partition(|difference| matches!(difference.there, TraceValue::Unknown { .. }));
    if known.is_empty() {
        writeln!(out, "    nothing that is known differs")?;
    }
    for difference in known {
        let (here, there) = (row(difference, &difference.here), row(difference, &difference.there));
        writeln!(out, "    {}\n      here   {}\n      there  {}", visible(&difference.name), side(&here), side(&there))?;
    }
    if !unknown.is_empty() {
        let names: Vec<String> = unknown.iter().map(|difference| visible(&difference.name)).collect();
        writeln!(out, "    not known there: {}", names.join(", "))?;
    }
    Ok(())
}

fn row(difference: &Difference, value: &TraceValue) -> Row {
    Row::new(&difference.name, value, "")
}

fn side(row: &Row) -> String {
    format!("{}   ({})", row.value, row.origin)
}
