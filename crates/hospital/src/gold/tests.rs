//! The gold codes against the manuals, the grouper, the editor and the documents they cite.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codeset::{Code, Pack};
use grouper::{Case, Desk, DeskScratch, Diagnosis, HospitalStatus, Poa, Procedure};
use jiff::Unit;

use super::*;
use crate::Staff;

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::open(editions::EMBEDDED).expect("the embedded pack"));

/// Every coded encounter with its chart.
fn each(mut check: impl FnMut(&GoldChart, &GoldEncounter, &GoldCodes)) {
    for chart in gold_codes() {
        for one in &chart.encounters {
            if let Some(codes) = one.codes() {
                check(&chart, one, codes);
            }
        }
    }
}

fn expect_none(what: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{what}:\n{}", findings.join("\n"));
}

fn parsed(code: &str) -> Code {
    Code::parse(code).unwrap_or_else(|error| panic!("{code}: {error}"))
}

/// Codes and headers of a manual that are valid on a day.
struct Valid(BTreeMap<Code, codeset::manual::Entry>);

impl Valid {
    fn of(classification: codeset::manual::Classification) -> Self {
        let entries = codeset::manual::Manual::new(&PACK).entries(classification).expect("the manual");
        Self(entries.into_iter().map(|entry| (entry.code, entry)).collect())
    }

    fn is_billable(&self, code: &str, on: Date) -> bool {
        self.0.get(&parsed(code)).is_some_and(|entry| !entry.is_header() && entry.is_valid_on(on))
    }
}

#[test]
fn every_code_is_billable_on_its_day() {
    let diagnoses = Valid::of(codeset::manual::Classification::Icd10cm);
    let procedures = Valid::of(codeset::manual::Classification::Icd10pcs);
    let mut wrong = Vec::new();
    each(|chart, one, codes| {
        let on = one.coded_on;
        let of_diagnoses = codes.diagnoses.iter().map(|one| &one.code);
        for code in of_diagnoses.chain(codes.admitting.iter().map(|one| &one.code)) {
            if !diagnoses.is_billable(code, on) {
                wrong.push(format!("{} {}: {code} is not billable on {on}", chart.folder, one.key));
            }
        }
        for procedure in codes.procedures.iter().filter(|each| !procedures.is_billable(&each.code, on)) {
            wrong.push(format!("{} {}: {} on {on}", chart.folder, one.key, procedure.code));
        }
    });
    expect_none("codes are billable on the day of discharge", &wrong);
}

#[test]
fn every_passage_stands_in_its_document() {
    let mut wrong = Vec::new();
    each(|chart, one, codes| {
        let (_, file) = written::chart_file(&chart.folder);
        let diagnoses = codes.diagnoses.iter().map(|each| (&each.code, &each.document, &each.passage));
        let procedures = codes.procedures.iter().map(|each| (&each.code, &each.document, &each.passage));
        let admitting = codes.admitting.iter().map(|each| (&each.code, &each.document, &each.passage));
        for (code, document, passage) in diagnoses.chain(procedures).chain(admitting) {
            let known = file.document.iter().any(|entry| entry.file == *document);
            let text =
                if known { written::text(&format!("{}/{document}", chart.folder)) } else { String::new() };
            if passage.is_empty() || !text.contains(passage.as_str()) {
                wrong.push(format!("{} {} {code}: {document} has no '{passage}'", chart.folder, one.key));
            }
        }
        for document in codes.queries.iter().flat_map(|query| &query.documents) {
            if !file.document.iter().any(|entry| entry.file == *document) {
                wrong.push(format!("{}: no document {document}", chart.folder));
            }
        }
    });
    expect_none("passages stand in the documents cited", &wrong);
}

#[test]
fn codes_follow_each_other_as_they_may() {
    let mut wrong = Vec::new();
    each(|chart, one, codes| {
        let mut say = |what: String| wrong.push(format!("{} {}: {what}", chart.folder, one.key));
        if codes.diagnoses.first().is_none_or(|first| first.code.starts_with(['V', 'W', 'X', 'Y'])) {
            say("the first code is none, or an external cause".into());
        }
        let mut seen = BTreeSet::new();
        for each in codes.diagnoses.iter().filter(|each| !seen.insert(&each.code)) {
            say(format!("{} twice", each.code));
        }
        let mut seen = BTreeSet::new();
        for each in codes.procedures.iter().filter(|each| !seen.insert((&each.code, each.date))) {
            say(format!("{} twice on {}", each.code, each.date));
        }
        if codes.naive.iter().any(|each| each.codes.is_empty() || each.why.is_empty()) {
            say("a naive finding without codes or reason".into());
        }
        if codes.diagnoses.len() > 25 || codes.procedures.len() > 25 {
            say("more codes than a claim holds".into());
        }
    });
    expect_none("codes follow each other as they may", &wrong);
}

#[test]
fn people_dates_and_settings_fit() {
    let staff = Staff::load();
    let keys: BTreeSet<&str> = staff.keys().collect();
    let mut wrong = Vec::new();
    each(|chart, one, codes| {
        let mut say = |what: String| wrong.push(format!("{} {}: {what}", chart.folder, one.key));
        let people =
            codes.procedures.iter().map(|each| &each.by).chain(codes.queries.iter().map(|each| &each.to));
        for person in people.filter(|person| !keys.contains(person.as_str())) {
            say(format!("{person} is not of the staff"));
        }
        for each in
            codes.procedures.iter().filter(|each| each.date < one.admitted || each.date > one.coded_on)
        {
            say(format!("{} lies outside the stay", each.code));
        }
        if one.is_acute_stay() != codes.drg.is_some() || (one.is_acute_stay() && codes.admitting.is_none()) {
            say("acute stays, and only they, have a group and an admitting diagnosis".into());
        }
        if !one.is_acute_stay() && !codes.procedures.is_empty() {
            say("procedures in ICD-10-PCS outside an acute stay".into());
        }
        if codes.queries.iter().any(|query| !query.question.ends_with('?')) {
            say("a query is a question".into());
        }
    });
    expect_none("people, dates and settings fit", &wrong);
}

