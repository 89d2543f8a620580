//! `chart.toml` as it is written.

use chart::date::{PartialDate, When};
use chart::encounter::Setting;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

use crate::expected::Expected;
use crate::keys::instant;

/// A local date, or date and time, as TOML writes it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub(crate) struct Local(Date, Option<DateTime>);

impl TryFrom<toml::value::Datetime> for Local {
    type Error = String;

    fn try_from(written: toml::value::Datetime) -> Result<Self, String> {
        let text = written.to_string();
        let wrong = |error: jiff::Error| format!("{text} is not a local date or time: {error}");
        let date: Date = text.get(..10).unwrap_or(&text).parse().map_err(wrong)?;
        let time = written.time.map(|_| text.parse().map_err(wrong)).transpose()?;
        Ok(Self(date, time))
    }
}

impl Local {
    /// The day.
    pub(crate) const fn date(self) -> Date {
        self.0
    }
    /// The time; midnight when only a day is written.
    pub(crate) fn date_time(self) -> DateTime {
        self.1.unwrap_or_else(|| self.0.at(0, 0, 0, 0))
    }
    /// As the record keeps it.
    pub(crate) fn when(self) -> When {
        self.1.map_or(When::Date(PartialDate::Day(self.0)), |time| When::Instant(instant(time)))
    }
}

/// One chart.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChartFile {
    /// What the chart teaches.
    #[serde(rename = "about")]
    _about: String,
    pub(crate) patient: PatientEntry,
    pub(crate) encounter: Vec<EncounterEntry>,
    #[serde(default)]
    pub(crate) document: Vec<DocumentEntry>,
    #[serde(default)]
    pub(crate) result: Vec<ResultEntry>,
    #[serde(default)]
    pub(crate) order: Vec<OrderEntry>,
    #[serde(default)]
    pub(crate) medication: Vec<MedicationEntry>,
    #[serde(default)]
    pub(crate) allergy: Vec<AllergyEntry>,
    #[serde(default)]
    pub(crate) problem: Vec<ProblemEntry>,
    #[serde(default)]
    pub(crate) procedure: Vec<ProcedureEntry>,
    #[serde(default)]
    pub(crate) immunization: Vec<ImmunizationEntry>,
    /// What a careful analyst finds.
    #[serde(default)]
    pub(crate) expected: Vec<Expected>,
    /// The author's coding, for the rooms that code.
    #[serde(default, rename = "coding")]
    _coding: Vec<toml::Table>,
}

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$attribute])* pub(crate) $field: $type,)*
        }
    )*};
}

entries! {
    /// Who the patient is.
    PatientEntry {
        mrn: String,
        family: String,
        given: String,
        middle: Option<String>,
        suffix: Option<String>,
        birth: Local,
        sex: String,
        street: Option<String>,
        city: Option<String>,
        state: Option<String>,
        zip: Option<String>,
        phone: Option<String>,
        ssn: Option<String>,
        language: Option<String>,
        race: Option<String>,
        marital: Option<String>,
        died: Option<Local>,
    }
    /// A stay or visit.
    EncounterEntry {
        key: String,
        setting: Setting,
        arrived: Option<Local>,
        admitted: Option<Local>,
        discharged: Option<Local>,
        admission_type: Option<String>,
        admission_source: Option<String>,
        disposition: Option<String>,
        service: Option<String>,
        attending: Option<String>,
        reason: Option<String>,
        payer: Option<String>,
        #[serde(default)]
        moves: Vec<MoveEntry>,
    }
    /// A place from a time on.
    MoveEntry {
        at: Local,
        unit: String,
        bed: Option<String>,
    }
    /// A document and the file with its text.
    DocumentEntry {
        file: String,
        encounter: Option<String>,
        #[serde(rename = "type")]
        kind: String,
        title: String,
        author: String,
        at: Local,
        signed: Option<Local>,
        cosigner: Option<String>,
        cosigned: Option<Local>,
        /// When it was dictated, for the rooms that follow dictation.
        #[serde(rename = "dictated")]
        _dictated: Option<Local>,
        version_of: Option<String>,
        relation: Option<String>,
    }
    /// A laboratory result, vital sign or finding.
    ResultEntry {
        encounter: Option<String>,
        at: Local,
        category: String,
        loinc: Option<String>,
        name: String,
        value: String,
        unit: Option<String>,
        low: Option<String>,
        high: Option<String>,
        flag: Option<String>,
        panel: Option<String>,
    }
    /// An order.
    OrderEntry {
        encounter: Option<String>,
        at: Local,
        by: String,
        what: String,
        kind: String,
        #[serde(default)]
        verbal: bool,
        authenticated: Option<Local>,
    }
    /// A medication.
    MedicationEntry {
        encounter: Option<String>,
        name: String,
        dose: Option<String>,
        route: Option<String>,
        frequency: Option<String>,
        start: Option<Local>,
        stop: Option<Local>,
        by: Option<String>,
        kind: String,
    }
    /// An allergy.
    AllergyEntry {
        substance: String,
        reaction: Option<String>,
        severity: Option<String>,
    }
    /// A problem or diagnosis.
    ProblemEntry {
        text: String,
        since: Option<Local>,
        until: Option<Local>,
        encounter: Option<String>,
        kind: String,
    }
    /// An intervention.
    ProcedureEntry {
        encounter: Option<String>,
        at: Local,
        until: Option<Local>,
        text: String,
        by: Option<String>,
        anesthesia: Option<String>,
    }
    /// A vaccine.
    ImmunizationEntry {
        name: String,
        at: Local,
    }
}
