//! The classification manuals at one code: when it is valid, what it is called, where it stands.
//!
//! A pack holds each manual in *pages*, one for the codes that share two characters, so that looking up a code
//! unpacks a few kilobytes and leaves the other hundred thousand titles alone.

mod compose;
mod diagnosis;
mod page;
mod procedure;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Code, Family, NoEdition, Pack, PackError, Registry, TableError};

pub use compose::compose_title;
pub use diagnosis::{DiagnosisCard, Division};
pub use page::{Entry, pages};
pub use procedure::{Axes, Axis, ProcedureCard};

/// One of the two classifications of an inpatient claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Classification {
    /// ICD-10-CM: diagnoses.
    Icd10cm,
    /// ICD-10-PCS: procedures.
    Icd10pcs,
}

/// Why a manual cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ManualError {
    /// The pack is damaged.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A table of the pack is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// No edition of the manual governs the date.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
}

/// The manuals of an opened pack.
#[derive(Debug, Clone)]
pub struct Manual<'p> {
    pack: &'p Pack,
}

impl Classification {
    /// Both, diagnoses first.
    pub const ALL: [Self; 2] = [Self::Icd10cm, Self::Icd10pcs];

    /// The folder under `data/`, and the first part of the section names.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Icd10cm => "icd10cm",
            Self::Icd10pcs => "icd10pcs",
        }
    }

    /// The editions that govern it.
    pub const fn family(self) -> Family {
        match self {
            Self::Icd10cm => Family::Icd10cm,
            Self::Icd10pcs => Family::Icd10pcs,
        }
    }

    /// The code as the manual prints it.
    pub fn print(self, code: Code) -> String {
        match self {
            Self::Icd10cm => code.dotted(),
            Self::Icd10pcs => code.to_string(),
        }
    }
}

impl<'p> Manual<'p> {
    /// The manuals of `pack`. Nothing is unpacked yet.
    pub const fn new(pack: &'p Pack) -> Self {
        Self { pack }
    }

    /// The entry of `code`, a valid code of any date or a header; `None` if the manual has no such entry.
    pub fn entry(&self, of: Classification, code: Code) -> Result<Option<Entry>, PackError> {
        Ok(self.page(of, code)?.into_iter().find(|entry| entry.code == code))
    }

    /// Every entry of a manual, in order of code.
    pub fn entries(&self, of: Classification) -> Result<Vec<Entry>, PackError> {
        let prefix = page::section_prefix(of);
        let mut entries = Vec::new();
        for section in self.pack.sections() {
            if section.name.starts_with(&prefix) {
                entries.extend(self.pack.decode::<Vec<Entry>>(&section.name)?);
            }
        }
        Ok(entries)
    }

    /// Everything the diagnosis manual says of `code` on `date`; `None` if it has no such code or header.
    pub fn diagnosis(&self, code: Code, date: Date) -> Result<Option<DiagnosisCard>, ManualError> {
        self.must_govern(Classification::Icd10cm, date)?;
        diagnosis::card(self, code, date)
    }

    /// The chapters of the diagnosis manual and its blocks, in the manual's order.
    pub fn divisions(&self) -> Result<(Vec<Division>, Vec<Division>), ManualError> {
        diagnosis::divisions(self)
    }

    /// Everything the procedure manual says of `code` on `date`; `None` if it has no such code.
    pub fn procedure(&self, code: Code, date: Date) -> Result<Option<ProcedureCard>, ManualError> {
        self.must_govern(Classification::Icd10pcs, date)?;
        procedure::card(self, code, date)
    }

    fn must_govern(&self, of: Classification, date: Date) -> Result<(), ManualError> {
        // The register was read when the pack was built; a pack whose register is broken cannot be built.
        let registry =
            Registry::open(self.pack).map_err(|_| PackError::Format(Registry::SECTION.to_owned()))?;
        registry.on(of.family(), date)?;
        Ok(())
    }

    /// The page on which `code` stands; empty if the manual has no such page.
    fn page(&self, of: Classification, code: Code) -> Result<Vec<Entry>, PackError> {
        match self.pack.decode(&page::section_name(of, code)) {
            Err(PackError::Missing(_)) => Ok(Vec::new()),
            read => read,
        }
    }

    fn text(&self, of: Classification, file: &str) -> Result<String, PackError> {
        self.pack.text(&format!("{}/{file}", of.folder()))
    }
}

#[cfg(test)]
mod tests;
