//! A person as another system or a clerk gives them: text, nothing believed yet.

use serde::{Deserialize, Serialize};

/// What was typed or received of one person. A blank field is one that is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Raw {
    /// Family name, hyphens and suffix as written.
    pub surname: String,
    /// First name.
    pub given: String,
    /// Middle name or initial.
    pub middle: String,
    /// Jr, Sr, II, …; it may also stand at the end of a name.
    pub suffix: String,
    /// Maiden and other former family names.
    pub previous_surnames: Vec<String>,
    /// `1956-04-09`, `19560409`, `04/09/1956`; shorter forms where only the month or year is known.
    pub birth_date: String,
    /// Administrative sex, by word or initial.
    pub sex: String,
    /// Place in a multiple birth, counted from 1 (HL7 v2 PID-25).
    pub birth_order: Option<u8>,
    /// Social Security number, all nine digits or the last four.
    pub ssn: String,
    /// Telephone numbers of any kind.
    pub phones: Vec<String>,
    /// House number, where the sender keeps it apart from the street.
    pub house_number: String,
    /// Street line.
    pub street: String,
    /// City or town.
    pub city: String,
    /// State, by name or postal abbreviation.
    pub state: String,
    /// ZIP code, with or without the last four; or a foreign postal code.
    pub zip: String,
    /// Medical record numbers and other numbers that name one person.
    pub record_numbers: Vec<RecordNumber>,
}

/// A number and who gave it: the same digits from two hospitals are two different numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordNumber {
    /// The assigning authority, as the caller names it.
    pub issuer: String,
    /// The number itself.
    pub value: String,
}
