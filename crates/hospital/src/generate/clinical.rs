//! The structured part of an episode: the encounter, its diagnoses, results, medications and vaccines.

use chart::coded::{Coded, Coding, system};
use chart::date::When;
use chart::directory::Named;
use chart::encounter::{Attendance, Attends, Move, Movement, Place, Setting, Stay, Visit};
use chart::entry::{
    Allergy, Diagnosis, DiagnosisRole, EntryContent, Finding, Immunization, Medication, Order, Procedure,
    Report, Value,
};
use chart::intake::{Change, Extent, KeyKind, SourceKey};
use chart::patient::Identifier;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;

use super::data::{Analyte, Panel};
use super::house::{
    LABORATORY, MINUTES_TO_REPORT, MOST_ROUNDS, OPERATION_AFTER, OPERATION_ENDS_AFTER, ORDERED_AFTER,
};
use super::people::Person;
use super::slips::SlipKind;
use super::{Episode, Patient};
use crate::keys::{SYSTEM, key};

/// Hours between two rounds of vital signs, and of laboratory tests.
const VITALS_EVERY: i64 = 8;
const LABS_EVERY: i64 = 24;
/// Hours after the beginning at which the night's telephone order comes.
const VERBAL_AFTER: i64 = 9;

/// The encounter and its entries.
pub(super) fn changes(
    patient: &mut Patient<'_>,
    person: &Person,
    key: &SourceKey,
    episode: &Episode<'_>,
) -> Vec<Change> {
    let mut all = vec![encounter(patient, person, key, episode)];
    all.extend(diagnoses(patient, key, episode));
    all.extend(results(patient, key, episode));
    all.extend(treatment(patient, key, episode));
    if let Some(allergy) = person.allergy {
        all.push(allergy_entry(patient, person, key, allergy));
    }
    all
}

fn encounter(patient: &mut Patient<'_>, person: &Person, key: &SourceKey, episode: &Episode<'_>) -> Change {
    let scenario = episode.scenario;
    let since = Some(episode.begin);
    let stay = episode.end.map_or(Stay::Open { since }, |end| Stay::Closed { since, until: Some(end) });
    let bed = scenario.setting.has_bed_days().then(|| {
        format!("{}-{}", 200 + patient.random.random_range(1..12), patient.random.random_range(1..3))
    });
    let unit = Place { unit: scenario.unit.clone(), bed: bed.unwrap_or_default(), facility: String::new() };
    let mut moves = vec![Move { place: unit, from: since }];
    if scenario.setting == Setting::Inpatient && patient.chance(40) {
        let emergency = Place { unit: "Emergency".into(), ..Place::default() };
        moves[0].from = Some(episode.begin + SignedDuration::from_hours(3));
        moves.insert(0, Move { place: emergency, from: since });
    }
    let visit = Visit {
        identifiers: vec![Identifier {
            system: SYSTEM.into(),
            value: episode.account.key.clone(),
            kind: "AN".into(),
        }],
        setting: scenario.setting,
        stay,
        admission_type: Some(Coded::text(&scenario.admission_type)),
        disposition: episode
            .end
            .map(|_| Coded::new("urn:nubc:patient-discharge-status", &episode.disposition, "")),
        service: Some(Coded::text(&scenario.service)),
        reasons: vec![Coded::text(&scenario.reason)],
        moves,
        attendance: vec![Attendance {
            role: Attends::Attending,
            who: patient.staff.named(&episode.attending),
        }],
        payers: vec![Named { name: person.payer.clone(), key: None }],
        ..Visit::default()
    };
    Change::Encounter {
        key: episode.account.clone(),
        patient: key.clone(),
        visit: Box::new(visit),
        movement: Movement::Update,
        extent: Extent::Whole,
    }
}

fn diagnoses(patient: &Patient<'_>, key: &SourceKey, episode: &Episode<'_>) -> Vec<Change> {
    let mut all = vec![Diagnosis {
        what: Coded::text(&episode.scenario.reason),
        role: DiagnosisRole::Admitting,
        recorded: Some(When::Instant(episode.begin)),
        ..Diagnosis::default()
    }];
    if episode.end.is_some() {
        all.extend(episode.scenario.diagnoses.iter().zip(1..).map(|([code, text], rank)| Diagnosis {
            what: Coded::new(system::ICD10CM, code, text),
            role: DiagnosisRole::Discharge,
            rank: Some(rank),
            clinical_status: "active".into(),
            verification: "confirmed".into(),
            recorded: Some(When::Instant(episode.until(patient.now))),
            by: Some(patient.staff.named(&episode.attending)),
            ..Diagnosis::default()
        }));
    }
    let entries = all.into_iter().enumerate();
    entries
        .map(|(n, one)| patient.entry(key, episode, &format!("diagnosis-{n}"), EntryContent::Diagnosis(one)))
        .collect()
}

