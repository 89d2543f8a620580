//! A fiscal year's rates and weights, chosen by discharge date.

use codeset::{Family, NoEdition, Pack, PackError, Registry, TableError};
use jiff::civil::Date;

use crate::rates::{Rates, RatesError};
use crate::weights::DrgWeights;

/// What one fiscal year lays down: its rates and its DRG weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// Rates, thresholds, programs.
    pub rates: Rates,
    /// Relative weights and mean lengths of stay.
    pub weights: DrgWeights,
}

/// Why a year cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum YearError {
    /// No rates or no weights for the date.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// The pack does not hold a file its register names.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The rates are not readable.
    #[error(transparent)]
    Rates(#[from] RatesError),
    /// The weights are not readable.
    #[error(transparent)]
    Weights(#[from] TableError),
    /// The register names no file for an edition.
    #[error("editions.toml: {0} names no file")]
    NoFile(String),
}

impl Year {
    /// Opens the year that governs discharges on `day`. A date without rates or weights is an error that names the
    /// missing family.
    pub fn open(pack: &Pack, registry: &Registry, day: Date) -> Result<Self, YearError> {
        let rates = file_of(registry, Family::IppsRates, day)?;
        let weights = file_of(registry, Family::IppsTable5, day)?;
        Ok(Self {
            rates: Rates::parse(&rates, &pack.text(&rates)?)?,
            weights: DrgWeights::parse(&weights, &pack.text(&weights)?)?,
        })
    }
}

fn file_of(registry: &Registry, family: Family, day: Date) -> Result<String, YearError> {
    let edition = registry.on(family, day)?;
    edition.files.first().cloned().ok_or_else(|| YearError::NoFile(edition.id()))
}

#[cfg(test)]
mod tests {
    use codeset::{Drg, PackWriter};
    use jiff::civil::date;

    use super::*;

    /// A pack of fiscal years 2025 to 2027 as the register lists them.
    fn pack() -> Pack {
        let mut writer = PackWriter::default();
        for (name, text) in [
            ("editions.toml", include_str!("../../../data/editions.toml")),
            ("ipps/rates-fy2027.toml", include_str!("../../../data/ipps/rates-fy2027.toml")),
            ("ipps/table5-fy2027.tsv", include_str!("../../../data/ipps/table5-fy2027.tsv")),
        ] {
            writer.add(name, text.as_bytes().to_vec());
        }
        Pack::open(writer.finish(1).unwrap()).unwrap()
    }

    #[test]
    fn the_discharge_date_chooses_and_a_gap_names_the_family() {
        let pack = pack();
        let registry = Registry::open(&pack).unwrap();
        let year = Year::open(&pack, &registry, date(2026, 11, 3)).unwrap();
        assert_eq!(year.rates.fiscal_year, codeset::FiscalYear(2027));
        assert_eq!(year.weights.get(Drg(470)).unwrap().weight, Some("1.9563".parse().unwrap()));
        let error = |day: Date| Year::open(&pack, &registry, day).unwrap_err().to_string();
        assert!(error(date(2025, 3, 1)).starts_with("no ipps-table5 edition governs 2025-03-01"));
        assert!(error(date(2023, 3, 1)).starts_with("no ipps-rates edition governs 2023-03-01"));
        assert!(error(date(2026, 3, 1)).contains("has no section 'ipps/rates-fy2026.toml'"));
    }
}
