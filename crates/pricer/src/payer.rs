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

use codeset::{Drg, Version};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::money;
use crate::rates::exact;
use crate::stay::Stay;
use crate::weights::DrgWeights;
use crate::worksheet::{Line, Trace, Unit};

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

/// A payer's payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerPayment {
    /// What is paid for the stay, dollars.
    pub base: Decimal,
    /// What is paid for its cost beside, dollars.
    pub outlier: Decimal,
    /// Both, dollars.
    pub total: Decimal,
    /// How it came about.
    pub lines: Vec<Line>,
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
        let mut table: Self = toml::from_str(text).map_err(|error| PayerError::Text {
            file: file.to_owned(),
            error: Box::new(error),
        })?;
        table
            .payers
            .sort_by(|a, b| (&a.name, a.first).cmp(&(&b.name, b.first)));
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
        self.payers
            .iter()
            .find(of_payer)
            .ok_or_else(|| PayerError::NoTerms {
                name: name.to_owned(),
                day,
            })
    }

    /// All terms, by payer and date.
    pub fn payers(&self) -> &[PayerTerms] {
        &self.payers
    }
}

impl PayerTerms {
    /// The name of the weights that are needed, if the payer pays by DRG.
    pub fn weights_name(&self) -> Option<&str> {
        match &self.rate {
            Rate::Drg { weights, .. } => Some(weights),
            Rate::PerDiem { .. } | Rate::Charges { .. } => None,
        }
    }

    /// Prices a stay. `weights` are those named by [`PayerTerms::weights_name`].
    pub fn price(&self, drg: Drg, stay: &Stay, weights: &DrgWeights) -> Result<PayerPayment, PayerError> {
        let mut lines = Vec::new();
        let base = self.base(drg, stay, weights, &mut lines)?;
        let outlier = self.outlier(base, stay, &mut lines)?;
        let total = base + outlier;
        lines.line(|| {
            Line::step("total", "Total payment", total)
                .kind(crate::Kind::Total)
                .source(self.source.clone())
        });
        Ok(PayerPayment {
            base,
            outlier,
            total,
            lines,
        })
    }

    fn base(
        &self,
        drg: Drg,
        stay: &Stay,
        weights: &DrgWeights,
        lines: &mut Vec<Line>,
    ) -> Result<Decimal, PayerError> {
        let (amount, title, formula) = match &self.rate {
            Rate::Drg {
                weights: name,
                base_rate,
            } => {
                let weight =
                    weights
                        .get(drg)
                        .and_then(|row| row.weight)
                        .ok_or_else(|| PayerError::NoWeight {
                            drg,
                            weights: name.clone(),
                        })?;
                lines.line(|| {
                    Line::factor("drg.weight", "Relative weight of the DRG", weight)
                        .unit(Unit::Weight)
                        .formula(format!("DRG {drg}"))
                        .source(weights.source())
                });
                (
                    base_rate * weight,
                    "DRG payment",
                    format!("{base_rate} x {weight}"),
                )
            }
            Rate::PerDiem { per_day, days_max } => {
                let days = stay.stay_days.ok_or_else(|| self.lacks("length of stay"))?.max(1);
                let paid = days_max.map_or(days, |most| days.min(most));
                (
                    per_day * Decimal::from(paid),
                    "Payment per day",
                    format!("{per_day} x {paid} days"),
                )
            }
            Rate::Charges { share } => {
                let charges = self.charges(stay)?;
                (
                    share * charges,
                    "Share of charges",
                    format!("{share} x {charges}"),
                )
            }
        };
        let amount = money::round(amount, 2);
        lines.line(|| {
            Line::component("base", title, amount)
                .formula(formula)
                .source(self.source.clone())
        });
        Ok(amount)
    }

    fn outlier(&self, base: Decimal, stay: &Stay, lines: &mut Vec<Line>) -> Result<Decimal, PayerError> {
        let Some(rule) = &self.outlier else {
            return Ok(Decimal::ZERO);
        };
        let cost = money::round(self.charges(stay)? * rule.cost_ratio, 2);
        let excess = (cost - base - rule.threshold).max(Decimal::ZERO);
        let amount = money::round(rule.share * excess, 2);
        lines.line(|| {
            Line::component("outlier", "Cost outlier", amount)
                .formula(format!(
                    "{} x ({cost} - {base} - {}), not below 0",
                    rule.share, rule.threshold
                ))
                .source(self.source.clone())
        });
        Ok(amount)
    }