#[test]
fn presence_on_admission_is_given_or_exempt() {
    let exempt = exempt_codes();
    let mut wrong = Vec::new();
    each(|chart, one, codes| {
        for each in &codes.diagnoses {
            let is_exempt = exempt.as_ref().map_or(each.poa.is_none(), |list| list.contains(&each.code));
            let fits = match each.poa.as_deref() {
                _ if !one.has_poa() => each.poa.is_none(),
                None => is_exempt,
                Some(letter) => !is_exempt && ["Y", "N", "U", "W"].contains(&letter),
            };
            if !fits {
                wrong.push(format!("{} {}: {} has {:?}", chart.folder, one.key, each.code, each.poa));
            }
        }
    });
    expect_none("presence on admission is one letter, or the code is exempt", &wrong);
}

/// The codes exempt from reporting presence on admission in fiscal year 2026, where they are at hand.
fn exempt_codes() -> Option<BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("CHARTROOM_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let file = shared.join("data/at-hand/icd10cm/POAexemptCodesFY26.txt.zst");
    let Ok(packed) = std::fs::read(&file) else {
        println!("skipped: the list of codes exempt from presence on admission is not at {}", file.display());
        return None;
    };
    let bytes = zstd::decode_all(packed.as_slice()).expect("a Zstandard file");
    let text = String::from_utf8_lossy(&bytes);
    Some(text.lines().filter_map(|line| line.split('\t').nth(1)).map(|code| code.trim().to_owned()).collect())
}

#[test]
fn drg_and_edits_are_those_of_the_grouper_and_the_editor() {
    let desk = Desk::open(&PACK).expect("the desk");
    let mut scratch = DeskScratch::default();
    let mut wrong = Vec::new();
    each(|chart, one, codes| {
        let Some(expected) = &codes.drg else { return };
        let outcome = desk.process(&case(&desk, chart, one, codes), &mut scratch).expect("a group");
        let drg = GoldDrg { number: outcome.grouping.last.drg.0, version: outcome.version.to_string() };
        if drg != *expected {
            wrong.push(format!("{} {}: {drg:?} in place of {expected:?}", chart.folder, one.key));
        }
        let edits: Vec<&str> = outcome.edits.counts().map(|(edit, _)| edit.name()).collect();
        if edits != codes.edits {
            wrong.push(format!("{} {}: {edits:?} in place of {:?}", chart.folder, one.key, codes.edits));
        }
    });
    expect_none("group and edits are those of the engines", &wrong);
}

fn case(desk: &Desk, chart: &GoldChart, one: &GoldEncounter, codes: &GoldCodes) -> Case {
    let index = desk.codes();
    let diagnosis = |each: &GoldDiagnosis| {
        Diagnosis::new(parsed(&each.code), Poa::from_text(each.poa.as_deref().unwrap_or("")), index)
    };
    let age = chart.birth.until((Unit::Year, one.admitted)).expect("an age").get_years();
    let days = one.admitted.until((Unit::Day, one.coded_on)).expect("a stay").get_days().max(1);
    let (principal, secondary) = codes.diagnoses.split_first().expect("a principal diagnosis");
    Case {
        id: one.account.clone(),
        age_years: Some(age),
        sex: match chart.sex {
            Sex::Female => grouper::Sex::Female,
            Sex::Male => grouper::Sex::Male,
            _ => grouper::Sex::Unknown,
        },
        discharge_status: codes.discharge_status.parse().expect("a discharge status"),
        hospital_status: HospitalStatus::NonExempt,
        discharge_date: one.coded_on,
        stay_days: u16::try_from(days).ok(),
        admitting: codes.admitting.as_ref().map(|each| Diagnosis::new(parsed(&each.code), Poa::Blank, index)),
        principal: diagnosis(principal),
        secondary: secondary.iter().map(diagnosis).collect(),
        procedures: codes.procedures.iter().map(|each| Procedure::new(parsed(&each.code), index)).collect(),
        ..Case::default()
    }
}

#[test]
fn every_encounter_of_every_chart_is_coded_or_held() {
    println!("chart | encounter | diagnoses | procedures | DRG | queries");
    for chart in gold_codes() {
        let (_, file) = written::chart_file(&chart.folder);
        let letters: Vec<&str> = file.encounter.iter().map(|one| one.key.as_str()).collect();
        let coded: Vec<&str> = chart.encounters.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(coded, letters, "{}", chart.folder);
        for one in &chart.encounters {
            println!("{}", row(&chart.folder, one));
        }
    }
}

fn row(folder: &str, one: &GoldEncounter) -> String {
    let Some(codes) = one.codes() else { return format!("{folder} | {} | held", one.key) };
    let drg = codes.drg.as_ref().map_or_else(|| "-".to_owned(), |drg| format!("{:03}", drg.number));
    let (diagnoses, procedures) = (codes.diagnoses.len(), codes.procedures.len());
    format!("{folder} | {} | {diagnoses} | {procedures} | {drg} | {}", one.key, codes.queries.len())
}
