//! Statements in the language of another shell, which set no variable where they stand.

use crate::syntax::cmd::Line;
use crate::syntax::powershell::ast::Block;
use crate::syntax::shell::ast::List;
use crate::text::Span;

/// `$env:X = y` and `set X=y` in a POSIX shell.
pub(super) fn in_shell(_list: &List, _text: &str) -> Option<Span> {
    None
}

/// `export X=y`, `X=y command` and `set X=y` in PowerShell.
pub(super) fn in_powershell(_block: &Block) -> Option<Span> {
    None
}

/// `export X=y`, `X=y command` and `$env:X = y` in cmd.
pub(super) fn in_cmd(_lines: &[Line]) -> Option<Span> {
    None
}
