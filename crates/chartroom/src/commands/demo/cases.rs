//! The demo's cases, as `demo/cases.toml` writes them.

use std::collections::BTreeMap;

use bulk::{Billing, Claim};
use codeset::{Code, CodeIndex, parse_date};
use grouper::{Case, HospitalStatus, Procedure, Sex};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::commands::parse_diagnosis;
use crate::report::CaseReport;

/// The invented hospitals.
pub(super) const PROVIDERS: &str = include_str!("../../../demo/providers.toml");
/// The invented payers.
pub(super) const PAYERS: &str = include_str!("../../../demo/payers.toml");
const CASES: &str = include_str!("../../../demo/cases.toml");

#[derive(Debug, Deserialize)]
struct File {
    case: Vec<DemoCase>,
}

/// One synthetic stay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DemoCase {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) story: String,
    discharge_date: String,
    age: i16,
    sex: String,
    discharge_status: u8,
    #[serde(default)]
    hospital_status: String,
    los: u16,
    #[serde(default)]
    admit_dx: String,
    pdx: String,
    sdx: Vec<String>,
    procedures: Vec<String>,
    charges: Decimal,
    #[serde(default)]
    provider: String,
    #[serde(default)]
    payer: String,
    pub(super) expected: Expected,
}

/// What the case's author says comes out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// Where it differs from the final DRG.
    pub(super) initial_drg: Option<u16>,
    pub(super) drg: u16,
    pub(super) edits: BTreeMap<String, u16>,
}

/// All cases.
pub(super) fn all() -> Result<Vec<DemoCase>, toml::de::Error> {
    toml::from_str::<File>(CASES).map(|file| file.case)
}

impl DemoCase {
    /// Whether name or title contain `text`, in capitals or not.
    pub(super) fn mentions(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.id.contains(&text) || self.title.to_lowercase().contains(&text)
    }

    /// Whether `report` comes to the DRGs and edits the case's author wrote down.
    pub(super) fn is_as_expected(&self, report: &CaseReport) -> bool {
        let grouping = report.outcome.grouping;
        let edits = report.outcome.edits.counts().map(|(edit, count)| (edit.name().to_owned(), count));
        let Expected { initial_drg, drg, edits: expected } = &self.expected;
        grouping.last.drg.0 == *drg
            && grouping.initial.drg.0 == initial_drg.unwrap_or(*drg)
            && edits.collect::<BTreeMap<_, _>>() == *expected
    }

    /// The case as a claim.
    pub(super) fn claim(&self, codes: &CodeIndex) -> Result<Claim, codeset::CodeError> {
        let diagnosis = |text: &String| parse_diagnosis(text, codes);
        let admitting = (!self.admit_dx.is_empty()).then(|| diagnosis(&self.admit_dx)).transpose()?;
        let procedure = |text: &String| Ok(Procedure::new(Code::parse(text)?, codes));
        let case = Case {
            id: self.id.clone(),
            age_years: Some(self.age),
            sex: match self.sex.as_str() {
                "M" => Sex::Male,
                "F" => Sex::Female,
                _ => Sex::Unknown,
            },
            discharge_status: self.discharge_status,
            hospital_status: match self.hospital_status.as_str() {
                "EXEMPT" => HospitalStatus::Exempt,
                "UNKNOWN" => HospitalStatus::Unknown,
                _ => HospitalStatus::NonExempt,
            },
            discharge_date: parse_date(&self.discharge_date).unwrap_or_default(),
            stay_days: Some(self.los),
            admitting,
            principal: diagnosis(&self.pdx)?,
            secondary: self.sdx.iter().map(diagnosis).collect::<Result<_, _>>()?,
            procedures: self.procedures.iter().map(procedure).collect::<Result<_, _>>()?,
            ..Case::default()
        };
        let (provider, payer) = (self.provider.clone(), self.payer.clone());
        let billing = Billing { charges: Some(self.charges), provider, payer, ..Billing::default() };
        Ok(Claim { case, billing })
    }
}
