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
    edition
        .files
        .first()
        .cloned()
        .ok_or_else(|| YearError::NoFile(edition.id()))
}
