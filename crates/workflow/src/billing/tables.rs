//! The shipped tables of billing, and the lines that a facility writes in the browser.

use std::sync::LazyLock;

use chart::coded::Coded;
use chart::encounter::Setting;

use crate::{Error, Result};

type Rows<const N: usize> = Vec<[&'static str; N]>;

static BILL_TYPES: LazyLock<Rows<2>> =
    LazyLock::new(|| rows(include_str!("../../../../data/billing/bill-type.tsv")));
static ADMISSION: LazyLock<Rows<3>> =
    LazyLock::new(|| rows(include_str!("../../../../data/billing/admission.tsv")));

/// Rows of a table: no comment, no heading, cells parted by tabs. One of another width is left out; a test sees it.
fn rows<const N: usize>(text: &'static str) -> Rows<N> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok()).collect()
}

/// The two digits of the type of bill of a setting, as shipped.
pub(super) fn bill_type(setting: Setting) -> &'static str {
    BILL_TYPES.iter().find(|[key, _]| *key == setting.key()).map_or("", |[_, digits]| digits)
}

/// The code of a claim for what registration said: the code itself, or what the table has for its words.
pub(super) fn admission_code(kind: &str, said: &Coded) -> Option<String> {
    let known = |code: &str| ADMISSION.iter().find(|row| row[0] == kind && row[2] == code).map(|row| row[2]);
    let codings = said.codings.iter().map(|one| one.code.as_str());
    // `Home, by ambulance to the emergency department` begins with where from.
    let words = [said.text.as_str(), said.text.split(',').next().unwrap_or_default()];
    let word = |word: &str| {
        let word = word.trim().to_lowercase();
        ADMISSION.iter().find(|row| row[0] == kind && row[1] == word).map(|row| row[2])
    };
    let found = codings.clone().find_map(known).or_else(|| codings.chain(words).find_map(word));
    found.map(str::to_owned)
}

/// Lines as a person writes them, cells parted by `|`; blank lines are passed over.
///
/// # Errors
/// The first line that has another number of cells, in words.
pub(super) fn typed<const N: usize>(text: &str, what: &str, cells: &str) -> Result<Vec<[String; N]>> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let row = |(line, number): (&str, usize)| {
        let parts: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        parts
            .try_into()
            .map_err(|_| Error::refused(format!("{what}, line {number}: write {cells}, with | between them")))
    };
    lines.map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_a_type_of_bill_and_every_row_its_cells() {
        for setting in Setting::ALL {
            assert_eq!(bill_type(setting).len(), 2, "{setting:?}");
        }
        let text = include_str!("../../../../data/billing/admission.tsv");
        assert_eq!(ADMISSION.len(), text.lines().count() - 2);
    }

    #[test]
    fn registration_says_it_in_codes_letters_or_words() {
        let coded = |code: &str| Coded::new("urn:x", code, "");
        assert_eq!(admission_code("priority", &coded("2")).as_deref(), Some("2"));
        assert_eq!(admission_code("priority", &coded("E")).as_deref(), Some("1"));
        assert_eq!(admission_code("priority", &Coded::text("Elective")).as_deref(), Some("3"));
        assert_eq!(admission_code("origin", &Coded::text("Home, by ambulance")).as_deref(), Some("1"));
        assert_eq!(admission_code("origin", &Coded::text("the moon")), None);
    }

    #[test]
    fn a_typed_line_of_another_width_is_named() {
        let told = typed::<2>("a | b\n\nc", "payers", "name and number").unwrap_err().to_string();
        assert!(told.contains("payers, line 3"), "{told}");
    }
}
