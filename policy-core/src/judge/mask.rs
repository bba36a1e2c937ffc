//! Credentials never reach output.

/// The text with user names and passwords in URLs replaced by `***`: `https://***@host/path`.
///
/// Rather too much is masked than too little: what stands between `://` and an `@` before the next slash or white space.
/// If that does not look like host and port, a slash may be part of a badly quoted password, and the next `@` counts.
pub fn mask(text: &str) -> String {
    masked_by(text, |_| "***".to_owned())
}

/// The same, with every byte of the credentials replaced by `*`: what follows them stays where it was. For source lines, in which
/// places are marked by offset.
pub fn mask_in_place(text: &str) -> String {
    masked_by(text, |length| "*".repeat(length))
}

fn masked_by(text: &str, stand_in: impl Fn(usize) -> String) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        masked.push_str(before);
        masked.push_str("://");
        rest = match credentials(after) {
            Some(length) => {
                masked.push_str(&stand_in(length));
                after.get(length..).unwrap_or_default()
            }
            None => after,
        };
    }
    masked.push_str(rest);
    masked
}

/// How many bytes stand before the `@` that ends the credentials.
fn credentials(after: &str) -> Option<usize> {
    let word = after.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).next()?;
    let authority = word.split(['/', '?', '#']).next()?;
    authority.rfind('@').or_else(|| if is_host(authority) { None } else { word.find('@') })
}

/// Whether it ends like `host` or `host:443`, so that nothing of it is a password.
fn is_host(authority: &str) -> bool {
    match authority.split_once(':') {
        Some((_, port)) => port.is_empty() || port.starts_with(|c: char| c.is_ascii_digit() || c == ']' || c == ':'),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::mask;
    use proptest::prelude::*;

    #[test]
    fn credentials_are_masked_and_nothing_else() {
        for (text, expected) in [
            ("https://user:pass@host/x", "https://***@host/x"),
            ("https://token@host", "https://***@host"),
            ("https://proxy.golang.org,direct", "https://proxy.golang.org,direct"),
            ("https://a.example,https://u:p@b.example|off", "https://a.example,https://***@b.example|off"),
            ("https://u:p@a@host", "https://***@host"),
            ("https://u:se/cret@host", "https://***@host"),
            ("https://host:443/a@v1", "https://host:443/a@v1"),
            ("https://host/x@v1.2.3", "https://host/x@v1.2.3"),
            ("user@host", "user@host"),
            ("", ""),
        ] {
            assert_eq!(mask(text), expected);
        }
    }

    proptest! {
        #[test]
        fn masking_in_place_keeps_every_offset(text in "\\PC{0,40}", url in "https://[a-z]{1,5}:[A-Z]{4}@host") {
            let line = format!("{text} {url} x");
            let masked = super::mask_in_place(&line);
            prop_assert_eq!(masked.len(), line.len());
            prop_assert!(masked.ends_with("@host x"));
        }

        #[test]
        fn a_password_never_survives(user in "[a-z]{0,8}", password in "[A-Z!%]{4,12}", around in "[a-z ,|]{0,8}") {
            let text = format!("{around}https://{user}:{password}@host/{around}");
            prop_assert!(!mask(&text).contains(&password));
        }
    }
}
