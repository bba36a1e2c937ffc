//! Lists of arguments in one text, as Go writes them: `cmd/internal/quoted`. Used by GOFLAGS, CC, CGO_CFLAGS and the like.

/// Splits at white space. Quotes count only around a whole entry, and nothing is escaped in them; further inside they are ordinary
/// characters. An unfinished quote is an error: the quote.
pub(crate) fn split(text: &str) -> Result<Vec<&str>, char> {
    let mut entries = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while let Some(first) = rest.chars().next() {
        let (entry, tail) = if matches!(first, '"' | '\'') {
            rest.split_at_checked(1).and_then(|(_, inner)| inner.split_once(first)).ok_or(first)?
        } else {
            rest.split_at_checked(rest.find(is_space).unwrap_or(rest.len())).unwrap_or((rest, ""))
        };
        entries.push(entry);
        rest = tail.trim_start_matches(is_space);
    }
    Ok(entries)
}

/// Joins entries so that [`split`] finds them again; those with blanks or quotes are put in quotes where that is possible.
pub(crate) fn join(entries: &[&str]) -> String {
    let quoted: Option<Vec<String>> = entries.iter().map(|entry| quote(entry)).collect();
    quoted.map_or_else(|| entries.join(" "), |quoted| quoted.join(" "))
}

fn quote(entry: &str) -> Option<String> {
    match (entry.contains('\''), entry.contains('"')) {
        (false, false) if !entry.contains(is_space) => Some(entry.to_owned()),
        (false, _) => Some(format!("'{entry}'")),
        (true, false) => Some(format!("\"{entry}\"")),
        (true, true) => None,
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_count_only_around_whole_entries() {
        assert_eq!(split("  '-ldflags=-s -w'\t-v "), Ok(vec!["-ldflags=-s -w", "-v"]));
        assert_eq!(split("-ldflags='-s -w'"), Ok(vec!["-ldflags='-s", "-w'"]));
        assert_eq!(split("'a'b ''"), Ok(vec!["a", "b", ""]));
        assert_eq!(split("a 'b"), Err('\''));
        assert_eq!(join(&["a b", "it's", "x", "-D\"q\""]), "'a b' \"it's\" x '-D\"q\"'");
    }

    proptest! {
        #[test]
        fn joined_entries_are_found_again(entries in proptest::collection::vec("[a-z= é]{0,4}['x]?[a-z]", 0..5)) {
            let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
            let joined = join(&entries);
            prop_assert_eq!(split(&joined), Ok(entries));
        }

        #[test]
        fn any_text_is_split(text in ".*") {
            let _ = split(&text);
        }
    }
}
