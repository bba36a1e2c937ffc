//! Kleene's three-valued logic, with a note of what an unclear answer depends on.

use crate::facts::value::Reason;

/// Whether something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    True,
    False,
    Unclear(Unclear),
}

/// What an unclear answer depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unclear {
    /// Something that is not known.
    pub(crate) reason: Option<Reason>,
    /// Slots of the fields that have several values, of which some make it true and others false.
    pub(crate) mixed: Vec<usize>,
}

impl Truth {
    pub(crate) fn unknown(reason: impl Into<std::sync::Arc<str>>) -> Self {
        Self::because(Reason::new(reason))
    }

    pub(crate) fn because(reason: Reason) -> Self {
        Self::Unclear(Unclear { reason: Some(reason), mixed: Vec::new() })
    }

    pub(crate) fn mixed(slot: usize) -> Self {
        Self::Unclear(Unclear { reason: None, mixed: vec![slot] })
    }

    /// True if all are; stops at the first that is false.
    pub(crate) fn all(truths: impl IntoIterator<Item = Truth>) -> Self {
        Self::fold(truths, &Self::False, Self::True)
    }

    /// True if one is; stops there.
    pub(crate) fn any(truths: impl IntoIterator<Item = Truth>) -> Self {
        Self::fold(truths, &Self::True, Self::False)
    }

    /// The decisive truth if one is; otherwise what is unclear; otherwise the neutral truth.
    fn fold(truths: impl IntoIterator<Item = Truth>, decisive: &Self, neutral: Self) -> Self {
        let mut united = neutral;
        for truth in truths {
            if truth == *decisive {
                return truth;
            }
            united = united.clearest(truth);
        }
        united
    }

    fn clearest(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unclear(one), Self::Unclear(other)) => Self::Unclear(one.union(other)),
            (Self::Unclear(unclear), _) | (_, Self::Unclear(unclear)) => Self::Unclear(unclear),
            (neutral, _) => neutral,
        }
    }

    #[must_use]
    pub(crate) fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unclear => unclear,
        }
    }

    /// Negated if `yes` is false: for matchers that take `true` or `false`.
    #[must_use]
    pub(crate) fn agrees_with(self, yes: bool) -> Self {
        if yes { self } else { self.negate() }
    }

    /// What holds whichever of several possibilities is the case; `disagreement` if they differ.
    pub(crate) fn agreed(truths: impl IntoIterator<Item = Truth>, disagreement: impl FnOnce() -> Truth) -> Self {
        let mut truths = truths.into_iter();
        let Some(first) = truths.next() else { return Self::unknown("nothing is known") };
        let mut others = Vec::new();
        for truth in truths {
            if truth != first {
                others.push(truth);
            }
        }
        if others.is_empty() { first } else { others.into_iter().fold(disagreement().clearest(first), Self::clearest) }
    }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::True } else { Self::False }
    }
}

impl Unclear {
    fn union(mut self, other: Self) -> Self {
        self.reason = self.reason.or(other.reason);
        for slot in other.mixed {
            if !self.mixed.contains(&slot) {
                self.mixed.push(slot);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unclear() -> Truth {
        Truth::unknown("u")
    }

    #[test]
    fn the_tables_are_kleenes() {
        let values = [Truth::True, Truth::False, unclear()];
        let rank = |truth: &Truth| match truth {
            Truth::False => 0,
            Truth::Unclear(_) => 1,
            Truth::True => 2,
        };
        for one in &values {
            assert_eq!(rank(&one.clone().negate()), 2 - rank(one));
            for other in &values {
                let pair = [one.clone(), other.clone()];
                assert_eq!(rank(&Truth::all(pair.clone())), rank(one).min(rank(other)), "{one:?} and {other:?}");
                assert_eq!(rank(&Truth::any(pair)), rank(one).max(rank(other)), "{one:?} or {other:?}");
            }
        }
        assert_eq!(Truth::all([]), Truth::True);
        assert_eq!(Truth::any([]), Truth::False);
    }

    #[test]
    fn what_is_unclear_is_united_once() {
        let truth = Truth::all([Truth::mixed(3), unclear(), Truth::mixed(3), Truth::mixed(4)]);
        assert_eq!(truth, Truth::Unclear(Unclear { reason: Some(Reason::new("u")), mixed: vec![3, 4] }));
    }

    #[test]
    fn possibilities_must_agree() {
        let mixed = || Truth::mixed(1);
        assert_eq!(Truth::agreed([Truth::True, Truth::True], mixed), Truth::True);
        assert_eq!(Truth::agreed([Truth::True, Truth::False], mixed), Truth::mixed(1));
        assert_eq!(Truth::agreed([unclear()], mixed), unclear());
        let both = Truth::Unclear(Unclear { reason: Some(Reason::new("u")), mixed: vec![1] });
        assert_eq!(Truth::agreed([Truth::False, unclear()], mixed), both);
    }
}
