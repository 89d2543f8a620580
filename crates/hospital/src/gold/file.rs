//! `codes.toml` as it is written, put together with the encounters of `chart.toml`.

use jiff::civil::Date;
use serde::Deserialize;

use super::{
    GoldAdmitting, GoldChart, GoldCodes, GoldCoding, GoldDiagnosis, GoldDrg, GoldEncounter, GoldProcedure,
    GoldQuery, NaiveFinding,
};
use crate::written::{self, ChartFile, EncounterEntry, Local};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesFile {
    encounter: Vec<CodesEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesEntry {
    key: String,
    held: Option<String>,
    coded_as_of: Option<Local>,
    #[serde(default)]
    discharge_status: String,
    admitting: Option<GoldAdmitting>,
    drg: Option<GoldDrg>,
    #[serde(default)]
    edits: Vec<String>,
    #[serde(default)]
    diagnosis: Vec<GoldDiagnosis>,
    #[serde(default)]
    procedure: Vec<ProcedureEntry>,
    #[serde(default)]
    naive: Vec<NaiveFinding>,
    #[serde(default)]
    query: Vec<GoldQuery>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProcedureEntry {
    code: String,
    date: Local,
    by: String,
    document: String,
    passage: String,
    #[serde(default)]
    why: Option<String>,
}

/// The gold codes of one chart.
pub(super) fn chart(folder: &str) -> GoldChart {
    let path = format!("{folder}/codes.toml");
    let codes: CodesFile =
        toml::from_str(&written::text(&path)).unwrap_or_else(|error| panic!("demo/charts/{path}: {error}"));
    let (_, chart) = written::chart_file(folder);
    let encounters = codes.encounter.into_iter().map(|one| encounter(folder, &chart, one)).collect();
    GoldChart {
        folder: folder.to_owned(),
        birth: chart.patient.birth.date(),
        sex: written::sex(&chart.patient.sex),
        encounters,
    }
}

fn encounter(folder: &str, chart: &ChartFile, entry: CodesEntry) -> GoldEncounter {
    let of = chart.encounter.iter().find(|one| one.key == entry.key).unwrap_or_else(|| {
        panic!("demo/charts/{folder}/codes.toml: chart.toml has no encounter {}", entry.key)
    });
    let admitted = of.admitted.or(of.arrived).map(Local::date);
    GoldEncounter {
        account: format!("{}-{}", chart.patient.mrn, entry.key),
        setting: of.setting,
        admitted: admitted.unwrap_or_else(|| panic!("{folder}: encounter {} has no beginning", entry.key)),
        coded_on: coded_on(folder, of, &entry),
        key: entry.key.clone(),
        coding: coding(entry),
    }
}

fn coded_on(folder: &str, of: &EncounterEntry, entry: &CodesEntry) -> Date {
    of.discharged.or(entry.coded_as_of).map(Local::date).unwrap_or_else(|| {
        panic!("demo/charts/{folder}/codes.toml: encounter {} goes on; say coded_as_of", entry.key)
    })
}

fn coding(entry: CodesEntry) -> GoldCoding {
    if let Some(reason) = entry.held {
        return GoldCoding::Held(reason);
    }
    GoldCoding::Coded(Box::new(GoldCodes {
        discharge_status: entry.discharge_status,
        admitting: entry.admitting,
        drg: entry.drg,
        edits: entry.edits,
        diagnoses: entry.diagnosis,
        procedures: entry.procedure.into_iter().map(procedure).collect(),
        naive: entry.naive,
        queries: entry.query,
    }))
}

fn procedure(entry: ProcedureEntry) -> GoldProcedure {
    let ProcedureEntry { code, date, by, document, passage, why } = entry;
    GoldProcedure { code, date: date.date(), by, document, passage, why }
}
