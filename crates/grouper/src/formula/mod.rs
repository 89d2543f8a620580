//! The conditions of the MS-DRG logic: `(othtrach | NORtemptrach) & ~PDX:mouthlip`.
//!
//! A name is an attribute of a code on the claim (`heartxp`), bare for any code, after `PDX:`, `SDX:` or `ANY:` for a
//! diagnosis in that place, or a condition computed from the claim (`DIED`, `MULTST`, `MCC`).

mod parse;
mod program;

use std::fmt;

pub use parse::FormulaError;
pub(crate) use program::{Program, Programs};

/// A condition over names of type `A`: text as written, or atom numbers once opened for a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula<A = String> {
    /// True if the name is among the case's atoms.
    Atom(A),
    /// `~`
    Not(Box<Self>),
    /// `&`, at least two parts.
    And(Vec<Self>),
    /// `|`, at least two parts.
    Or(Vec<Self>),
}

impl Formula {
    /// Reads a formula as the tables write it.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        parse::parse(text)
    }
}

impl<A> Formula<A> {
    /// The same formula over other names.
    pub fn map<B>(&self, name: &mut impl FnMut(&A) -> B) -> Formula<B> {
        match self {
            Self::Atom(atom) => Formula::Atom(name(atom)),
            Self::Not(part) => Formula::Not(Box::new(part.map(name))),
            Self::And(parts) => Formula::And(parts.iter().map(|p| p.map(name)).collect()),
            Self::Or(parts) => Formula::Or(parts.iter().map(|p| p.map(name)).collect()),
        }
    }

    /// Calls `visit` with every name, from left to right, repeated ones too.
    pub fn for_each_atom<'f>(&'f self, visit: &mut impl FnMut(&'f A)) {
        match self {
            Self::Atom(atom) => visit(atom),
            Self::Not(part) => part.for_each_atom(visit),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|p| p.for_each_atom(visit)),
        }
    }

    /// Whether the formula is true when `present` says which names are.
    pub fn is_true(&self, present: &impl Fn(&A) -> bool) -> bool {
        match self {
            Self::Atom(atom) => present(atom),
            Self::Not(part) => !part.is_true(present),
            Self::And(parts) => parts.iter().all(|p| p.is_true(present)),
            Self::Or(parts) => parts.iter().any(|p| p.is_true(present)),
        }
    }
}

impl<A: Clone> Formula<A> {
    /// What a false formula lacks: its parts that are false, those that are true left out. `None` if it is true.
    pub fn unmet(&self, present: &impl Fn(&A) -> bool) -> Option<Self> {
        if self.is_true(present) {
            return None;
        }
        Some(match self {
            Self::Atom(_) | Self::Not(_) => self.clone(),
            Self::And(parts) => Self::joined(parts, present, Self::And),
            Self::Or(parts) => Self::joined(parts, present, Self::Or),
        })
    }

    fn joined(parts: &[Self], present: &impl Fn(&A) -> bool, join: fn(Vec<Self>) -> Self) -> Self {
        let mut lacking: Vec<_> = parts.iter().filter_map(|p| p.unmet(present)).collect();
        if lacking.len() == 1 { lacking.remove(0) } else { join(lacking) }
    }
}

impl<A: fmt::Display> fmt::Display for Formula<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, sign, inner) = match self {
            Self::Atom(atom) => return write!(f, "{atom}"),
            Self::Not(part) => return write_part(f, part, "~", "", 2),
            Self::And(parts) => (parts, " & ", 1),
            Self::Or(parts) => (parts, " | ", 0),
        };
        for (at, part) in parts.iter().enumerate() {
            write_part(f, part, if at == 0 { "" } else { sign }, "", inner)?;
        }
        Ok(())
    }
}

/// Writes `part` after `before`, in parentheses where it binds no tighter than `level`
/// (an `|` inside `&`, anything but a name inside `~`, and a nested list of the same kind).
fn write_part<A: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    part: &Formula<A>,
    before: &str,
    after: &str,
    level: u8,
) -> fmt::Result {
    let binding = match part {
        Formula::Atom(_) => 4,
        Formula::Not(_) => 3,
        Formula::And(_) => 1,
        Formula::Or(_) => 0,
    };
    if binding <= level { write!(f, "{before}({part}){after}") } else { write!(f, "{before}{part}{after}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn formula() -> impl Strategy<Value = Formula> {
        let atom = "(PDX:|SDX:|ANY:)?[a-z][a-zA-Z0-9_]{0,5}".prop_map(Formula::Atom);
        atom.prop_recursive(5, 40, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|f| Formula::Not(Box::new(f))),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Formula::And),
                prop::collection::vec(inner, 2..4).prop_map(Formula::Or),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_formula_parses_as_it_prints(formula in formula()) {
            prop_assert_eq!(Formula::parse(&formula.to_string()), Ok(formula));
        }

        #[test]
        fn a_formula_is_unmet_or_true(formula in formula(), salt in 0u64..1000) {
            let present = |a: &String| (a.bytes().map(u64::from).sum::<u64>() ^ salt).is_multiple_of(3);
            prop_assert_eq!(formula.unmet(&present).is_none(), formula.is_true(&present));
        }
    }

    #[test]
    fn what_is_lacking_leaves_out_what_is_there() {
        let formula = Formula::parse("(a | b) & c & ~d").unwrap();
        let lacking = formula.unmet(&|a: &String| a == "c" || a == "d").unwrap();
        assert_eq!(lacking.to_string(), "(a | b) & ~d");
    }
}
