//! Why a file of claims cannot be written.

use rust_decimal::Decimal;

/// Why no file is written: what is wrong, and of which claim. Nothing is written when one claim is faulty, so that a
/// claim is never left out unseen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{whose}: {fault}")]
pub struct WriteError {
    /// The claim, by its patient control number, or the file.
    pub whose: Whose,
    /// What is wrong.
    pub fault: WriteFault,
}

/// What a fault belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// The file: its sender, its receiver, its numbers.
    File,
    /// The claim with this patient control number.
    Claim(String),
}

impl std::fmt::Display for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::Claim(number) if number.is_empty() => f.write_str("a claim without patient control number"),
            Self::Claim(number) => write!(f, "claim {number}"),
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteFault {
    /// Something every claim has is not there.
    #[error("{0} is missing; give it")]
    Missing(&'static str),
    /// A character that the file cannot hold.
    #[error(
        "{what} has the character {character:?}, which a claim file cannot hold; write plain letters, digits and \
         signs other than * : ~ ^"
    )]
    Character {
        /// The value.
        what: &'static str,
        /// The character.
        character: char,
    },
    /// A value that is longer than its place.
    #[error("{what} has {length} characters; a claim holds {max}; shorten it")]
    TooLong {
        /// The value.
        what: &'static str,
        /// Its length.
        length: usize,
        /// The most that is allowed.
        max: usize,
    },
    /// More of a kind than a claim holds.
    #[error("there are {count} {what}; a claim holds {max}; keep the most important, or split the bill")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// The most that is allowed.
        max: usize,
    },
    /// A value of the wrong form.
    #[error("{what} is '{given}'; expected {expected}")]
    Form {
        /// The value.
        what: &'static str,
        /// As given, shortened.
        given: String,
        /// What it may be.
        expected: &'static str,
    },
    /// The lines do not make the total.
    #[error("the total charge is {total}, but the lines make {lines}; correct the lines or the total")]
    Total {
        /// The total as given.
        total: Decimal,
        /// The sum of the lines.
        lines: Decimal,
    },
}
