//! The small tables of `data/exchange/fhir/`: which code of a sender means what here.

use std::sync::LazyLock;

use chart::coded::Coded;
use chart::encounter::Setting;

static SETTINGS: &str = include_str!("../../../../data/exchange/fhir/setting.tsv");
static BOUND: &str = include_str!("../../../../data/exchange/fhir/bound-code.tsv");
static CATEGORIES: &str = include_str!("../../../../data/exchange/fhir/category.tsv");

/// The rows of a table, without its source line and its heading, cut at the tabs.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

/// How a row of the setting table recognises an encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// By the code of its class.
    Class,
    /// By a code of its type, service or priority.
    Code,
    /// By a word in its type or service.
    Word,
}

struct SettingRow {
    by: By,
    value: String,
    /// The row counts only where the class says this; empty for any.
    within: &'static str,
    setting: Setting,
}

static SETTING_ROWS: LazyLock<Vec<SettingRow>> =
    LazyLock::new(|| rows(SETTINGS).filter_map(|row| setting_row(&row)).collect());

fn setting_row(row: &[&'static str]) -> Option<SettingRow> {
    let [by, value, within, setting, ..] = *row else { return None };
    let by = match by {
        "class" => By::Class,
        "code" => By::Code,
        "word" => By::Word,
        _ => return None,
    };
    let setting = Setting::ALL.into_iter().find(|one| one.key() == setting)?;
    Some(SettingRow { by, value: value.to_lowercase(), within, setting })
}

/// The setting an encounter's class stands for.
pub(super) fn setting_of_class(code: &str) -> Option<Setting> {
    let code = code.to_lowercase();
    SETTING_ROWS.iter().find(|row| row.by == By::Class && row.value == code).map(|row| row.setting)
}

/// The more exact setting that a type, service or priority says, where the class alone says `of_class`.
pub(super) fn setting_within(of_class: Setting, said: &Coded) -> Option<Setting> {
    let words = said.text.to_lowercase();
    let says = |row: &&SettingRow| match row.by {
        By::Class => false,
        By::Code => said.codings.iter().any(|coding| coding.code.eq_ignore_ascii_case(&row.value)),
        By::Word => words.contains(&row.value),
    };
    let fits = |row: &&SettingRow| row.within.is_empty() || row.within == of_class.key();
    SETTING_ROWS.iter().filter(fits).find(says).map(|row| row.setting)
}

/// What is written for a word in an element that takes only certain codes: the word itself if it is one of them, else
/// what stands for all others, empty to leave the element out.
pub(super) fn bound<'w>(element: &str, word: &'w str) -> &'w str {
    let Some(row) = rows(BOUND).find(|row| row[0] == element) else { return word };
    if row[2].split(' ').any(|code| code == word) {
        return word;
    }
    if row[1] == "-" { "" } else { row[1] }
}

/// The diagnostic service section of HL7 table 0074 for a word of ours: the first of the table.
pub(super) fn section(category: &str) -> Option<&'static str> {
    let is_section = |code: &str| code.bytes().all(|byte| byte.is_ascii_uppercase());
    rows(CATEGORIES).filter(|row| row[1] == category && is_section(row[0])).map(|row| row[0]).next()
}

/// Our word for a category of results, reports or orders; `None` when the sender's own is kept.
pub(super) fn category(code: &str) -> Option<&'static str> {
    static ROWS: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| rows(CATEGORIES).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect());
    ROWS.iter().find(|(sent, _)| *sent == code).map(|(_, ours)| *ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        assert_eq!(SETTING_ROWS.len(), rows(SETTINGS).count());
        assert!(rows(CATEGORIES).all(|row| row.len() == 2));
        assert!(rows(BOUND).all(|row| row.len() == 3));
    }

    #[test]
    fn only_codes_that_r4_takes_are_written() {
        assert_eq!(bound("Observation.status", "corrected"), "corrected");
        assert_eq!(bound("Observation.status", "R"), "unknown");
        assert_eq!(bound("ServiceRequest.priority", "soon"), "");
    }

    #[test]
    fn a_service_makes_the_class_exact() {
        assert_eq!(setting_of_class("IMP"), Some(Setting::Inpatient));
        assert_eq!(setting_of_class("obsenc"), Some(Setting::Observation));
        assert_eq!(setting_of_class("?"), None);
        let obstetrics = Coded::text("Obstetrics and gynecology");
        assert_eq!(setting_within(Setting::Inpatient, &obstetrics), Some(Setting::Obstetric));
        assert_eq!(setting_within(Setting::Clinic, &obstetrics), None);
    }
}
