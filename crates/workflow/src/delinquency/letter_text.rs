//! The text of letters: templates as data, which a house may edit.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use minijinja::Environment;
use serde::Serialize;
use store::department::owed::Debt;
use store::{Reader, Tx, settings};

use crate::{Context, Error, Result};

/// The setting under which a house keeps its own texts, by the key of the level.
const SETTING: &str = "letters";
/// The last day of a ladder, on which suspension begins, where the house has no other.
const SUSPENSION_DAY: i64 = 31;

const SHIPPED: [(&str, &str); 5] = [
    ("first-notice", include_str!("../../../../data/letters/first-notice.txt")),
    ("second-notice", include_str!("../../../../data/letters/second-notice.txt")),
    ("third-notice", include_str!("../../../../data/letters/third-notice.txt")),
    ("warning", include_str!("../../../../data/letters/warning.txt")),
    ("suspension", include_str!("../../../../data/letters/suspension.txt")),
];

/// The texts in force, by level, with the version of the house's own; 0 for the shipped ones.
pub(super) async fn in_force(reader: &mut Reader) -> Result<(BTreeMap<String, String>, i64)> {
    let mut texts: BTreeMap<String, String> =
        SHIPPED.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let own = settings::get::<BTreeMap<String, String>>(reader, SETTING).await?;
    let version = own.as_ref().map_or(0, |own| own.version);
    texts.extend(own.into_iter().flat_map(|own| own.value));
    Ok((texts, version))
}

/// Stores a level's own text after trying it on an example.
pub(super) async fn set(tx: &mut Tx, context: &Context, level: &str, text: &str) -> Result<()> {
    if !SHIPPED.iter().any(|(key, _)| *key == level) {
        return Err(Error::Missing { what: "letter level", id: level.to_owned() });
    }
    render(text, &Words::default())?;
    let own = settings::get::<BTreeMap<String, String>>(tx, SETTING).await?;
    let version = own.as_ref().map_or(0, |own| own.version);
    let mut value = own.map(|own| own.value).unwrap_or_default();
    value.insert(level.to_owned(), text.to_owned());
    settings::set(tx, SETTING, &settings::Setting { version, value }, context.at).await?;
    Ok(())
}

/// What a letter's text may name.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Words {
    facility: String,
    today: String,
    name: String,
    list: String,
    count: usize,
    oldest: String,
    next_day: String,
    days_left: i64,
}

impl Words {
    pub(super) fn new(
        facility: &str,
        name: &str,
        debts: &[(Debt, String)],
        (now, next_level_day): (Timestamp, Option<u16>),
        zone: &TimeZone,
    ) -> Self {
        let day = |at: Timestamp| zone.to_datetime(at).date();
        let oldest = debts.iter().map(|(debt, _)| debt.since).min().unwrap_or(now);
        let shown = |(debt, number): &(Debt, String)| {
            format!("- Record {number}: {}, due {}", debt.what, day(debt.due))
        };
        let after = |days: i64| day(oldest).checked_add(days.days()).unwrap_or_else(|_| day(now));
        let suspended = after(SUSPENSION_DAY);
        let left = day(now).until(suspended).map_or(0, |span| i64::from(span.get_days()));
        Self {
            facility: facility.to_owned(),
            today: day(now).to_string(),
            name: name.to_owned(),
            list: debts.iter().map(shown).collect::<Vec<_>>().join("\n"),
            count: debts.len(),
            oldest: day(oldest).to_string(),
            next_day: after(next_level_day.map_or(SUSPENSION_DAY, i64::from)).max(day(now)).to_string(),
            days_left: left.max(0),
        }
    }
}

/// A letter's text with the words filled in.
pub(super) fn render(template: &str, words: &Words) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    let text = environment.render_str(template, minijinja::Value::from(minijinja::value::Serde(words)));
    text.map_err(|error| {
        Error::refused(format!(
            "the letter's text cannot be used: {error}; it may name facility, today, name, list, count, oldest, \
             next_day and days_left"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_letter_can_be_filled_in() {
        for (key, text) in SHIPPED {
            let text = render(text, &Words { name: "Okafor".into(), ..Words::default() }).unwrap();
            assert!(text.contains("To: Okafor") && !text.contains("{{"), "{key}");
        }
        for level in chart::letter::ladder().levels() {
            assert!(SHIPPED.iter().any(|(key, _)| *key == level.key), "no text for {}", level.key);
        }
    }

    #[test]
    fn a_word_that_is_none_is_refused() {
        let said = render("{{ patient }}", &Words::default()).unwrap_err().to_string();
        assert!(said.contains("it may name facility"), "{said}");
    }
}
