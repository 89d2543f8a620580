//! The codes an expert coder gives the written charts: `codes.toml` beside each chart.
//!
//! They say what the record supports as it stands. Where it supports no code, there is a query and not a guess. The
//! rooms that suggest, check and ask are measured against them.

mod file;
#[cfg(test)]
mod tests;

use chart::encounter::Setting;
use chart::patient::Sex;
use jiff::civil::Date;
use serde::Deserialize;

use crate::written;

/// A chart with the codes of its encounters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldChart {
    /// Its folder: `01-heart-failure`.
    pub folder: String,
    /// Day of birth.
    pub birth: Date,
    /// Sex on the claim.
    pub sex: Sex,
    /// Its encounters that a coder meets, in the order of the file.
    pub encounters: Vec<GoldEncounter>,
}

/// An encounter as the coder meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldEncounter {
    /// Its letter in the chart.
    pub key: String,
    /// Its account number: the record number with the letter.
    pub account: String,
    /// Where care was given; it decides which codes apply.
    pub setting: Setting,
    /// Day of admission, or of the visit.
    pub admitted: Date,
    /// Day of discharge, which chooses every edition; of a resident still in the house, the day of coding.
    pub coded_on: Date,
    /// Its codes, or why it has none.
    pub coding: GoldCoding,
}

/// Whether an encounter is coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoldCoding {
    /// It is not to be coded in this record, for this reason.
    Held(String),
    /// Its codes.
    Coded(Box<GoldCodes>),
}

/// The codes of an encounter and all that goes with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldCodes {
    /// Patient discharge status (UB-04 form locator 17).
    pub discharge_status: String,
    /// Admitting diagnosis, of those that are admitted.
    pub admitting: Option<GoldAdmitting>,
    /// The MS-DRG, of acute stays.
    pub drg: Option<GoldDrg>,
    /// The Medicare Code Editor's edits, by the names CMS prints.
    pub edits: Vec<String>,
    /// Diagnoses in claim order: principal or first-listed, then the others.
    pub diagnoses: Vec<GoldDiagnosis>,
    /// ICD-10-PCS procedures in claim order; outpatient procedures take codes that are not here.
    pub procedures: Vec<GoldProcedure>,
    /// What a hasty coder would write, and what should stop him.
    pub naive: Vec<NaiveFinding>,
    /// What a clinical documentation specialist should ask.
    pub queries: Vec<GoldQuery>,
}

/// The diagnosis at admission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldAdmitting {
    /// ICD-10-CM, with its point.
    pub code: String,
    /// File of the document that supports it.
    pub document: String,
    /// The words of that document.
    pub passage: String,
}

/// A diagnosis code with what supports it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldDiagnosis {
    /// ICD-10-CM, with its point.
    pub code: String,
    /// Present on admission: `Y`, `N`, `U`, `W`; none if exempt or not reported in this setting.
    #[serde(default)]
    pub poa: Option<String>,
    /// File of the document that supports it.
    pub document: String,
    /// The words of that document.
    pub passage: String,
    /// Section of the Official Guidelines for Coding and Reporting, where there was a choice.
    #[serde(default)]
    pub guideline: Option<String>,
    /// Why this code and not another, where that is the trap.
    #[serde(default)]
    pub why: Option<String>,
}

/// A procedure code with what supports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldProcedure {
    /// ICD-10-PCS.
    pub code: String,
    /// Day it was done, or begun.
    pub date: Date,
    /// Who did it, or answers for it: a key of the staff.
    pub by: String,
    /// File of the document that supports it.
    pub document: String,
    /// The words of that document.
    pub passage: String,
    /// Why this code and not another, where that is the trap.
    pub why: Option<String>,
}

/// An MS-DRG and the version that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldDrg {
    /// Its number.
    pub number: u16,
    /// Grouper version: `44.0`.
    pub version: String,
}

/// Codes that look right and are not: a negative example.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NaiveFinding {
    /// The kind of mistake: a rule of the coding checks where one can see it (`excludes1`), otherwise what a reader sees
    /// (`abnormal-finding`).
    pub finding: String,
    /// The codes of the mistake, ICD-10-CM or PCS; a header where no code of it can be given.
    pub codes: Vec<String>,
    /// What is wrong with them.
    pub why: String,
}

/// A question to a provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldQuery {
    /// Kind of query, by the key of its template: `kidney-injury-cause`.
    pub template: String,
    /// Who is asked: a key of the staff.
    pub to: String,
    /// Files of the documents with its indicators.
    pub documents: Vec<String>,
    /// The question, in a sentence.
    pub question: String,
}

impl GoldEncounter {
    /// Its codes, if it is coded.
    #[must_use]
    pub fn codes(&self) -> Option<&GoldCodes> {
        match &self.coding {
            GoldCoding::Coded(codes) => Some(codes),
            GoldCoding::Held(_) => None,
        }
    }

    /// Whether it is an acute stay: grouped, with procedures in ICD-10-PCS.
    #[must_use]
    pub fn is_acute_stay(&self) -> bool {
        matches!(self.setting, Setting::Inpatient | Setting::Obstetric | Setting::Newborn)
    }

    /// Whether the indicator of presence on admission is recorded: for whoever stays the night as an inpatient.
    #[must_use]
    pub fn has_poa(&self) -> bool {
        self.is_acute_stay() || matches!(self.setting, Setting::SwingBed | Setting::SkilledNursing)
    }
}

/// The gold codes of every written chart, in order.
#[must_use]
pub fn gold_codes() -> Vec<GoldChart> {
    written::folders().iter().map(|folder| file::chart(folder)).collect()
}