fn results(patient: &mut Patient<'_>, key: &SourceKey, episode: &Episode<'_>) -> Vec<Change> {
    let data = patient.data;
    let mut all = Vec::new();
    let mut pending = episode.has_slip(SlipKind::Pending);
    for name in std::iter::once("vitals").chain(episode.scenario.panels.iter().map(String::as_str)) {
        let panel = &data.panels[name];
        let every = if panel.category == "vital-signs" { VITALS_EVERY } else { LABS_EVERY };
        let hours = episode.until(patient.now).duration_since(episode.begin).as_hours();
        let rounds = (hours / every).clamp(0, MOST_ROUNDS - 1) + 1;
        for round in 0..rounds {
            let at = episode.begin + SignedDuration::from_mins(12 + round * hours * 60 / rounds);
            for analyte in &panel.analytes {
                #[expect(clippy::cast_precision_loss, reason = "at most twelve rounds")]
                let way = if rounds == 1 { 0.0 } else { round as f64 / (rounds - 1) as f64 };
                let finding = finding(patient, episode, panel, analyte, (way, at));
                let name = format!("{}-{round}", analyte.loinc);
                all.push(patient.entry(key, episode, &name, EntryContent::Result(finding)));
            }
            if panel.category != "vital-signs" {
                let mut report = report(patient, episode, panel, (round, at));
                if round == rounds - 1 && std::mem::take(&mut pending) {
                    report.status = "preliminary".into();
                }
                let report = EntryContent::Report(report);
                all.push(patient.entry(key, episode, &format!("{}-{at}", panel.title), report));
            }
        }
    }
    all
}

/// The laboratory's report on one round of a panel.
fn report(
    patient: &Patient<'_>,
    episode: &Episode<'_>,
    panel: &Panel,
    (round, at): (i64, Timestamp),
) -> Report {
    let account = &episode.account.key;
    let values = panel.analytes.iter();
    Report {
        what: Coded::text(&panel.title),
        category: panel.category.clone(),
        status: "final".into(),
        at: Some(When::Instant(at)),
        issued: Some(When::Instant(at + SignedDuration::from_mins(MINUTES_TO_REPORT))),
        results: values.map(|one| key(KeyKind::Entry, format!("{account}/{}-{round}", one.loinc))).collect(),
        by: vec![patient.staff.named(LABORATORY)],
        ..Report::default()
    }
}

/// One value, part of the `way` from its first to its last of the scenario.
fn finding(
    patient: &mut Patient<'_>,
    episode: &Episode<'_>,
    panel: &Panel,
    one: &Analyte,
    (way, at): (f64, Timestamp),
) -> Finding {
    let [first, last] = episode.scenario.labs.get(&one.name).copied().unwrap_or([one.usual; 2]);
    let noise =
        (patient.random.random_range(0.0..1.0) + patient.random.random_range(0.0..1.0) - 1.0) * one.spread;
    let value = (first + (last - first) * way + noise).max(0.0);
    let flag = if value < one.low.parse().unwrap_or(f64::MIN) {
        Some("L")
    } else if value > one.high.parse().unwrap_or(f64::MAX) {
        Some("H")
    } else {
        None
    };
    Finding {
        what: Coded {
            text: one.name.clone(),
            codings: vec![Coding {
                system: system::LOINC.into(),
                code: one.loinc.clone(),
                display: one.name.clone(),
            }],
        },
        category: panel.category.clone(),
        status: "final".into(),
        value: Value::Quantity {
            comparator: String::new(),
            number: format!("{value:.*}", one.decimals),
            unit: one.unit.clone(),
        },
        range: format!("{}–{}", one.low, one.high),
        low: Some(one.low.clone()),
        high: Some(one.high.clone()),
        flags: flag.map(str::to_owned).into_iter().collect(),
        at: Some(When::Instant(at)),
        report: Some(key(KeyKind::Entry, format!("{}/{}-{at}", episode.account.key, panel.title))),
        note: panel.title.clone(),
        ..Finding::default()
    }
}

