//! What the name of a .go file says about where it is built.

use super::platform;
use crate::syntax::build_constraint::Expression;
use crate::text::Span;

/// A file's name, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileName {
    /// The condition that stands in it: `linux && amd64` for `x_linux_amd64_test.go`.
    pub(crate) constraint: Option<Expression>,
    /// Whether it is a test: it ends in `_test.go`.
    pub(crate) test: bool,
    /// What Go would have read if it were in lower case: `windows` in `x_Windows.go`.
    pub(crate) wrong_case: Option<String>,
    /// The GOARCH that is not read because GOOS follows it: `amd64` in `x_amd64_linux.go`.
    pub(crate) ignored_arch: Option<String>,
    /// The system behind `_test`, where that makes no test: `linux` in `x_test_linux.go`.
    pub(crate) behind_test: Option<String>,
}

impl FileName {
    /// Reads a name without its directory (`goodOSArchFile`): what stands before the first `.` and behind the first `_` counts.
    pub(crate) fn read(name: &str) -> Self {
        let test = name.ends_with("_test.go");
        let stem = name.split('.').next().unwrap_or_default();
        let mut parts: Vec<&str> = stem.split('_').skip(1).collect();
        if parts.last() == Some(&"test") {
            parts.pop();
        }
        let last = parts.pop();
        let before = parts.pop();
        let constraint = constraint(before, last);
        Self {
            test,
            wrong_case: last.and_then(platform::in_lower_case).filter(|name| platform::is_os(name) || platform::is_arch(name)),
            ignored_arch: before.filter(|_| last.is_some_and(platform::is_os)).filter(|arch| platform::is_arch(arch)).map(str::to_owned),
            behind_test: constraint.as_ref().filter(|_| before == Some("test") && !test).and(last).map(str::to_owned),
            constraint,
        }
    }

    /// Whether there is anything to say about it.
    pub(crate) fn is_plain(&self) -> bool {
        self.constraint.is_none() && self.wrong_case.is_none()
    }
}

fn constraint(before: Option<&str>, last: Option<&str>) -> Option<Expression> {
    let last = last?;
    let tag = |name: &str| Expression::tag(name, Span::default());
    match before.filter(|before| platform::is_os(before) && platform::is_arch(last)) {
        Some(os) => Some(Expression::all(vec![tag(os), tag(last)])),
        None => (platform::is_os(last) || platform::is_arch(last)).then(|| tag(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_go_reads_them() {
        for (name, expected) in [
            ("x_linux.go", Some("linux")),
            ("x_amd64.go", Some("amd64")),
            ("x_linux_amd64.go", Some("linux && amd64")),
            ("x_linux_amd64_test.go", Some("linux && amd64")),
            ("x_amd64_linux.go", Some("linux")),
            ("x_y_windows.pb.go", Some("windows")),
            ("linux.go", None),
            ("windows_test.go", None),
            ("x_test_linux.go", Some("linux")),
            ("x_windows_y.go", None),
            ("x_unix.go", None),
            ("x_cgo.go", None),
            ("x_Linux.go", None),
            ("a.b_windows.go", None),
            ("_linux.go", Some("linux")),
            ("x_hurd.go", Some("hurd")),
            ("x.go", None),
        ] {
            assert_eq!(FileName::read(name).constraint.map(|constraint| constraint.to_string()).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn what_go_does_not_read_is_told() {
        assert_eq!(FileName::read("x_Windows.go").wrong_case.as_deref(), Some("windows"));
        assert_eq!(FileName::read("x_AMD64_test.go").wrong_case.as_deref(), Some("amd64"));
        assert_eq!(FileName::read("x_Unix.go").wrong_case, None);
        assert_eq!(FileName::read("x_amd64_linux.go").ignored_arch.as_deref(), Some("amd64"));
        assert_eq!(FileName::read("x_linux_amd64.go").ignored_arch, None);
        assert_eq!(FileName::read("x_test_linux.go").behind_test.as_deref(), Some("linux"));
        assert_eq!(FileName::read("x_test_linux_test.go").behind_test, None);
        assert!(FileName::read("x_test.go").test && FileName::read("x_test.go").is_plain());
    }
}
