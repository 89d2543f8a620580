//! Everything an inpatient case needs, opened from one pack; the discharge date chooses.

use std::sync::{Arc, OnceLock};

use codeset::{CodeIndex, Edition, EditionError, Family, NoEdition, Pack, PackError, Registry, Version};
use jiff::civil::Date;

use crate::Case;
use crate::compile::{MCE_SECTION, MSDRG_SECTION};
use crate::formula::FormulaError;
use crate::mce::{EditScratch, EditSummary, Editor};
use crate::msdrg::exclusions::ExclusionMatrix;
use crate::msdrg::tables::MsdrgTables;
use crate::msdrg::{Grouper, Grouping, Scratch};

/// The grouper of every version and the editor, opened when first needed.
#[derive(Debug)]
pub struct Desk {
    codes: Arc<CodeIndex>,
    editions: Registry,
    tables: Arc<MsdrgTables>,
    exclusions: Arc<ExclusionMatrix>,
    groupers: Vec<(Version, OnceLock<Result<Grouper, OpenError>>)>,
    editor: Editor,
}

/// What the desk says of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The grouper version used.
    pub version: Version,
    /// Its DRGs.
    pub grouping: Grouping,
    /// The edits of the discharge date.
    pub edits: EditSummary,
}

/// Room in which a case is worked on, reused from case to case. One per thread.
#[derive(Debug, Default)]
pub struct DeskScratch {
    grouper: Scratch,
    editor: EditScratch,
}

/// Why an edition cannot be opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OpenError {
    /// The pack is not readable.
    #[error("{0}")]
    Pack(String),
    /// A formula is not readable.
    #[error("formula '{0}': {1}")]
    Formula(String, FormulaError),
    /// More of something than the engine has room for.
    #[error("the grouper tables hold more {0} than the engine has room for")]
    TooLarge(&'static str),
}

/// Why a case cannot be worked on at all.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DeskError {
    /// No edition governs the discharge date.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
    /// The version asked for is not held.
    #[error("MS-DRG version {0} is not held; `chartroom edition list` shows which are")]
    NoVersion(Version),
    /// The edition cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<PackError> for OpenError {
    fn from(error: PackError) -> Self {
        Self::Pack(error.to_string())
    }
}

impl From<EditionError> for OpenError {
    fn from(error: EditionError) -> Self {
        Self::Pack(error.to_string())
    }
}

impl Desk {
    /// Opens the desk from `pack`.
    pub fn open(pack: &Pack) -> Result<Self, OpenError> {
        let codes = CodeIndex::open(pack)?;
        let editions = Registry::open(pack)?;
        let tables: MsdrgTables = pack.decode(MSDRG_SECTION)?;
        let held = editions.editions().iter().filter(|e| e.family == Family::Msdrg);
        let versions = held.filter_map(|e| e.version.parse().ok());
        Ok(Self {
            groupers: versions.map(|version| (version, OnceLock::new())).collect(),
            editor: Editor::new(pack.decode(MCE_SECTION)?, &codes),
            exclusions: Arc::new(ExclusionMatrix::new(&tables.exclusions)),
            tables: Arc::new(tables),
            editions,
            codes: Arc::new(codes),
        })
    }

    /// The codes of the pack, by which cases are numbered.
    pub fn codes(&self) -> &CodeIndex {
        &self.codes
    }

    pub(crate) fn tables(&self) -> &MsdrgTables {
        &self.tables
    }

    /// The editions of the pack.
    pub fn editions(&self) -> &Registry {
        &self.editions
    }

    /// The editor.
    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    /// The grouper versions held, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = Version> {
        self.groupers.iter().map(|(version, _)| *version)
    }

    /// The grouper of `version`.
    pub fn grouper(&self, version: Version) -> Result<&Grouper, DeskError> {
        let held = self.groupers.iter().find(|(v, _)| *v == version);
        let (_, grouper) = held.ok_or(DeskError::NoVersion(version))?;
        let opened =
            grouper.get_or_init(|| Grouper::open(&self.tables, &self.exclusions, &self.codes, version));
        opened.as_ref().map_err(|error| error.clone().into())
    }

    /// The grouper for `case`: the version it asks for, or that of its discharge date.
    pub fn grouper_for(&self, case: &Case) -> Result<&Grouper, DeskError> {
        self.grouper_by(case.version, case.discharge_date)
    }

    fn grouper_by(&self, version: Option<Version>, date: Date) -> Result<&Grouper, DeskError> {
        match version {
            Some(version) => self.grouper(version),
            None => self.grouper(self.version_on(date)?),
        }
    }

    fn version_on(&self, date: Date) -> Result<Version, DeskError> {
        let edition = self.editions.on(Family::Msdrg, date)?;
        edition
            .version
            .parse()
            .map_err(|_| OpenError::Pack(format!("'{}' is no version", edition.id())).into())
    }

    /// The edition of the editor for `case`; an error when its discharge date lies outside every one.
    pub fn editor_edition(&self, case: &Case) -> Result<&Edition, NoEdition> {
        self.editions.on(Family::Mce, case.discharge_date)
    }

    /// Groups and edits `case`.
    pub fn process(&self, case: &Case, scratch: &mut DeskScratch) -> Result<Outcome, DeskError> {
        self.process_by(case.version, case, scratch)
    }

    /// Groups `case` by `version`, or by that of its discharge date, and edits it.
    pub fn process_by(
        &self,
        version: Option<Version>,
        case: &Case,
        scratch: &mut DeskScratch,
    ) -> Result<Outcome, DeskError> {
        let grouper = self.grouper_by(version, case.discharge_date)?;
        self.editor_edition(case)?;
        Ok(Outcome {
            version: grouper.version(),
            grouping: grouper.group(case, &mut scratch.grouper),
            edits: self.editor.edit(case, &mut scratch.editor),
        })
    }
}
