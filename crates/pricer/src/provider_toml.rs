//! A provider record written by hand: TOML, with the names of the Provider Specific File.
//!
//! ```toml
//! [[provider]]
//! provider_ccn = "010001"
//! effective_date = 2026-10-01
//! operating_cost_to_charge_ratio = "0.331"
//! wage_index = "0.9321"           # where the wage-index table is not imported
//! wage_index_area = "33860"
//! wage_index_kind = "other-urban"
//! ```
//! Decimal numbers stand in quotes, so that they are never binary fractions.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Value;

use crate::provider::{Provider, WageArea};
use crate::provider_record::{self, COLUMNS, OPTIONAL, Record, plain};
use crate::rates::Area;

/// Names that only a file by hand has.
const BY_HAND: [&str; 3] = ["wage_index", "wage_index_area", "wage_index_kind"];

/// What is wrong in a provider file by hand.
#[derive(Debug, thiserror::Error)]
pub enum ProviderFileError {
    /// The text is no TOML of this kind.
    #[error("{file}: {error}")]
    Text {
        /// The file's name.
        file: String,
        /// What and where, in the parser's words.
        error: Box<toml::de::Error>,
    },
    /// One of the records is wrong.
    #[error("{file}, provider {number}: {what}")]
    Record {
        /// The file's name.
        file: String,
        /// Which record, from 1.
        number: usize,
        /// What is wrong.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: Vec<BTreeMap<String, Value>>,
}

/// Reads the providers of a file by hand.
pub fn read_provider_toml(file: &str, text: &str) -> Result<Vec<Provider>, ProviderFileError> {
    let parsed: File = toml::from_str(text)
        .map_err(|error| ProviderFileError::Text { file: file.to_owned(), error: Box::new(error) })?;
    let tables = parsed.provider.iter().enumerate();
    tables
        .map(|(at, table)| {
            read(table).map_err(|what| ProviderFileError::Record {
                file: file.to_owned(),
                number: at + 1,
                what,
            })
        })
        .collect()
}

fn read(table: &BTreeMap<String, Value>) -> Result<Provider, String> {
    let known: Vec<String> =
        COLUMNS.iter().chain(&OPTIONAL).chain(&BY_HAND).map(|name| plain(name)).collect();
    let mut texts = BTreeMap::new();
    for (name, value) in table {
        if !known.contains(&plain(name)) {
            return Err(format!("'{name}' is no field of a provider record"));
        }
        texts.insert(plain(name), text_of(name, value)?);
    }
    let record = Texts(texts);
    let mut provider = provider_record::read(&record)?;
    provider.wage_area = wage_area(&record, &provider)?;
    Ok(provider)
}

fn text_of(name: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Boolean(flag) => Ok(if *flag { "Y" } else { "N" }.to_owned()),
        Value::Datetime(day) => Ok(day.to_string()),
        Value::Float(number) => {
            Err(format!("{name} = {number}: write decimal numbers in quotes, as \"{number}\""))
        }
        Value::Array(_) | Value::Table(_) => Err(format!("{name} is a list or table; it is a single value")),
    }
}

struct Texts(BTreeMap<String, String>);

impl Record for Texts {
    fn text(&self, column: &str) -> &str {
        self.0.get(&plain(column)).map(|text| text.trim()).unwrap_or_default()
    }
}

fn wage_area(record: &Texts, provider: &Provider) -> Result<Option<WageArea>, String> {
    let index = record.text("wage_index");
    if index.is_empty() {
        return Ok(None);
    }
    Ok(Some(WageArea {
        area: record.text("wage_index_area").to_owned(),
        kind: match record.text("wage_index_kind") {
            "large-urban" => Area::LargeUrban,
            "other-urban" => Area::OtherUrban,
            "rural" => Area::Rural,
            other => {
                return Err(format!("wage_index_kind '{other}' is none of large-urban, other-urban, rural"));
            }
        },
        effective: provider.effective,
        index: index.parse().map_err(|_| format!("wage_index '{index}' is no decimal number"))?,
        source: "provider file by hand".to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY_HAND: &str = r#"
        [[provider]]
        provider_ccn = "010001"
        effective_date = 2026-10-01
        provider_type = "00"
        bed_size = 120
        operating_cost_to_charge_ratio = "0.331"
        hospital_quality_indicator = 1
        capital_pps_payment_code = "C"
        wage_index = "0.9321"
        wage_index_area = "33860"
        wage_index_kind = "other-urban"
    "#;

    #[test]
    fn reads_what_a_person_writes() {
        let providers = read_provider_toml("h.toml", BY_HAND).unwrap();
        let provider = &providers[0];
        assert_eq!((provider.beds, provider.quality_submitted), (120, true));
        assert_eq!(provider.operating_cost_ratio, Some("0.331".parse().unwrap()));
        assert_eq!(provider.wage_area.as_ref().unwrap().index, "0.9321".parse().unwrap());
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("\"0.331\"", "0.331", "write decimal numbers in quotes"),
            ("bed_size", "beds", "'beds' is no field of a provider record"),
            ("\"010001\"", "\"10001\"", "has not six letters and digits"),
            ("other-urban", "urban", "wage_index_kind 'urban'"),
            ("2026-10-01", "2026-10-41", "h.toml: "),
        ];
        for (right, wrong, message) in cases {
            let error = read_provider_toml("h.toml", &BY_HAND.replace(right, wrong)).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
