//! The compiled form of the text tables under `data/msdrg/`: the pack section `msdrg.bin`, all versions together.

use codeset::Version;
use serde::{Deserialize, Serialize};

use crate::code_rows::CodeRows;

/// Everything the grouper knows, for all versions it holds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct MsdrgTables {
    /// Attribute names; their place is their number.
    pub(crate) attributes: Vec<String>,
    /// Every combination of attributes that some code carries; the first is empty.
    pub(crate) attribute_sets: Vec<Vec<u16>>,
    /// Every combination of what the tables say of a diagnosis code.
    pub(crate) diagnosis_kinds: Vec<DiagnosisKind>,
    /// Values are places in `diagnosis_kinds`.
    pub(crate) diagnoses: CodeRows<Span>,
    /// Values are places in `attribute_sets`.
    pub(crate) procedures: CodeRows<Span>,
    pub(crate) clusters: Vec<ClusterRow>,
    pub(crate) exclusions: Exclusions,
    pub(crate) formulas: Vec<FormulaRow>,
    pub(crate) hac_formulas: Vec<HacFormulaRow>,
    pub(crate) mdc_by_sex: Vec<MdcBySexRow>,
    pub(crate) discharge_statuses: Vec<DischargeStatusRow>,
    pub(crate) counters: Vec<CounterRow>,
    pub(crate) drg_titles: Vec<TitleRow>,
    pub(crate) mdc_titles: Vec<TitleRow>,
    pub(crate) hac_titles: Vec<TitleRow>,
}

/// The versions a row holds for, first and last included; `last` is the highest number for a row still in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Span {
    pub(crate) first: Version,
    pub(crate) last: Version,
}

impl Span {
    pub(crate) const OPEN: Version = Version(u16::MAX);

    pub(crate) fn holds(&self, version: Version) -> bool {
        (self.first..=self.last).contains(&version)
    }
}

/// How a secondary diagnosis raises the resources a stay needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Neither: a non-CC.
    #[default]
    None,
    /// Complication or comorbidity.
    Cc,
    /// Major complication or comorbidity.
    Mcc,
}

/// Whether a DRG is reached by an operation or by diagnosis alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum DrgType {
    /// No type: ungroupable.
    #[default]
    None,
    /// Medical.
    Medical,
    /// Surgical.
    Surgical,
}

/// What the tables say of a diagnosis code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub(crate) struct DiagnosisKind {
    pub(crate) mdc: u8,
    pub(crate) severity: Severity,
    /// A place in `attribute_sets`.
    pub(crate) attributes: u16,
    /// The hospital-acquired conditions the code belongs to, a bit each by number.
    pub(crate) hacs: u16,
}

/// Procedures that together act as one more procedure.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ClusterRow {
    /// The pseudo-code's number, whose attributes a met cluster adds.
    pub(crate) number: u32,
    pub(crate) span: Span,
    /// MDCs in which the components' own attributes count for nothing, a bit each.
    pub(crate) suppressed_mdcs: u32,
    /// Each choice needs one of its procedures on the claim.
    pub(crate) choices: Vec<Vec<u32>>,
}

/// Which principal diagnosis takes away which secondary diagnosis' severity. Secondary diagnoses that lie in the
/// same groups form a class, so that the test is one bit in a table of groups by classes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Exclusions {
    /// `(secondary diagnosis, class)`.
    pub(crate) class_of: Vec<(u32, u16)>,
    /// By group number: the classes it excludes.
    pub(crate) groups: Vec<Vec<u16>>,
    /// By principal diagnosis; values are group numbers.
    pub(crate) principal: CodeRows<Span>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FormulaRow {
    pub(crate) mdc: u8,
    pub(crate) span: Span,
    pub(crate) rank: u16,
    pub(crate) base_drg: u16,
    pub(crate) drg: u16,
    pub(crate) kind: DrgType,
    /// The severity the DRG stands for.
    pub(crate) severity: Severity,
    pub(crate) reroute_mdc: u8,
    pub(crate) formula: String,
    /// A secondary diagnosis with one of these attributes does not count as MCC or CC here.
    pub(crate) severity_suppression: Vec<u16>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct HacFormulaRow {
    pub(crate) hac: u8,
    pub(crate) span: Span,
    pub(crate) formula: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MdcBySexRow {
    pub(crate) number: u32,
    pub(crate) span: Span,
    pub(crate) male: u8,
    pub(crate) female: u8,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DischargeStatusRow {
    pub(crate) status: u8,
    pub(crate) span: Span,
    /// The atom the status makes true; blank for none.
    pub(crate) mark: String,
}

/// A condition that counts attributes over the codes of a claim.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CounterRow {
    pub(crate) atom: String,
    pub(crate) span: Span,
    pub(crate) over_procedures: bool,
    /// `(attribute, weight)`.
    pub(crate) terms: Vec<(u16, u16)>,
    /// Only codes with this attribute count.
    pub(crate) only_with: Option<u16>,
    pub(crate) least_sum: u16,
    pub(crate) least_different: u16,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TitleRow {
    pub(crate) number: u16,
    pub(crate) span: Span,
    pub(crate) title: String,
}
