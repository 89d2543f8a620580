//! The figures of one fiscal year: rates, thresholds, shares, lists, each with the place it was published.
//!
//! A year is one TOML file. A program that has ended, or has not begun, is simply not in the year's file; a
//! figure that was not at hand when the file was made is left out and named when a case needs it. No step of the
//! payment holds a figure of its own.

mod operating;
mod programs;
mod rules;

use codeset::{Code, CodeError, FiscalYear, Status};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use operating::{
    Area, CapitalRates, OperatingRates, OperatingShareHospital, ShareBand, StandardizedAmount, TeachingRates,
};
pub use programs::{
    CovidDischarge, CovidTreatment, DonatedProduct, ElectronicRecords, HospitalAcquired, HospitalSpecific,
    IsletCells, LowVolume, MedicareDependent, NewTechnology, Readmissions, Standardization, Technology,
    TreatmentWindow, UpdateStep, ValueBasedPurchasing,
};
pub use rules::{ClaimRules, OutlierRules, TransferRules, WageIndexRules};

/// A published number and where it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The number, exactly as published; written in quotes, so that it is never a binary fraction.
    #[serde(with = "exact")]
    pub value: Decimal,
    /// The publication: rule, table or statute.
    pub source: String,
}

/// A code as a rates file lists it: text, without a decimal point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ListedCode(pub Code);

impl TryFrom<String> for ListedCode {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Code::parse(&text).map(Self)
    }
}

impl From<ListedCode> for String {
    fn from(listed: ListedCode) -> Self {
        listed.0.to_string()
    }
}

/// Numbers in quotes, of a size a rate can have, so that no product of them overflows.
pub(crate) mod exact {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// No rate, factor or threshold is as large.
    const LIMIT: u64 = 10_000_000;

    pub(crate) fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(deserializer)?;
        let value: Decimal =
            text.parse().map_err(|_| D::Error::custom(format!("'{text}' is no decimal number")))?;
        if value.is_sign_negative() || value >= Decimal::from(LIMIT) {
            return Err(D::Error::custom(format!("{value} is not between 0 and {LIMIT}")));
        }
        Ok(value)
    }
}

/// Everything the inpatient payment of one fiscal year needs beside the DRG weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// The federal fiscal year.
    pub fiscal_year: FiscalYear,
    /// First discharge date the figures govern.
    pub first: Date,
    /// Last discharge date the figures govern.
    pub last: Date,
    /// How far the file can be trusted.
    pub status: Status,
    /// What it was checked against.
    pub evidence: String,
    /// What a reader of a worksheet must know about the year, in plain words.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What the claim is checked for before anything is computed.
    pub claim: ClaimRules,
    /// Operating standardized amounts.
    pub operating: OperatingRates,
    /// Capital rate and its adjustments.
    pub capital: CapitalRates,
    /// Operating disproportionate-share adjustment.
    pub disproportionate_share: OperatingShareHospital,
    /// Operating indirect medical education adjustment.
    pub teaching: TeachingRates,
    /// Transfers.
    pub transfer: TransferRules,
    /// Cost outliers.
    pub outlier: OutlierRules,
    /// Limits on a hospital's wage index.
    pub wage_index: Option<WageIndexRules>,
    /// Sole community, essential access and Medicare-dependent hospitals.
    pub hospital_specific: Option<HospitalSpecific>,
    /// Hospital Readmissions Reduction Program.
    pub readmissions: Option<Readmissions>,
    /// Hospital Value-Based Purchasing Program.
    pub value_based_purchasing: Option<ValueBasedPurchasing>,
    /// Hospital-Acquired Condition Reduction Program.
    pub hospital_acquired: Option<HospitalAcquired>,
    /// Low-volume adjustment.
    pub low_volume: Option<LowVolume>,
    /// New technologies; `None` where the year's list is not at hand.
    pub new_technology: Option<NewTechnology>,
    /// Islet cell transplantation in a clinical trial.
    pub islet_cells: Option<IsletCells>,
    /// Increase for COVID-19 discharges.
    pub covid_discharge: Option<CovidDischarge>,
    /// New COVID-19 treatments add-on.
    pub covid_treatment: Option<CovidTreatment>,
    /// Cases whose costly product was given free of charge.
    pub donated_product: Option<DonatedProduct>,
    /// What the reduction for electronic health records saved.
    pub electronic_records: Option<ElectronicRecords>,
    /// The standardized value of the case, comparable between hospitals.
    pub standardization: Option<Standardization>,
    /// Factors for the payment of hospitals at certain locations, by the old metropolitan area number.
    #[serde(default)]
    pub location_factors: Vec<LocationFactor>,
}

