//! Times, names and codes as a person reads them.

use chart::coded::Coded;
use chart::date::When;
use chart::directory::Named;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::words::Words;

/// Said of a file that belongs to what is printed and is not printed itself.
pub(super) const SEPARATE: &str = "a separate original, not printed here";

/// Shows times in the hospital's zone.
pub(super) struct Shown<'a> {
    pub(super) zone: &'a TimeZone,
}

impl Shown<'_> {
    /// `2026-10-03 14:05 EDT`.
    pub(super) fn instant(&self, at: Timestamp) -> String {
        let local = self.zone.to_datetime(at);
        let info = self.zone.to_offset_info(at);
        format!("{} {}", local.strftime("%Y-%m-%d %H:%M"), info.abbreviation())
    }

    /// A time, or a date where there is no more.
    pub(super) fn when(&self, when: When) -> String {
        match when {
            When::Instant(at) => self.instant(at),
            When::Date(date) => date.to_string(),
        }
    }

    /// A time that may be missing.
    pub(super) fn maybe(&self, when: Option<When>) -> String {
        when.map(|when| self.when(when)).unwrap_or_default()
    }

    /// `from to until`, as far as known.
    pub(super) fn span(&self, from: Option<When>, until: Option<When>) -> String {
        match (self.maybe(from), self.maybe(until)) {
            (from, until) if until.is_empty() || from == until => from,
            (from, until) if from.is_empty() => format!("until {until}"),
            (from, until) => format!("{from} to {until}"),
        }
    }
}

/// Names after each other.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a Named>) -> String {
    joined(names.into_iter().map(|one| one.name.as_str()))
}

/// The words of codes after each other.
pub(super) fn coded<'a>(codes: impl IntoIterator<Item = &'a Coded>) -> String {
    joined(codes.into_iter().map(|one| one.text.as_str()))
}

/// Texts after each other, the empty ones left out.
pub(super) fn joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    texts.join("; ")
}

/// Words with the code of a system in brackets behind them, where there is one.
pub(super) fn with_code(what: &Coded, systems: &[&str]) -> String {
    match systems.iter().find_map(|system| what.code(system)) {
        Some(code) if code != what.text => format!("{} [{code}]", what.text),
        _ => what.text.clone(),
    }
}

/// A word as a sender writes it (`in-progress`), as a person reads it.
pub(super) fn plain(word: &str) -> String {
    word.replace('-', " ")
}

/// A word as a heading: `Vital signs`.
pub(super) fn capital(word: &str) -> String {
    let word = plain(word);
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Rows of names with values, those without a value left out.
#[derive(Default)]
pub(super) struct Rows(pub(super) Vec<(String, Words)>);

impl Rows {
    /// The same with a row more, if there is a value.
    pub(super) fn row(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.trim().is_empty() {
            self.0.push((name.to_owned(), value.into()));
        }
        self
    }
}
