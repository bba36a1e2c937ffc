//! Literals of rules, read by the type of the field they are compared with.

use crate::facts::schema::Shape;
use crate::facts::value::Datum;
use crate::facts::version::{GoVersion, VersionRange};

/// The literal as a datum of `shape`, or what should stand there instead.
pub(crate) fn parse(shape: Shape, text: &str) -> Result<Datum, &'static str> {
    match shape {
        Shape::Text | Shape::TextList | Shape::Word(_) => Ok(Datum::Text(text.into())),
        Shape::Flag => text.parse().map(Datum::Flag).map_err(|_| "`true` or `false`"),
        Shape::Number => text.parse().map(Datum::Number).map_err(|_| "a whole number"),
        Shape::Duration => duration(text).map(Datum::Number).ok_or("a duration such as `10m` or `1h30m`"),
        Shape::Size => size(text).map(Datum::Number).ok_or("a size such as `500MB` or `2GiB`"),
        Shape::Version => version(text).ok_or("a Go version such as `1.23` or `1.23.4`"),
        Shape::RecordList(_) => Err("a condition on records"),
    }
}

fn version(text: &str) -> Option<Datum> {
    GoVersion::parse(text).map(|version| Datum::Version(VersionRange::exact(version)))
}

/// Seconds of `1h30m`.
fn duration(text: &str) -> Option<i64> {
    let units = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)];
    let mut rest = text;
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let (number, tail) = leading_number(rest)?;
        let (unit, seconds) = units.iter().find(|(unit, _)| tail.starts_with(unit))?;
        total = total.checked_add(number.checked_mul(*seconds)?)?;
        rest = tail.strip_prefix(unit)?;
    }
    (!text.is_empty()).then_some(total)
}

/// Bytes of `2GiB`.
fn size(text: &str) -> Option<i64> {
    let (number, unit) = leading_number(text)?;
    let unit = match unit.trim_start() {
        "B" => 1,
        "kB" => 1000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        "TiB" => 1 << 40,
        _ => return None,
    };
    number.checked_mul(unit)
}

fn leading_number(text: &str) -> Option<(i64, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, rest))
}

/// Seconds as people write them: `1h30m`.
pub(crate) fn show_duration(seconds: i64) -> String {
    let parts = [("h", seconds / 3600), ("m", seconds / 60 % 60), ("s", seconds % 60)];
    let shown: String = parts.iter().filter(|(_, number)| *number != 0).map(|(unit, number)| format!("{number}{unit}")).collect();
    if shown.is_empty() { "0s".to_owned() } else { shown }
}

/// Bytes in the largest binary unit that keeps the number whole or at least 10.
pub(crate) fn show_size(bytes: i64) -> String {
    let units = [("TiB", 1_i64 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let fits = |unit: i64| bytes >= unit && (bytes % unit == 0 || bytes >= 10 * unit);
    match units.into_iter().find(|(_, unit)| fits(*unit)) {
        Some((name, unit)) => format!("{}{name}", bytes / unit),
        None => format!("{bytes}B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_have_units() {
        for (text, seconds) in [("10m", Some(600)), ("1h30m", Some(5400)), ("2d", Some(172_800)), ("10", None), ("", None), ("m", None)] {
            assert_eq!(duration(text), seconds, "{text}");
        }
        for (text, bytes) in [("2GiB", Some(2 << 30)), ("500 MB", Some(500_000_000)), ("7", None), ("9999999999TiB", None)] {
            assert_eq!(size(text), bytes, "{text}");
        }
        assert_eq!(duration("99999999999999999d"), None);
    }

    #[test]
    fn amounts_are_shown_with_units() {
        assert_eq!(show_duration(5400), "1h30m");
        assert_eq!(show_duration(0), "0s");
        assert_eq!(show_size(2 << 30), "2GiB");
        assert_eq!(show_size(1000), "1000B");
    }
}
