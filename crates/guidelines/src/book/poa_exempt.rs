//! The codes exempt from present-on-admission reporting, as CMS publishes them for a fiscal year.

use std::collections::BTreeSet;

use codeset::{Code, Pack, PackError, TableError};

/// The section of a pack that holds the list, where a hospital has imported it: the text as CMS publishes it.
const SECTION: &str = "guidelines/poa-exempt.txt";

/// Codes exempt from present-on-admission reporting (Official Guidelines, appendix I).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoaExempt {
    codes: BTreeSet<Code>,
}

impl PoaExempt {
    /// Reads the text file of CMS: order number, code and description, separated by tabs, under a heading.
    pub fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let wrong = |line: usize, what: String| TableError { file: file.to_owned(), line, what };
        let mut codes = BTreeSet::new();
        for (at, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            let code = line.split('\t').nth(1).ok_or_else(|| {
                wrong(at + 1, "not order number, code and description, separated by tabs".to_owned())
            })?;
            codes.insert(Code::parse(code).map_err(|error| wrong(at + 1, error.to_string()))?);
        }
        if codes.is_empty() {
            return Err(wrong(
                1,
                "no codes; expected the list of exempt codes that CMS publishes".to_owned(),
            ));
        }
        Ok(Self { codes })
    }

    /// The list in `pack`, if it has one.
    pub(super) fn of_pack(pack: &Pack) -> Result<Option<Self>, super::OpenError> {
        match pack.text(SECTION) {
            Ok(text) => Ok(Some(Self::read(SECTION, &text)?)),
            Err(PackError::Missing(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether `code` is exempt.
    pub fn holds(&self, code: Code) -> bool {
        self.codes.contains(&code)
    }

    /// How many codes are exempt.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether no code is exempt.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_cms_is_read_and_another_file_is_refused() {
        let text = "Order26\tPOAexemptCode\tDescription\n01238\tB90.0\tSequelae of tuberculosis\n";
        let list = PoaExempt::read("poa.txt", text).unwrap();
        assert!(list.holds(Code::parse("B900").unwrap()) && list.len() == 1);
        let error = PoaExempt::read("poa.txt", "a\nb\n").unwrap_err().to_string();
        assert!(error.starts_with("poa.txt, line 2: not order number"), "{error}");
        assert!(PoaExempt::read("poa.txt", "").is_err());
    }
}
