//! What can be wrong with one case of an input, and where.

use std::fmt;

use codeset::CodeError;
use grouper::DeskError;

/// Why a case was not processed. It never stops the cases after it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CaseFault {
    /// A field without which nothing can be decided is absent or blank.
    #[error("{0} is missing; no case can be grouped without it")]
    Missing(FieldName),
    /// A text that cannot be a code.
    #[error("{field}: {why}")]
    Code {
        /// Where it stands.
        field: FieldName,
        /// Why it cannot be a code.
        why: CodeError,
    },
    /// A value that the field cannot hold.
    #[error("{field} is {given}; expected {expected}")]
    Value {
        /// Where it stands.
        field: FieldName,
        /// The value as given, shortened.
        given: String,
        /// What the field can hold.
        expected: &'static str,
    },
    /// A list longer than any claim has.
    #[error("{0} has more than {max} entries; a claim has 25 at most", max = crate::MAX_LIST_LEN)]
    ListTooLong(FieldName),
    /// The line is not one JSON object of the case's shape.
    #[error("not a case in JSON: {0}")]
    Json(String),
    /// The line is longer than any case.
    #[error("the line is longer than {max} bytes", max = crate::MAX_LINE_LEN)]
    LineTooLong,
    /// The text is not UTF-8.
    #[error("the text is not UTF-8 from byte {0} on; save the file as UTF-8")]
    NotUtf8(usize),
    /// A CSV row whose number of fields differs from the header's.
    #[error("the row has {found} fields where the header has {expected}")]
    FieldCount {
        /// Fields in this row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// A claim of another type of bill than inpatient.
    #[error("type of bill '{0}' is no inpatient stay; DRGs are for 11x and 41x")]
    NotInpatient(String),
    /// An 837 claim that cannot become a case.
    #[error(transparent)]
    Claim(#[from] exchange::x12::ClaimFault),
    /// No edition governs the discharge date, or the version asked for is not held.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// The place of a value within a case, printed as in JSON with entries counted from 0: `sdx[3].code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldName {
    name: &'static str,
    entry: Option<usize>,
    part: Option<&'static str>,
}

impl FieldName {
    /// A field of the case itself.
    pub const fn of(name: &'static str) -> Self {
        Self { name, entry: None, part: None }
    }

    /// The entry of a list, counted from 0.
    pub const fn entry(self, entry: usize) -> Self {
        Self { entry: Some(entry), ..self }
    }

    /// A part of a diagnosis: `code` or `poa`.
    pub const fn part(self, part: &'static str) -> Self {
        Self { part: Some(part), ..self }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        if let Some(entry) = self.entry {
            write!(f, "[{entry}]")?;
        }
        match self.part {
            Some(part) => write!(f, ".{part}"),
            None => Ok(()),
        }
    }
}

/// `text` in quotes, cut to a length that fits a message.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", shortened(text))
}

/// `text` cut to a length that fits a message.
pub(crate) fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_printed_as_in_json() {
        let place = FieldName::of("sdx").entry(3).part("code");
        assert_eq!(place.to_string(), "sdx[3].code");
        assert_eq!(FieldName::of("pdx").part("poa").to_string(), "pdx.poa");
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        assert_eq!(quoted("65"), "'65'");
        assert_eq!(quoted(&"é".repeat(50)), format!("'{}…'", "é".repeat(40)));
    }
}
