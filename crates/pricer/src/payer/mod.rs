//! Payers other than Medicare: what their contracts lay down, by date.
//!
//! A payer table maps a payer to the grouper version it groups by, the weights it pays by, and a base rate, a rate
//! per day or a share of charges, perhaps with an outlier rule. One table holds many payers and years:
//! ```toml
//! [[payer]]
//! name = "State Medicaid"
//! first = "2026-07-01"
//! last = "2027-06-30"
//! grouper_version = "43.1"
//! source = "Provider manual 2026, section 4"
//! [payer.rate]
//! drg = { weights = "table5-fy2026", base_rate = "5600.00" }
//! [payer.outlier]
//! threshold = "60000.00"
//! share = "0.60"
//! cost_ratio = "0.31"
//! ```

mod price;

use codeset::{Drg, Version};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::rates::exact;

pub use price::PayerPayment;

/// The contracts of all payers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayerTable {
    #[serde(rename = "payer")]
    payers: Vec<PayerTerms>,
}

/// The contract of one payer on certain discharge dates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayerTerms {
    /// The payer.
    pub name: String,
    /// First discharge date.
    pub first: Date,
    /// Last discharge date.
    pub last: Date,
    /// The grouper version by which the payer groups, such as `43.1`.
    #[serde(deserialize_with = "version")]
    pub grouper_version: Version,
    /// Where the terms are laid down.
    pub source: String,
    /// What is paid for a stay.
    pub rate: Rate,
    /// What is paid for a costly stay beside it.
    pub outlier: Option<PayerOutlier>,
}

/// What a payer pays for a stay.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rate {
    /// A base rate times the DRG's weight.
    Drg {
        /// The name of the weights.
        weights: String,
        /// Dollars for a weight of one.
        #[serde(with = "exact")]
        base_rate: Decimal,
    },
    /// A rate per day.
    PerDiem {
        /// Dollars per day.
        #[serde(with = "exact")]
        per_day: Decimal,
        /// The most days that are paid; all if absent.
        days_max: Option<u16>,
    },
    /// A share of the charges.
    Charges {
        /// The share.
        #[serde(with = "exact")]
        share: Decimal,
    },
}

/// A payer's outlier rule: a share of what the cost exceeds the payment and the threshold by.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayerOutlier {
    /// Dollars above the payment before the rule applies.
    #[serde(with = "exact")]
    pub threshold: Decimal,
    /// The share paid of what lies above.
    #[serde(with = "exact")]
    pub share: Decimal,
    /// The ratio that makes costs of charges; 1 for a rule on charges.
    #[serde(with = "exact")]
    pub cost_ratio: Decimal,
}

/// Why a payer table cannot be used, or a stay not be priced by it.
#[derive(Debug, thiserror::Error)]
pub enum PayerError {
    /// The text is no payer table.
    #[error("{file}: {error}")]
    Text {
        /// The file's name.
        file: String,
        /// What and where, in the parser's words.
        error: Box<toml::de::Error>,
    },
    /// Two contracts of one payer claim one date, or one ends before it begins.
    #[error("{file}: payer '{name}': {what}")]
    Dates {
        /// The file's name.
        file: String,
        /// The payer.
        name: String,
        /// What is wrong.
        what: &'static str,
    },
    /// No contract holds.
    #[error("no terms of payer '{name}' govern {day}; add them to the payer table")]
    NoTerms {
        /// The payer.
        name: String,
        /// The discharge date.
        day: Date,
    },
    /// The claim lacks what the rate needs.
    #[error("payer '{name}' pays by {what}, which the claim does not readably have")]
    Claim {
        /// The payer.
        name: String,
        /// What is needed.
        what: &'static str,
    },
    /// The DRG has no weight.
    #[error("DRG {drg} has no weight in {weights}")]
    NoWeight {
        /// The DRG.
        drg: Drg,
        /// The weights' name.
        weights: String,
    },
}

impl PayerTable {
    /// Reads a payer table; `file` names it in errors.
    pub fn parse(file: &str, text: &str) -> Result<Self, PayerError> {
        let mut table: Self = toml::from_str(text)
            .map_err(|error| PayerError::Text { file: file.to_owned(), error: Box::new(error) })?;
        table.payers.sort_by(|a, b| (&a.name, a.first).cmp(&(&b.name, b.first)));
        let wrong = |terms: &PayerTerms, what: &'static str| PayerError::Dates {
            file: file.to_owned(),
            name: terms.name.clone(),
            what,
        };
        if let Some(terms) = table.payers.iter().find(|terms| terms.last < terms.first) {
            return Err(wrong(terms, "the terms end before they begin"));
        }
        let overlap = |pair: &&[PayerTerms]| pair[0].name == pair[1].name && pair[1].first <= pair[0].last;
        if let Some(pair) = table.payers.windows(2).find(overlap) {
            return Err(wrong(&pair[0], "two sets of terms claim one date"));
        }
        Ok(table)
    }

    /// The terms of payer `name` on `day`.
    pub fn on(&self, name: &str, day: Date) -> Result<&PayerTerms, PayerError> {
        let of_payer = |terms: &&PayerTerms| terms.name == name && (terms.first..=terms.last).contains(&day);
        self.payers.iter().find(of_payer).ok_or_else(|| PayerError::NoTerms { name: name.to_owned(), day })
    }

    /// All terms, by payer and date.
    pub fn payers(&self) -> &[PayerTerms] {
        &self.payers
    }
}

fn version<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Version, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}
