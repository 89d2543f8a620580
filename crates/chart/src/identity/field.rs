//! What is compared of two people, and how alike it can be.

use serde::{Deserialize, Serialize};

/// A row of the explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Family name.
    Surname,
    /// First name.
    Given,
    /// Middle name or initial.
    Middle,
    /// Jr, Sr, II, …
    Generation,
    /// Birth date.
    BirthDate,
    /// Place in a multiple birth.
    BirthOrder,
    /// Administrative sex.
    Sex,
    /// Social Security number.
    Ssn,
    /// Telephone.
    Phone,
    /// Street name.
    Street,
    /// House number.
    HouseNumber,
    /// City.
    City,
    /// State.
    State,
    /// ZIP code.
    Zip,
    /// Medical record number and the like.
    RecordNumber,
    /// Not compared but taken off: what members of one household have in common.
    Household,
}

impl Field {
    /// All of them, in the order of an explanation.
    pub const ALL: [Self; 16] = [
        Self::Surname,
        Self::Given,
        Self::Middle,
        Self::Generation,
        Self::BirthDate,
        Self::BirthOrder,
        Self::Sex,
        Self::Ssn,
        Self::Phone,
        Self::Street,
        Self::HouseNumber,
        Self::City,
        Self::State,
        Self::Zip,
        Self::RecordNumber,
        Self::Household,
    ];

    /// The fields that are compared: all but [`Field::Household`].
    pub fn compared() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|field| *field != Self::Household)
    }

    /// Its name in `data/identity/model.tsv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::Given => "given",
            Self::Middle => "middle",
            Self::Generation => "generation",
            Self::BirthDate => "birth_date",
            Self::BirthOrder => "birth_order",
            Self::Sex => "sex",
            Self::Ssn => "ssn",
            Self::Phone => "phone",
            Self::Street => "street",
            Self::HouseNumber => "house_number",
            Self::City => "city",
            Self::State => "state",
            Self::Zip => "zip",
            Self::RecordNumber => "record_number",
            Self::Household => "household",
        }
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// How alike one field is in two records, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The same.
    Exact,
    /// One given name is a familiar form of the other.
    Nickname,
    /// Given name and surname, or day and month, have changed places.
    Swapped,
    /// The surname of one is a former surname of the other.
    Former,
    /// Two neighbouring digits have changed places.
    Transposed,
    /// One digit differs or is missing.
    OneDigitOff,
    /// What both know agrees, but one knows more: a double name, the last four digits, a month without its day.
    Part,
    /// Spelled almost alike: Jaro–Winkler similarity of 0.92 and more.
    Close,
    /// Spelled somewhat alike: 0.88 and more. Of a date: two of its three parts. Of a ZIP code: the first three digits. Of
    /// a Social Security number: all but the last digit, as those of twins.
    Similar,
    /// One is the initial of the other.
    Initial,
    /// Another field that agrees says it already: no evidence of its own.
    Implied,
    /// Not known in both records: no evidence.
    Missing,
    /// None of these.
    Disagree,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Exact,
        Self::Nickname,
        Self::Swapped,
        Self::Former,
        Self::Transposed,
        Self::OneDigitOff,
        Self::Part,
        Self::Close,
        Self::Similar,
        Self::Initial,
        Self::Implied,
        Self::Missing,
        Self::Disagree,
    ];

    /// Its name in `data/identity/model.tsv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Nickname => "nickname",
            Self::Swapped => "swapped",
            Self::Former => "former",
            Self::Transposed => "transposed",
            Self::OneDigitOff => "one_digit_off",
            Self::Part => "part",
            Self::Close => "close",
            Self::Similar => "similar",
            Self::Initial => "initial",
            Self::Implied => "implied",
            Self::Missing => "missing",
            Self::Disagree => "disagree",
        }
    }

    /// The level of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// Whether it says anything for or against.
    pub fn is_evidence(self) -> bool {
        !matches!(self, Self::Missing | Self::Implied)
    }
}
