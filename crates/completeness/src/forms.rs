//! Blank forms for the day without the system: one for each document that the profile of a record type asks for, with a
//! place for every element that the document must state.

use chart::document_type::document_types;
use chart::encounter::Setting;

use crate::policy::elements;
use crate::profile::{Row, RowText};

/// A form to be printed and filled by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// What the document is called.
    pub title: String,
    /// What the profile asks for, with its authority.
    pub asks: String,
    /// The headings to be filled, in order.
    pub lines: Vec<String>,
}

/// The forms of a setting, each document type once, in the order of the chart. A row that cannot be read makes no form.
#[must_use]
pub fn blank_forms(rows: &[RowText], setting: Setting) -> Vec<Blank> {
    let rows: Vec<Row> = rows.iter().filter_map(|row| Row::read(row).ok()).collect();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.settings.contains(&setting)).collect();
    let form = |kind: &chart::document_type::DocumentType| {
        let row = rows.iter().find(|row| row.filled_by.document_kind() == Some(kind.key))?;
        let asks = format!("{} ({})", row.ground.text, row.ground.authority);
        Some(Blank { title: kind.title.to_owned(), asks, lines: lines(kind.key) })
    };
    document_types().all().iter().filter_map(form).collect()
}

/// What the document must state; a form without such rows has one place for all.
fn lines(kind: &str) -> Vec<String> {
    let asked: Vec<String> = elements(kind).map(capital).collect();
    if asked.is_empty() { vec!["Entry".into()] } else { asked }
}

fn capital(text: &str) -> String {
    let text = text.strip_prefix("the ").or_else(|| text.strip_prefix("a ")).unwrap_or(text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SHIPPED, profile_rows};

    #[test]
    fn a_record_type_has_its_forms_with_what_each_must_state() {
        let rows = profile_rows(SHIPPED).unwrap();
        let titles = |setting| -> Vec<String> {
            blank_forms(&rows, setting).into_iter().map(|form| form.title).collect()
        };
        assert!(titles(Setting::Inpatient).contains(&"Operative report".to_owned()));
        assert!(!titles(Setting::Clinic).contains(&"Newborn record".to_owned()));
        let forms = blank_forms(&rows, Setting::Inpatient);
        let report = forms.iter().find(|form| form.title == "Operative report").unwrap();
        assert!(report.lines.contains(&"Estimated blood loss".to_owned()), "{:?}", report.lines);
    }
}
