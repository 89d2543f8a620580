//! The value of a search parameter: what it asks to be tested.

use chart::date::{PartialDate, When};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::parameter::ParameterKind;
use crate::fhir::read;

/// One thing to be tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A code or identifier.
    Token {
        /// Its system: `None` for any, `Some("")` for none.
        system: Option<String>,
        /// The code or value: `None` for any of the system.
        code: Option<String>,
    },
    /// Another resource.
    Reference {
        /// Its type, when said.
        resource_type: Option<String>,
        /// Its id.
        id: String,
    },
    /// A text.
    Text {
        /// How it is compared.
        how: TextMatch,
        /// The text.
        text: String,
    },
    /// A time, as the span its precision leaves open.
    Date {
        /// How it is compared.
        prefix: DatePrefix,
        /// The first instant of the span, in the zone of the search.
        from: Timestamp,
        /// The first instant after it.
        to: Timestamp,
    },
}

/// How texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextMatch {
    /// The beginning of any word, without regard to case and accents.
    Begins,
    /// The whole, to the letter (`:exact`).
    Exact,
    /// Anywhere (`:contains`).
    Contains,
}

/// How times are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatePrefix {
    /// Within the span.
    Equal,
    /// Within the span, or later.
    From,
    /// Within the span, or earlier.
    Until,
    /// After the span.
    After,
    /// Before the span.
    Before,
}

/// Reads one value; `Err` says what is wrong with it.
pub(super) fn test(
    kind: ParameterKind,
    how: TextMatch,
    value: &str,
    zone: &TimeZone,
) -> Result<Test, String> {
    match kind {
        ParameterKind::Token => Ok(token(value)),
        ParameterKind::Reference => reference(value),
        ParameterKind::Text => Ok(Test::Text { how, text: unescaped(value) }),
        ParameterKind::Date => date(value, zone),
    }
}

/// `code`, `system|code`, `|code`, `system|`.
fn token(value: &str) -> Test {
    let said = |text: &str| Some(unescaped(text)).filter(|text| !text.is_empty());
    match split_once(value, '|') {
        None => Test::Token { system: None, code: said(value) },
        Some((system, code)) => Test::Token { system: Some(unescaped(system)), code: said(code) },
    }
}

/// `id`, `Type/id`, or an address that ends with them.
fn reference(value: &str) -> Result<Test, String> {
    let mut parts = value.rsplit('/');
    let id = parts.next().unwrap_or_default().to_owned();
    let resource_type = parts.next().map(str::to_owned);
    if id.is_empty() {
        return Err("write an id, or Type/id".into());
    }
    Ok(Test::Reference { resource_type, id })
}

fn date(value: &str, zone: &TimeZone) -> Result<Test, String> {
    let (prefix, text) = prefixed(value)?;
    // A plus sign of a zone arrives as a space where the query was not encoded.
    let text = text.replace(' ', "+");
    let wrong = || {
        format!("`{value}` is no date: write eq, ge, le, gt or lt and YYYY-MM-DD, or a time with its zone")
    };
    let (from, to) = span(&text, zone).ok_or_else(wrong)?;
    Ok(Test::Date { prefix, from, to })
}

fn prefixed(value: &str) -> Result<(DatePrefix, &str), String> {
    if value.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok((DatePrefix::Equal, value));
    }
    let (prefix, text) = value.split_at_checked(2).unwrap_or((value, ""));
    let prefix = match prefix {
        "eq" => DatePrefix::Equal,
        "ge" => DatePrefix::From,
        "le" => DatePrefix::Until,
        "gt" => DatePrefix::After,
        "lt" => DatePrefix::Before,
        _ => return Err(format!("`{value}` begins with no prefix we know: write eq, ge, le, gt or lt")),
    };
    Ok((prefix, text))
}

/// The span that a date or time of any precision leaves open.
fn span(text: &str, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    match read::when(text, zone)? {
        When::Instant(at) if text.contains('.') => Some((at, at.checked_add(1.microsecond()).ok()?)),
        When::Instant(at) => Some((at, at.checked_add(1.second()).ok()?)),
        When::Date(date) => {
            let first = date.earliest();
            let after = first.checked_add(match date {
                PartialDate::Year(_) => 1.year(),
                PartialDate::Month(..) => 1.month(),
                PartialDate::Day(_) => 1.day(),
            });
            let midnight = |date: jiff::civil::Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
            Some((midnight(first)?, midnight(after.ok()?)?))
        }
    }
}

/// Cuts at the first `mark` that is not escaped with a backslash.
fn split_once(text: &str, mark: char) -> Option<(&str, &str)> {
    let at = split_points(text, mark).next()?;
    Some((&text[..at], &text[at + mark.len_utf8()..]))
}

/// Cuts at every `mark` that is not escaped with a backslash.
pub(super) fn split(text: &str, mark: char) -> Vec<&str> {
    let mut start = 0;
    let mut parts = Vec::new();
    for at in split_points(text, mark) {
        parts.push(&text[start..at]);
        start = at + mark.len_utf8();
    }
    parts.push(&text[start..]);
    parts
}

fn split_points(text: &str, mark: char) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    text.char_indices().filter_map(move |(at, c)| {
        let cuts = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        cuts.then_some(at)
    })
}

/// The text without the backslashes that R4 puts before `,`, `|`, `$` and `\`.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    plain
}
