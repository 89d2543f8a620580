//! The grouper of one version, opened from a pack.

use std::fmt;
use std::sync::Arc;

use codeset::{CodeIndex, Version};

use super::assign::Assignment;
use super::claim::{ComputedAtoms, Scratch};
use super::clusters::Clusters;
use super::counters::Counters;
use super::exclusions::ExclusionMatrix;
use super::facts::Facts;
use super::logic::Logic;
use super::tables::MsdrgTables;
use crate::{Case, OpenError};

/// The MS-DRG grouper of one version.
#[derive(Debug)]
pub struct Grouper {
    pub(crate) version: Version,
    pub(crate) tables: Arc<MsdrgTables>,
    pub(crate) codes: Arc<CodeIndex>,
    pub(crate) exclusions: Arc<ExclusionMatrix>,
    pub(crate) facts: Facts,
    pub(crate) logic: Logic,
    pub(crate) computed: ComputedAtoms,
    pub(crate) clusters: Clusters,
    pub(crate) diagnosis_counters: Counters,
    pub(crate) procedure_counters: Counters,
    /// `(principal diagnosis, MDC of a male, MDC of a female)`, in order.
    pub(crate) mdc_by_sex: Vec<(u32, u8, u8)>,
}

/// A case's DRG before and after the hospital-acquired-condition rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grouping {
    /// Before: all secondary diagnoses count.
    pub initial: Assignment,
    /// After: the DRG that is paid. Its return code is that of the case.
    pub last: Assignment,
}

/// How grouping ended, by the names the CMS grouper uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnCode {
    /// Grouped.
    Ok,
    /// The principal diagnosis is no code of the version.
    InvalidPrincipal,
    /// The principal diagnosis is an external cause.
    DiagnosisCannotBePrincipal,
    /// The DRG depends on sex and none is known.
    InvalidSex,
    /// The DRG depends on whether the patient lived and the discharge status is no valid code.
    InvalidDischargeStatus,
    /// No formula of the MDC is true.
    Ungroupable,
    /// A hospital-acquired condition is met and a listed diagnosis has no usable present-on-admission indicator.
    HacMissingPoa,
    /// Hospital status unknown, a condition met, several secondary diagnoses.
    HacStatusUnknownSeveral,
    /// Hospital status unknown, one secondary diagnosis, present on admission `N` or `U`.
    HacStatusUnknownPoaNoOrUndetermined,
    /// Hospital status unknown, one secondary diagnosis, present on admission blank, `1` or invalid.
    HacStatusUnknownPoaInvalid,
}

impl Grouper {
    pub(crate) fn open(
        tables: &Arc<MsdrgTables>,
        exclusions: &Arc<ExclusionMatrix>,
        codes: &Arc<CodeIndex>,
        version: Version,
    ) -> Result<Self, OpenError> {
        let logic = Logic::open(tables, version)?;
        let mut mdc_by_sex: Vec<_> = tables
            .mdc_by_sex
            .iter()
            .filter(|r| r.span.holds(version))
            .map(|r| (r.number, r.male, r.female))
            .collect();
        mdc_by_sex.sort_unstable();
        Ok(Self {
            facts: Facts::open(tables, version, codes, &logic.names, &logic.suppressions),
            computed: ComputedAtoms::open(tables, version, &logic.names),
            clusters: Clusters::open(tables, version, codes.procedures.count()),
            diagnosis_counters: Counters::open(tables, version, &logic.names, false),
            procedure_counters: Counters::open(tables, version, &logic.names, true),
            exclusions: Arc::clone(exclusions),
            tables: Arc::clone(tables),
            codes: Arc::clone(codes),
            version,
            logic,
            mdc_by_sex,
        })
    }

    /// The version whose tables these are.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Groups `case`. Never fails: what is wrong with the case is the return code. `case` must be numbered against
    /// the pack this grouper was opened from.
    #[inline]
    pub fn group(&self, case: &Case, scratch: &mut Scratch) -> Grouping {
        if let Err(code) = self.read(case, scratch) {
            let refused = Assignment::refused(code);
            return Grouping { initial: refused, last: refused };
        }
        let initial = self.assign(scratch);
        Grouping { initial, last: self.settle(case, scratch, initial) }
    }
}

impl ReturnCode {
    /// The name the CMS grouper prints.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::InvalidPrincipal => "INVALID_PDX",
            Self::DiagnosisCannotBePrincipal => "DX_CANNOT_BE_PDX",
            Self::InvalidSex => "INVALID_SEX",
            Self::InvalidDischargeStatus => "INVALID_DISCHARGE_STATUS",
            Self::Ungroupable => "UNGROUPABLE",
            Self::HacMissingPoa => "HAC_MISSING_ONE_POA",
            Self::HacStatusUnknownSeveral => "HAC_STATUS_INVALID_MULT_HACS_POA_NOT_Y_W",
            Self::HacStatusUnknownPoaNoOrUndetermined => "HAC_STATUS_INVALID_POA_N_OR_U",
            Self::HacStatusUnknownPoaInvalid => "HAC_STATUS_INVALID_POA_INVALID_OR_1",
        }
    }

    /// What it means, for people.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Ok => "grouped",
            Self::InvalidPrincipal => "the principal diagnosis is no valid code of this version",
            Self::DiagnosisCannotBePrincipal => "an external cause cannot be the principal diagnosis",
            Self::InvalidSex => "the DRG depends on the patient's sex, which is unknown",
            Self::InvalidDischargeStatus => {
                "the DRG depends on whether the patient was discharged alive, and the discharge status is not valid"
            }
            Self::Ungroupable => "no formula of the major diagnostic category is true",
            Self::HacMissingPoa => {
                "a hospital-acquired condition is met and a listed diagnosis lacks its present-on-admission indicator"
            }
            Self::HacStatusUnknownSeveral
            | Self::HacStatusUnknownPoaNoOrUndetermined
            | Self::HacStatusUnknownPoaInvalid => {
                "a hospital-acquired condition is met and it is unknown whether the hospital is exempt"
            }
        }
    }
}

impl fmt::Display for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
