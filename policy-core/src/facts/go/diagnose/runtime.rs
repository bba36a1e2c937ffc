//! Variables that every program written in Go reads when it starts, the go command included.

use super::{By, Diagnosis, Setting};

pub(super) fn diagnose(setting: &Setting<'_>) -> Diagnosis {
    let value = setting.value;
    match setting.name {
        "GOMEMLIMIT" if value != "off" && !is_byte_count(value) => {
            Diagnosis::rejected("bad-value", By::Every, "fatal error: malformed GOMEMLIMIT; see `go doc runtime/debug.SetMemoryLimit`")
        }
        "GOGC" if value != "off" && value.parse::<i32>().is_err() => {
            Diagnosis::ignored("bad-value", "it is neither a number nor off, so the default of 100 holds")
        }
        "GOMAXPROCS" if value.parse::<i32>().is_ok_and(|threads| threads > 0) => Diagnosis::used(),
        "GOMAXPROCS" => Diagnosis::ignored("bad-value", "it is not a positive number, so the default holds"),
        _ => Diagnosis::used(),
    }
}

/// `parseByteCount` in `runtime/string.go`: a number, with `B`, `KiB`, `MiB`, `GiB` or `TiB` behind if wanted.
fn is_byte_count(text: &str) -> bool {
    let bare = ["KiB", "MiB", "GiB", "TiB", "B"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) && bare.parse::<i64>().is_ok()
}
