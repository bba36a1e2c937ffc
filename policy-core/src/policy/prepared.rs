//! Policies written down for a quick start: an index, read at every start, and behind it each rule with what a judgement must know of
//! it, read when the rule is needed.
//!
//! The format is private, and taken only for the text that it was made from.

use std::fmt::Write;
use std::sync::Arc;

use super::definition::{Definition, Outline};
use super::gate::{Demand, Gate};
use super::literal;
use super::raw::{Parameter, RawBody, RawChange, RawEntry, RawPolicy};
use crate::facts::schema::{self, Field, Kind};
use crate::facts::subject::FieldName;
use crate::facts::value::Datum;
use crate::judge::Severity;
use crate::syntax::yaml::Node;
use crate::syntax::yaml::prepared::{Reader, write_node, write_text};
use crate::text::{Span, Text};

/// Writes a policy down. `written` is each rule that it defines, by [`write_rule`].
pub(super) fn write(text: &Text, policy: &RawPolicy, written: &dyn Fn(&str) -> String) -> String {
    let (mut index, mut rules) = (String::new(), String::new());
    write_text(&policy.name, &mut index);
    write_text(policy.description.as_deref().unwrap_or_default(), &mut index);
    let _ = writeln!(index, "{}", policy.extends.len());
    for (name, span) in &policy.extends {
        let _ = write!(index, "{} {} ", span.start, span.end);
        write_text(name, &mut index);
    }
    let _ = writeln!(index, "{}", policy.rules.len());
    for entry in &policy.rules {
        let rule = if let RawBody::Define(_) = entry.body { written(&entry.id) } else { String::new() };
        write_entry(entry, rule.len(), &mut index);
        rules.push_str(&rule);
    }
    format!("{:x}\n{} {index}{rules}", checksum(text.content()), index.len())
}

/// `length` is that of the rule that the entry defines.
fn write_entry(entry: &RawEntry, length: usize, index: &mut String) {
    let _ = write!(index, "{} {} {} ", entry.id, entry.key.start, entry.key.end);
    match &entry.body {
        RawBody::Off => index.push_str("off\n"),
        RawBody::Change(change) => write_change(change, index),
        RawBody::Define(definition) => {
            let (severity, kind) = (definition.severity.map_or("", Severity::name), definition.kind.map_or("", Kind::name));
            let _ = writeln!(index, "{severity} {kind} {length}");
        }
    }
}

fn write_change(change: &RawChange, index: &mut String) {
    let (severity, span) = change.severity.map_or(("-", Default::default()), |(severity, span)| (severity.name(), span));
    let _ = writeln!(index, "change {severity} {} {} {}", span.start, span.end, change.parameters.len());
    for parameter in &change.parameters {
        write_node(&parameter.key, index);
        write_node(&parameter.value, index);
    }
}

/// Writes a rule down, and what must be known of it before it is read.
pub(super) fn write_rule(outline: &Outline, rule: &Node) -> String {
    let mut head = format!("{}\n", outline.fields.len());
    outline.fields.iter().for_each(|field| write_text(&field.to_string(), &mut head));
    let _ = writeln!(head, "{}", outline.gates.len());
    outline.gates.iter().for_each(|gate| write_gate(gate, &mut head));
    let mut written = String::new();
    write_text(&head, &mut written);
    write_node(rule, &mut written);
    written
}

/// A demand for items is written as a list of nothing.
fn write_gate(gate: &Gate, out: &mut String) {
    let wanted = if let Demand::OneOf(wanted) = &gate.demand { wanted.as_slice() } else { &[] };
    let _ = writeln!(out, "{} {}", gate.slot, wanted.len());
    for datum in wanted {
        let text = if let Datum::Flag(yes) = datum { yes.to_string() } else { datum.as_text().unwrap_or_default().to_owned() };
        write_text(&text, out);
    }
}