/// A factor on the payment of hospitals at one location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocationFactor {
    /// The metropolitan statistical area number in the provider record.
    pub location: u16,
    /// The factor.
    #[serde(with = "exact")]
    pub factor: Decimal,
}

/// Why a rates file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RatesError {
    /// The text is not what a rates file holds.
    #[error("{file}: {error}")]
    Text {
        /// The file's name.
        file: String,
        /// What and where, in the parser's words.
        error: Box<toml::de::Error>,
    },
    /// The file ends before it begins.
    #[error("{file}: last date {last} is before first date {first}")]
    Dates {
        /// The file's name.
        file: String,
        /// First date in the file.
        first: Date,
        /// Last date in the file.
        last: Date,
    },
}

impl Rates {
    /// Reads a year's file; `file` names it in errors.
    pub fn parse(file: &str, text: &str) -> Result<Self, RatesError> {
        let rates: Self = toml::from_str(text)
            .map_err(|error| RatesError::Text { file: file.to_owned(), error: Box::new(error) })?;
        if rates.last < rates.first {
            return Err(RatesError::Dates { file: file.to_owned(), first: rates.first, last: rates.last });
        }
        Ok(rates)
    }

    /// The location factor of the area numbered `location`; 1 where the year has none for it.
    pub fn location_factor(&self, location: u16) -> Decimal {
        let found = self.location_factors.iter().find(|row| row.location == location);
        found.map_or(Decimal::ONE, |row| row.factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEARS: [&str; 4] = [
        include_str!("../../../../data/ipps/rates-fy2024.toml"),
        include_str!("../../../../data/ipps/rates-fy2025.toml"),
        include_str!("../../../../data/ipps/rates-fy2026.toml"),
        include_str!("../../../../data/ipps/rates-fy2027.toml"),
    ];

    #[test]
    fn every_kept_year_reads_and_covers_its_fiscal_year() {
        for (text, year) in YEARS.iter().zip(2024..) {
            let rates = Rates::parse("rates.toml", text).unwrap();
            assert_eq!(rates.fiscal_year, FiscalYear(year));
            assert_eq!(
                (rates.first, rates.last),
                (FiscalYear(year).first_day(), FiscalYear(year).last_day())
            );
            assert_eq!(rates.outlier.fixed_loss.is_none(), year == 2027, "{year}");
            let amount = rates.operating.amount(true, true, true).unwrap();
            let other = rates.operating.amount(true, true, false).unwrap();
            assert_eq!(
                amount.labor + amount.nonlabor,
                other.labor + other.nonlabor,
                "{year}: two splits, one total"
            );
        }
    }

    #[test]
    fn the_splits_of_an_amount_follow_the_labour_share() {
        for text in YEARS {
            let rates = Rates::parse("rates.toml", text).unwrap();
            for amount in &rates.operating.amounts {
                let index = if amount.wage_index_above_one { Decimal::TWO } else { Decimal::ONE };
                let share = rates.operating.labor_share(index).value;
                let error = (amount.labor + amount.nonlabor) * share - amount.labor;
                assert!(error.abs() < "0.02".parse().unwrap(), "{} {amount:?}", rates.fiscal_year);
            }
        }
    }

    #[test]
    fn a_wrong_file_says_what_is_wrong() {
        for (right, wrong, message) in [
            ("value = \"0.2025\"", "value = 0.2025", "invalid type"),
            ("value = \"0.2025\"", "value = \"-1\"", "is not between 0 and"),
            ("[claim]", "[claims]", "unknown field `claims`"),
            ("last = \"2026-09-30\"", "last = \"2025-09-30\"", "is before first date"),
        ] {
            let error = Rates::parse("rates.toml", &YEARS[2].replace(right, wrong)).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
