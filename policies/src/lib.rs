//! The policies built into gopolicy, as texts. One YAML file per theme; the language is described in `policy-core`.

/// A built-in policy: its name, as `extends:` and `--policy` use it, and its YAML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The file's stem, e.g. `supply-chain`.
    pub name: &'static str,
    /// The whole YAML text.
    pub text: &'static str,
}

/// Every built-in policy, in alphabetical order.
pub static BUILT_IN: &[BuiltIn] = &[];