/// Reads a policy; `None` if it was not made from this text.
pub(super) fn read(text: &Text, written: &'static str) -> Option<RawPolicy> {
    let (sum, rest) = written.split_once('\n')?;
    (u64::from_str_radix(sum, 16).ok()? == checksum(text.content())).then_some(())?;
    let mut reader = Reader::new(rest);
    let length = reader.number()? as usize;
    let (index, mut rules) = reader.rest().split_at_checked(length)?;
    let mut reader = Reader::new(index);
    Some(RawPolicy {
        name: reader.text()?.into(),
        description: Some(reader.text()?).filter(|text| !text.is_empty()).map(str::to_owned),
        extends: reader.several(read_reference)?,
        rules: reader.several(|reader| read_entry(reader, &mut rules))?,
    })
}

fn read_reference(reader: &mut Reader<'_>) -> Option<(String, Span)> {
    let span = reader.span()?;
    Some((reader.text()?.to_owned(), span))
}

/// Reads an entry of the index. The rule that it defines comes next among `rules`.
fn read_entry(reader: &mut Reader<'_>, rules: &mut &'static str) -> Option<RawEntry> {
    let id = Arc::from(reader.word()?);
    let key = reader.span()?;
    let body = match reader.word()? {
        "off" => RawBody::Off,
        "change" => RawBody::Change(read_change(reader)?),
        severity => {
            let (severity, kind) = (Severity::parse(severity)?, Kind::parse(reader.word()?)?);
            let (written, rest) = rules.split_at_checked(reader.number()? as usize)?;
            *rules = rest;
            RawBody::Define(Arc::new(Definition::prepared(severity, kind, written)))
        }
    };
    Some(RawEntry { id, key, body })
}

fn read_change(reader: &mut Reader<'_>) -> Option<RawChange> {
    let severity = Severity::parse(reader.word()?);
    let span = reader.span()?;
    let parameters = reader.several(|reader| {
        let (key, value) = (reader.node()?, reader.node()?);
        Some(Parameter { name: key.as_str()?.into(), key, value })
    })?;
    Some(RawChange { severity: severity.map(|severity| (severity, span)), parameters })
}

/// What must be known of a rule that is written down, before it is read.
pub(super) fn read_outline(written: &str, kind: Kind) -> Option<Outline> {
    let mut reader = Reader::new(Reader::new(written).text()?);
    let fields = reader.several(|reader| schema::find(kind.fields(), reader.text()?))?;
    let gates = reader.several(|reader| read_gate(reader, &fields))?;
    Some(Outline { gates, fields: fields.into_iter().map(|(name, _)| name).collect() })
}

fn read_gate(reader: &mut Reader<'_>, fields: &[(FieldName, &'static Field)]) -> Option<Gate> {
    let slot = reader.number()? as usize;
    let shape = fields.get(slot)?.1.shape;
    let wanted = reader.several(|reader| literal::parse(shape, reader.text()?).ok())?;
    Some(Gate { slot, demand: if wanted.is_empty() { Demand::Items } else { Demand::OneOf(wanted) } })
}

/// The tree of a rule that is written down.
pub(super) fn read_rule(written: &str) -> Option<Node> {
    let mut reader = Reader::new(written);
    reader.text()?;
    reader.node()
}

/// Tells whether a text has changed: FNV-1a over words of eight bytes, in four lanes that a processor works on side by side.
fn checksum(text: &str) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(PRIME);
    let (words, last) = text.as_bytes().as_chunks::<8>();
    let (blocks, rest) = words.as_chunks::<4>();
    let (mut one, mut two, mut three, mut four) = (text.len() as u64, 2, 3, 4);
    for [first, second, third, fourth] in blocks {
        one = mix(one, u64::from_le_bytes(*first));
        two = mix(two, u64::from_le_bytes(*second));
        three = mix(three, u64::from_le_bytes(*third));
        four = mix(four, u64::from_le_bytes(*fourth));
    }
    let sum = [two, three, four].into_iter().fold(one, mix);
    let sum = rest.iter().fold(sum, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    last.iter().fold(sum, |sum, byte| mix(sum, u64::from(*byte)))
}