    fn charges(&self, stay: &Stay) -> Result<Decimal, PayerError> {
        stay.readable_charges().ok_or_else(|| self.lacks("charges"))
    }

    fn lacks(&self, what: &'static str) -> PayerError {
        PayerError::Claim {
            name: self.name.clone(),
            what,
        }
    }
}

fn version<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Version, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TABLE: &str = r#"
        [[payer]]
        name = "State Medicaid"
        first = "2026-07-01"
        last = "2027-06-30"
        grouper_version = "43.1"
        source = "manual"
        rate.drg = { weights = "table5-fy2026", base_rate = "5600.00" }
        outlier = { threshold = "20000.00", share = "0.6", cost_ratio = "0.5" }
        [[payer]]
        name = "Blue Plan"
        first = "2026-01-01"
        last = "2026-12-31"
        grouper_version = "43.0"
        source = "contract"
        rate.per_diem = { per_day = "2100.50", days_max = 10 }
        [[payer]]
        name = "Rail"
        first = "2026-01-01"
        last = "2026-12-31"
        grouper_version = "43.0"
        source = "contract"
        rate.charges = { share = "0.425" }
    "#;

    fn weights() -> DrgWeights {
        let text = "# Source: test\ndrg\tmdc\ttype\ttitle\tpost_acute\tspecial_pay\tweight_before_cap\tweight\tgmlos\tamlos\n\
            470\t08\tSURG\tKNEE\t1\t0\t1.9289\t1.9289\t1.7\t2.1\n";
        DrgWeights::parse("w.tsv", text).unwrap()
    }

    fn paid(name: &str, drg: u16, days: u16, charges: &str) -> Result<(String, String), PayerError> {
        let day = date(2026, 11, 3);
        let stay = Stay {
            stay_days: Some(days),
            covered_charges: Some(charges.parse().unwrap()),
            ..Stay::new(day)
        };
        let table = PayerTable::parse("payers.toml", TABLE).unwrap();
        let payment = table.on(name, day)?.price(Drg(drg), &stay, &weights())?;
        let components: Decimal = payment
            .lines
            .iter()
            .filter(|line| line.kind == crate::Kind::Component)
            .map(|line| line.value)
            .sum();
        assert_eq!(components, payment.total, "component lines add up");
        Ok((format!("{:.2}", payment.base), format!("{:.2}", payment.outlier)))
    }

    #[test]
    fn each_kind_of_rate_is_paid() {
        let amounts = |base: &str, outlier: &str| (base.to_owned(), outlier.to_owned());
        assert_eq!(
            paid("State Medicaid", 470, 3, "50000").unwrap(),
            amounts("10801.84", "0.00")
        );
        assert_eq!(
            paid("State Medicaid", 470, 3, "100000").unwrap(),
            amounts("10801.84", "11518.90")
        );
        assert_eq!(paid("Blue Plan", 470, 3, "0").unwrap().0, "6301.50");
        assert_eq!(paid("Blue Plan", 470, 30, "0").unwrap().0, "21005.00");
        assert_eq!(paid("Rail", 999, 3, "1000.01").unwrap().0, "425.00");
    }

    #[test]
    fn what_cannot_be_priced_says_why() {
        let message = |name: &str, drg: u16| paid(name, drg, 3, "1").unwrap_err().to_string();
        assert_eq!(
            message("State Medicaid", 999),
            "DRG 999 has no weight in table5-fy2026"
        );
        assert_eq!(
            message("Nobody", 470),
            "no terms of payer 'Nobody' govern 2026-11-03; add them to the payer table"
        );
    }

    #[test]
    fn a_wrong_table_is_refused() {
        for (right, wrong, message) in [
            (
                "\"2027-06-30\"",
                "\"2025-06-30\"",
                "the terms end before they begin",
            ),
            ("\"Rail\"", "\"Blue Plan\"", "two sets of terms claim one date"),
            ("\"43.1\"", "\"x\"", "is no grouper version"),
            ("\"5600.00\"", "5600.00", "invalid type: floating point"),
            ("\"5600.00\"", "\"-1\"", "is not between 0 and"),
        ] {
            let error = PayerTable::parse("p.toml", &TABLE.replace(right, wrong))
                .unwrap_err()
                .to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
