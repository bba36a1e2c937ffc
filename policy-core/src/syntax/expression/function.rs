/// A function that an expression can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub(crate) enum Function {
    /// `case(predicate, value, …, default)`
    Case,
    /// `contains(search, item)`
    Contains,
    /// `endsWith(text, end)`
    EndsWith,
    /// `format(text, …)`
    Format,
    /// `fromJSON(text)`
    FromJson,
    /// `join(array, separator)`
    Join,
    /// `startsWith(text, start)`
    StartsWith,
    /// `toJSON(value)`
    ToJson,
    /// `hashFiles(pattern, …)`, only in steps.
    HashFiles,
    /// `always()`, only in conditions.
    Always,
    /// `cancelled()`, only in conditions.
    Cancelled,
    /// `failure()`, only in conditions.
    Failure,
    /// `success()`, only in conditions.
    Success,
}

/// Function, name, fewest and most arguments. The first eight are `ExpressionConstants`, the rest `workflow-v1.0.json`. There the status
/// functions take job names in a job's `if` and nothing in a step's; both are accepted here.
const TABLE: [(Function, &str, usize, usize); 13] = [
    (Function::Case, "case", 3, 255),
    (Function::Contains, "contains", 2, 2),
    (Function::EndsWith, "endsWith", 2, 2),
    (Function::Format, "format", 1, 255),
    (Function::FromJson, "fromJSON", 1, 1),
    (Function::Join, "join", 1, 2),
    (Function::StartsWith, "startsWith", 2, 2),
    (Function::ToJson, "toJSON", 1, 1),
    (Function::HashFiles, "hashFiles", 1, 255),
    (Function::Always, "always", 0, 0),
    (Function::Cancelled, "cancelled", 0, 0),
    (Function::Failure, "failure", 0, usize::MAX),
    (Function::Success, "success", 0, usize::MAX),
];

impl Function {
    /// The functions that exist only in some places: `hashFiles` and the status functions.
    pub(crate) const LOCAL: [Self; 5] = [Self::HashFiles, Self::Always, Self::Cancelled, Self::Failure, Self::Success];

    /// The function of a name, in any case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1.eq_ignore_ascii_case(name)).map(|row| row.0)
    }

    /// The name as GitHub's documentation writes it.
    pub(crate) fn name(self) -> &'static str {
        self.row().map_or("", |row| row.1)
    }

    /// Whether it tells how the job went so far. A condition without such a call means `success() && (…)`.
    pub(crate) fn is_status(self) -> bool {
        matches!(self, Self::Always | Self::Cancelled | Self::Failure | Self::Success)
    }

    pub(super) fn fewest_arguments(self) -> usize {
        self.row().map_or(0, |row| row.2)
    }

    pub(super) fn most_arguments(self) -> usize {
        self.row().map_or(usize::MAX, |row| row.3)
    }

    fn row(self) -> Option<&'static (Self, &'static str, usize, usize)> {
        TABLE.iter().find(|row| row.0 == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_found_by_its_name_in_any_case() {
        for (function, name, ..) in TABLE {
            assert_eq!(Function::named(&name.to_uppercase()), Some(function));
            assert_eq!(function.name(), name);
        }
        assert_eq!(Function::named("hash"), None);
    }
}
