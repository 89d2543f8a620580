//! Programs that add to or take from the payment. A year has those its file names.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Figure, ListedCode};

/// Hospitals paid the better of the federal and their own rate (42 CFR 412.92, 412.108, 412.109).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HospitalSpecific {
    /// Provider types paid the whole difference: sole community and essential access hospitals.
    pub full_types: Vec<u8>,
    /// Medicare-dependent hospitals.
    pub medicare_dependent: Option<MedicareDependent>,
    /// The updates since the year to which the rate in the provider record belongs; `None` where not at hand.
    pub updates: Option<Vec<UpdateStep>>,
}

/// Medicare-dependent, small rural hospitals (42 CFR 412.108).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MedicareDependent {
    /// Their provider types.
    pub types: Vec<u8>,
    /// The share of the difference they are paid.
    pub share: Figure,
    /// The last discharge date of the provision, where the law names one.
    pub last: Option<Date>,
}

/// One factor of the hospital-specific rate's update, by class of hospital where it differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateStep {
    /// The factor for a hospital that submitted quality data and is a meaningful user of electronic records.
    #[serde(with = "super::exact")]
    pub factor: Decimal,
    /// The factor without electronic records, where it differs.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    pub factor_without_records: Option<Decimal>,
    /// The factor without quality data, where it differs.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    pub factor_without_quality: Option<Decimal>,
    /// The factor without either, where it differs.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    pub factor_without_both: Option<Decimal>,
    /// Where it was published.
    pub source: String,
}

/// Hospital Readmissions Reduction Program (42 CFR 412.150 to 412.154).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readmissions {
    /// The least factor the law allows.
    pub factor_min: Figure,
    /// The greatest.
    pub factor_max: Figure,
    /// States outside the program.
    pub excluded_states: Vec<String>,
}

/// Hospital Value-Based Purchasing Program (42 CFR 412.160 to 412.167).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueBasedPurchasing {
    /// The least factor accepted.
    pub factor_min: Figure,
    /// The greatest.
    pub factor_max: Figure,
    /// States outside the program.
    pub excluded_states: Vec<String>,
}

/// Hospital-Acquired Condition Reduction Program (42 CFR 412.170 to 412.172).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HospitalAcquired {
    /// The share taken from the payment of a hospital in the worst quarter.
    pub reduction: Figure,
    /// States outside the program.
    pub excluded_states: Vec<String>,
}

/// Low-volume hospitals (42 CFR 412.101). The factor itself is in the provider record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LowVolume {
    /// The greatest factor accepted.
    pub factor_max: Figure,
}

/// New technologies (42 CFR 412.87, 412.88), in the order in which they are added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTechnology {
    /// Where the list was published.
    pub source: String,
    /// The technologies.
    pub technologies: Vec<Technology>,
}

/// One new technology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technology {
    /// Its name.
    pub name: String,
    /// The most that is added for a case, dollars.
    #[serde(with = "super::exact")]
    pub add_on_max: Decimal,
    /// The share of the excess cost that is added.
    #[serde(with = "super::exact")]
    pub share: Decimal,
    /// Procedure codes: one of each group must be on the claim.
    pub procedures: Vec<Vec<ListedCode>>,
}

/// Islet cells in a clinical trial, paid on top of everything (Medicare NCD 260.3.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IsletCells {
    /// The diagnosis that must be on the claim.
    pub diagnosis: ListedCode,
    /// The infusion procedures.
    pub procedures: Vec<ListedCode>,
    /// For one infusion, dollars.
    pub one_infusion: Figure,
    /// For two or more, dollars.
    pub more_infusions: Figure,
}

/// Increase of the weight for COVID-19 discharges (CARES Act, section 3710).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CovidDischarge {
    /// The diagnosis.
    pub diagnosis: ListedCode,
    /// The condition code that says the increase does not apply.
    pub exempt_condition: ListedCode,
    /// The factor.
    pub factor: Figure,
    /// First discharge date.
    pub first: Date,
    /// Last discharge date.
    pub last: Date,
}

/// New COVID-19 treatments add-on (85 FR 71157).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CovidTreatment {
    /// The diagnosis.
    pub diagnosis: ListedCode,
    /// The condition code that says it does not apply.
    pub exempt_condition: ListedCode,
    /// The share of threshold or excess cost that is added.
    pub share: Figure,
    /// The treatments and their dates.
    pub windows: Vec<TreatmentWindow>,
}

/// Treatments that count on certain discharge dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreatmentWindow {
    /// First discharge date.
    pub first: Date,
    /// Last discharge date.
    pub last: Date,
    /// Procedure codes, any of which counts.
    pub procedures: Vec<ListedCode>,
}

/// Cases whose costly product was given free of charge, such as in a clinical trial (42 CFR 412.85).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DonatedProduct {
    /// The DRGs concerned.
    pub drgs: Vec<u16>,
    /// The secondary diagnosis that shows a clinical trial.
    pub trial_diagnosis: ListedCode,
    /// The condition code that says the product was not free although the case is in a trial.
    pub paid_product_condition: ListedCode,
    /// The condition code that says the product was free.
    pub free_product_condition: ListedCode,
    /// The factor on the payment; `None` where not at hand.
    pub factor: Option<Figure>,
}

/// What the reduction for electronic health records saved: information only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectronicRecords {
    /// Full update over reduced update, for hospitals that submitted quality data.
    pub ratio_with_quality: Figure,
    /// The same for hospitals that did not.
    pub ratio_without_quality: Figure,
}

/// The standardized value of a case: the payment without the hospital's own circumstances. Information only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standardization {
    /// Operating base, dollars.
    pub operating_base: Figure,
    /// Capital base, dollars.
    pub capital_base: Figure,
}

impl UpdateStep {
    /// The factor for a class of hospital.
    pub fn factor_for(&self, quality: bool, records: bool) -> Decimal {
        let special = match (quality, records) {
            (true, true) => None,
            (true, false) => self.factor_without_records,
            (false, true) => self.factor_without_quality,
            (false, false) => self.factor_without_both,
        };
        special.unwrap_or(self.factor)
    }
}
