//! The register of editions: which publication of which family holds on which dates, from whom, and how well checked.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Pack, PackError};

/// A kind of regulation that changes by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// ICD-10-CM diagnosis codes.
    Icd10cm,
    /// ICD-10-PCS procedure codes.
    Icd10pcs,
    /// MS-DRG grouper tables.
    Msdrg,
    /// Medicare Code Editor tables.
    Mce,
    /// IPPS Table 5: relative weights and mean lengths of stay.
    IppsTable5,
    /// IPPS national rates and factors.
    IppsRates,
}

/// How far an edition can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being entered; not for use without a warning.
    Draft,
    /// Usable, with gaps that its evidence names.
    Partial,
    /// Checked as its evidence says.
    Verified,
}

/// One dated publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The kind of regulation.
    pub family: Family,
    /// The publication's own version: `2027` for a fiscal year, `44.0` for a grouper.
    pub version: String,
    /// First discharge date it governs.
    pub first: Date,
    /// Last discharge date it governs.
    pub last: Date,
    /// Who published it, and how it came here.
    pub source: String,
    /// How far it can be trusted.
    pub status: Status,
    /// What it was checked against, with figures.
    pub evidence: String,
    /// The files under `data/` that hold it.
    pub files: Vec<String>,
}

/// All editions of a pack.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    #[serde(rename = "edition")]
    editions: Vec<Edition>,
}

/// A date that no edition of a family governs. Never answered with the nearest one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no {family} edition governs {date}; held are {held}")]
pub struct NoEdition {
    /// The family that is missing.
    pub family: Family,
    /// The date asked for.
    pub date: Date,
    /// The dates the pack does hold for the family.
    pub held: String,
}

/// What is wrong with the register.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// The register's text is not readable.
    #[error("editions.toml: {0}")]
    Text(#[from] toml::de::Error),
    /// The pack is not readable.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// Two editions of one family claim one date, or an interval ends before it begins.
    #[error("editions.toml: {0}")]
    Intervals(String),
}

impl Edition {
    /// The identity stored with every result: family and version, such as `msdrg 44.0`.
    pub fn id(&self) -> String {
        format!("{} {}", self.family, self.version)
    }
}

impl Registry {
    /// The pack section and the file under `data/` that hold the register.
    pub const SECTION: &'static str = "editions.toml";

    /// Reads the register, refusing overlapping editions of one family.
    pub fn parse(text: &str) -> Result<Self, EditionError> {
        let mut registry: Self = toml::from_str(text)?;
        registry.editions.sort_by_key(|e| (e.family, e.first));
        for edition in &registry.editions {
            if edition.last < edition.first {
                return Err(EditionError::Intervals(format!("{} ends before it begins", edition.id())));
            }
        }
        for pair in registry.editions.windows(2) {
            if pair[0].family == pair[1].family && pair[1].first <= pair[0].last {
                let both = format!("{} and {} claim the same dates", pair[0].id(), pair[1].id());
                return Err(EditionError::Intervals(both));
            }
        }
        Ok(registry)
    }

    /// Opens the register of `pack`.
    pub fn open(pack: &Pack) -> Result<Self, EditionError> {
        Self::parse(&pack.text(Self::SECTION)?)
    }

    /// All editions, by family and date.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The edition of `family` that governs `date`.
    pub fn on(&self, family: Family, date: Date) -> Result<&Edition, NoEdition> {
        let of_family = || self.editions.iter().filter(move |e| e.family == family);
        of_family().find(|e| (e.first..=e.last).contains(&date)).ok_or_else(|| {
            let held: Vec<_> =
                of_family().map(|e| format!("{} ({} to {})", e.version, e.first, e.last)).collect();
            NoEdition { family, date, held: if held.is_empty() { "none".into() } else { held.join(", ") } }
        })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Draft => "draft",
            Self::Partial => "partial",
            Self::Verified => "verified",
        })
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Icd10cm => "icd10cm",
            Self::Icd10pcs => "icd10pcs",
            Self::Msdrg => "msdrg",
            Self::Mce => "mce",
            Self::IppsTable5 => "ipps-table5",
            Self::IppsRates => "ipps-rates",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TWO_YEARS: &str = r#"
        [[edition]]
        family = "msdrg"
        version = "43.1"
        first = "2026-04-01"
        last = "2026-09-30"
        source = "CMS"
        status = "verified"
        evidence = "35,000 cases, none different"
        files = []
        [[edition]]
        family = "msdrg"
        version = "44.0"
        first = "2026-10-01"
        last = "2027-03-31"
        source = "CMS"
        status = "verified"
        evidence = "10,000 cases, none different"
        files = []
    "#;

    #[test]
    fn the_date_chooses_and_a_gap_is_named() {
        let registry = Registry::parse(TWO_YEARS).unwrap();
        assert_eq!(registry.on(Family::Msdrg, date(2026, 9, 30)).unwrap().id(), "msdrg 43.1");
        assert_eq!(registry.on(Family::Msdrg, date(2026, 10, 1)).unwrap().id(), "msdrg 44.0");
        let gap = registry.on(Family::Msdrg, date(2027, 4, 1)).unwrap_err();
        assert_eq!(
            gap.to_string(),
            "no msdrg edition governs 2027-04-01; held are 43.1 (2026-04-01 to 2026-09-30), 44.0 (2026-10-01 to 2027-03-31)"
        );
        let none = registry.on(Family::Mce, date(2026, 10, 1)).unwrap_err();
        assert_eq!(none.to_string(), "no mce edition governs 2026-10-01; held are none");
    }

    #[test]
    fn overlapping_editions_are_refused() {
        let overlapping = TWO_YEARS.replace("2026-10-01", "2026-09-30");
        assert!(matches!(Registry::parse(&overlapping), Err(EditionError::Intervals(_))));
    }
}
