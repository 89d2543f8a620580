//! The compiled form of the text tables under `data/mce/`: the pack section `mce.bin`. Days are whole numbers such
//! as 20261001, and intervals end before `until`.

use serde::{Deserialize, Serialize};

use crate::code_rows::CodeRows;

use super::edit::{Edit, PaymentStage};

/// Everything the editor knows, for all dates it holds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct MceTables {
    /// Every combination of marks on some code.
    pub(crate) flag_sets: Vec<u32>,
    /// Codes are valid on their days; values are places in `flag_sets`.
    pub(crate) diagnoses: CodeRows<Days>,
    /// As `diagnoses`.
    pub(crate) procedures: CodeRows<Days>,
    pub(crate) age_ranges: Vec<AgeRangeRow>,
    pub(crate) discharge_statuses: Vec<StatusRow>,
    pub(crate) edits: Vec<EditRow>,
}

/// Days from `first` on, before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Days {
    pub(crate) first: u32,
    pub(crate) until: u32,
}

impl Days {
    pub(crate) fn hold(self, day: u32) -> bool {
        (self.first..self.until).contains(&day)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AgeRangeRow {
    /// The flag of the codes that need the age.
    pub(crate) flag: u32,
    pub(crate) from: i16,
    pub(crate) to: i16,
    pub(crate) days: Days,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StatusRow {
    pub(crate) status: u8,
    pub(crate) days: Days,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EditRow {
    pub(crate) edit: Edit,
    pub(crate) days: Days,
    pub(crate) stage: PaymentStage,
    pub(crate) limit: Option<i16>,
}
