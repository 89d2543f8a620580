//! The codes exempt from present-on-admission reporting, as CMS publishes them for a fiscal year.

use std::collections::BTreeSet;

use codeset::rows::head;
use codeset::{Code, Pack, PackError, Table, TableError};

/// The columns of the list as a data folder keeps it.
const COLUMNS: [&str; 1] = ["code"];

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

    /// The section of a pack, and the file of a data folder, that hold the list where a hospital has imported it.
    pub const SECTION: &'static str = "guidelines/poa_exempt.tsv";

    /// The list as a data folder keeps it, under the line `source`.
    pub fn export(&self, source: &str) -> String {
        let mut out = head(&[source], &COLUMNS);
        self.codes.iter().for_each(|code| out.push_str(&format!("{code}\n")));
        out
    }

    /// The list in `pack`, if it has one.
    pub fn open(pack: &Pack) -> Result<Option<Self>, super::OpenError> {
        let text = match pack.text(Self::SECTION) {
            Ok(text) => text,
            Err(PackError::Missing(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let table = Table::parse(Self::SECTION, &text)?;
        table.expect_columns(&COLUMNS)?;
        let codes = table.rows().map(|row| row.parse(0)).collect::<Result<_, TableError>>()?;
        Ok(Some(Self { codes }))
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
        let kept = list.export("Source: CMS");
        assert_eq!(kept, "# Source: CMS\ncode\nB900\n");
        let error = PoaExempt::read("poa.txt", "a\nb\n").unwrap_err().to_string();
        assert!(error.starts_with("poa.txt, line 2: not order number"), "{error}");
        assert!(PoaExempt::read("poa.txt", "").is_err());
    }
}