fn treatment(patient: &Patient<'_>, key: &SourceKey, episode: &Episode<'_>) -> Vec<Change> {
    let scenario = episode.scenario;
    let by = patient.staff.named(&episode.writer);
    let at = When::Instant((episode.begin + SignedDuration::from_mins(ORDERED_AFTER)).min(patient.now));
    let mut all = Vec::new();
    for (n, [drug, dose, route, frequency]) in scenario.medications.iter().enumerate() {
        let order = Order {
            what: Coded::text(format!("{drug} {dose} {route} {frequency}")),
            category: "medication".into(),
            status: "completed".into(),
            priority: "routine".into(),
            ordered: Some(at),
            by: Some(by.clone()),
            ..Order::default()
        };
        let medication = Medication {
            what: Coded::text(drug),
            category: if scenario.setting.has_bed_days() { "inpatient" } else { "outpatient" }.into(),
            status: if episode.end.is_some() { "completed" } else { "active" }.into(),
            intent: "order".into(),
            direction: format!("{dose} {route} {frequency}"),
            dose: Value::Text(dose.clone()),
            route: Some(Coded::text(route)),
            frequency: frequency.clone(),
            ordered: Some(at),
            start: Some(at),
            end: episode.end.map(When::Instant),
            by: Some(by.clone()),
            ..Medication::default()
        };
        all.push((format!("order-{n}"), EntryContent::Order(order)));
        all.push((format!("medication-{n}"), EntryContent::Medication(medication)));
    }
    if !scenario.operation.is_empty() {
        let procedure = Procedure {
            what: Coded::text(scenario.operation.replace("{side}", episode.side)),
            status: "completed".into(),
            rank: Some(1),
            start: Some(When::Instant(episode.begin + SignedDuration::from_mins(OPERATION_AFTER))),
            end: Some(When::Instant(episode.begin + SignedDuration::from_mins(OPERATION_ENDS_AFTER))),
            by: vec![patient.staff.named(&episode.attending)],
            anesthesia: Some(Coded::text(&scenario.anesthesia)),
            ..Procedure::default()
        };
        all.push(("procedure-0".into(), EntryContent::Procedure(procedure)));
    }
    if episode.has_slip(SlipKind::VerbalOrder) {
        all.push(("verbal-order-0".into(), EntryContent::Order(verbal_order(patient, episode))));
    }
    for (n, vaccine) in scenario.vaccines.iter().enumerate() {
        let immunization = Immunization {
            what: Coded::text(vaccine),
            status: "completed".into(),
            at: Some(at),
            by: Some(patient.staff.named(episode.nurse)),
            ..Immunization::default()
        };
        all.push((format!("immunization-{n}"), EntryContent::Immunization(immunization)));
    }
    all.into_iter().map(|(name, content)| patient.entry(key, episode, &name, content)).collect()
}

/// An order that the nurse took by telephone in the first evening, and that nobody has authenticated.
fn verbal_order(patient: &Patient<'_>, episode: &Episode<'_>) -> Order {
    let all = [
        "Acetaminophen 650 mg by mouth every 6 hours as needed",
        "Potassium chloride 40 mEq by mouth once",
        "Melatonin 3 mg by mouth at bedtime as needed",
        "Ondansetron 4 mg intravenous once for nausea",
        "Bladder scan, straight catheter if above 400 mL",
    ];
    let which = usize::from(episode.account.key.bytes().fold(0_u8, u8::wrapping_add)) % all.len();
    let at = (episode.begin + SignedDuration::from_hours(VERBAL_AFTER)).min(episode.until(patient.now));
    Order {
        what: Coded::text(all[which]),
        category: if which == 4 { "nursing" } else { "medication" }.into(),
        status: "completed".into(),
        priority: "routine".into(),
        ordered: Some(When::Instant(at)),
        by: Some(patient.staff.named(&episode.attending)),
        verbal_to: Some(patient.staff.named(episode.nurse)),
        ..Order::default()
    }
}

fn allergy_entry(patient: &Patient<'_>, person: &Person, patient_key: &SourceKey, allergy: &str) -> Change {
    let content = Allergy {
        what: Coded::text(allergy),
        category: "allergy".into(),
        status: "active".into(),
        criticality: "low".into(),
        reactions: vec![Coded::text("Rash")],
        recorded: Some(When::Instant(patient.now - SignedDuration::from_hours(24 * 500))),
        ..Allergy::default()
    };
    Change::Entry {
        key: key(KeyKind::Entry, format!("{}/allergy", person.mrn)),
        patient: patient_key.clone(),
        encounter: None,
        content: Box::new(EntryContent::Allergy(content)),
    }
}
