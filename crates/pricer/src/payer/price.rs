//! What a payer's terms pay for a stay.

use codeset::Drg;
use rust_decimal::Decimal;

use super::{PayerError, PayerTerms, Rate};
use crate::money;
use crate::stay::Stay;
use crate::weights::DrgWeights;
use crate::worksheet::{Kind, Line, Trace, Unit};

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
            Line::step("total", "Total payment", total).kind(Kind::Total).source(self.source.clone())
        });
        Ok(PayerPayment { base, outlier, total, lines })
    }

    fn base(
        &self,
        drg: Drg,
        stay: &Stay,
        weights: &DrgWeights,
        lines: &mut Vec<Line>,
    ) -> Result<Decimal, PayerError> {
        let (amount, title, formula) = match &self.rate {
            Rate::Drg { weights: name, base_rate } => {
                let weight = weights
                    .get(drg)
                    .and_then(|row| row.weight)
                    .ok_or_else(|| PayerError::NoWeight { drg, weights: name.clone() })?;
                lines.line(|| {
                    Line::factor("drg.weight", "Relative weight of the DRG", weight)
                        .unit(Unit::Weight)
                        .formula(format!("DRG {drg}"))
                        .source(weights.source())
                });
                (base_rate * weight, "DRG payment", format!("{base_rate} x {weight}"))
            }
            Rate::PerDiem { per_day, days_max } => {
                let days = stay.stay_days.ok_or_else(|| self.lacks("length of stay"))?.max(1);
                let paid = days_max.map_or(days, |most| days.min(most));
                (per_day * Decimal::from(paid), "Payment per day", format!("{per_day} x {paid} days"))
            }
            Rate::Charges { share } => {
                let charges = self.charges(stay)?;
                (share * charges, "Share of charges", format!("{share} x {charges}"))
            }
        };
        let amount = money::round(amount, 2);
        lines.line(|| Line::component("base", title, amount).formula(formula).source(self.source.clone()));
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
                .formula(format!("{} x ({cost} - {base} - {}), not below 0", rule.share, rule.threshold))
                .source(self.source.clone())
        });
        Ok(amount)
    }

    fn charges(&self, stay: &Stay) -> Result<Decimal, PayerError> {
        stay.readable_charges().ok_or_else(|| self.lacks("charges"))
    }

    fn lacks(&self, what: &'static str) -> PayerError {
        PayerError::Claim { name: self.name.clone(), what }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::payer::PayerTable;

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
        let stay =
            Stay { stay_days: Some(days), covered_charges: Some(charges.parse().unwrap()), ..Stay::new(day) };
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
        assert_eq!(paid("State Medicaid", 470, 3, "50000").unwrap(), amounts("10801.84", "0.00"));
        assert_eq!(paid("State Medicaid", 470, 3, "100000").unwrap(), amounts("10801.84", "11518.90"));
        assert_eq!(paid("Blue Plan", 470, 3, "0").unwrap().0, "6301.50");
        assert_eq!(paid("Blue Plan", 470, 30, "0").unwrap().0, "21005.00");
        assert_eq!(paid("Rail", 999, 3, "1000.01").unwrap().0, "425.00");
    }

    #[test]
    fn what_cannot_be_priced_says_why() {
        let message = |name: &str, drg: u16| paid(name, drg, 3, "1").unwrap_err().to_string();
        assert_eq!(message("State Medicaid", 999), "DRG 999 has no weight in table5-fy2026");
        assert_eq!(
            message("Nobody", 470),
            "no terms of payer 'Nobody' govern 2026-11-03; add them to the payer table"
        );
    }

    #[test]
    fn a_wrong_table_is_refused() {
        for (right, wrong, message) in [
            ("\"2027-06-30\"", "\"2025-06-30\"", "the terms end before they begin"),
            ("\"Rail\"", "\"Blue Plan\"", "two sets of terms claim one date"),
            ("\"43.1\"", "\"x\"", "is no grouper version"),
            ("\"5600.00\"", "5600.00", "invalid type: floating point"),
            ("\"5600.00\"", "\"-1\"", "is not between 0 and"),
        ] {
            let error = PayerTable::parse("p.toml", &TABLE.replace(right, wrong)).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
