//! The documents of an episode: the forms of its setting, filled from the scenario.

use chart::coded::{Coded, system};
use chart::date::When;
use chart::document::{Attestation, DocumentContent, DocumentStatus};
use chart::intake::{Change, KeyKind, SourceKey};
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;

use super::data::{Anchor, Form};
use super::people::Person;
use super::{Episode, Patient};
use crate::keys::key;
use crate::written::sections;

/// Days of notes that are written at most: long stays are noted weekly.
const MOST_DAYS: i64 = 7;

/// The documents that somebody wrote.
pub(super) fn changes(
    patient: &mut Patient<'_>,
    person: &Person,
    key: &SourceKey,
    episode: &Episode<'_>,
) -> Vec<Change> {
    let data = patient.data;
    let mut all = Vec::new();
    for form in data.forms.iter().filter(|form| form.settings.contains(&episode.scenario.setting)) {
        if form.needs.as_deref() == Some("study") && episode.scenario.study.is_empty() {
            continue;
        }
        if form.kind == "therapy-note" && episode.scenario.therapy.is_empty() {
            continue;
        }
        for at in times(form, episode, patient.now) {
            if !patient.chance(form.missing) {
                all.push(document(patient, person, key, episode, (form, at)));
            }
        }
    }
    all
}

/// When the form is written. What would be written later than now is not yet.
fn times(form: &Form, episode: &Episode<'_>, now: Timestamp) -> Vec<Timestamp> {
    #[expect(clippy::cast_possible_truncation, reason = "some hours in minutes")]
    let offset = SignedDuration::from_mins((form.hours * 60.0) as i64);
    let from = match form.from {
        Anchor::Begin => Some(episode.begin),
        Anchor::End => episode.end,
    };
    let Some(first) = from.map(|from| from + offset) else { return Vec::new() };
    let days = if form.daily { episode.until(now).duration_since(first).as_hours() / 24 + 1 } else { 1 };
    let step = 24 * (days / MOST_DAYS).max(1);
    (0..days.clamp(0, MOST_DAYS))
        .map(|day| first + SignedDuration::from_hours(day * step))
        .filter(|at| *at <= now && (!form.daily || *at <= episode.until(now)))
        .collect()
}

fn document(
    patient: &mut Patient<'_>,
    person: &Person,
    patient_key: &SourceKey,
    episode: &Episode<'_>,
    (form, at): (&Form, Timestamp),
) -> Change {
    let author = match form.author.as_str() {
        "attending" => patient.staff.named(&episode.attending),
        "nurse" => patient.staff.named(episode.nurse),
        staff => patient.staff.named(staff),
    };
    let signed = !patient.chance(form.unsigned);
    let signature = Attestation {
        by: author.clone(),
        meaning: "author".into(),
        at: Some(When::Instant(at + SignedDuration::from_mins(patient.random.random_range(2..90)))),
    };
    let title = form.title.replace("{study}", &episode.scenario.study);
    let body = fill(patient, person, episode, &form.body);
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, &form.kind, &title),
        status: if signed { DocumentStatus::Final } else { DocumentStatus::Preliminary },
        written: Some(When::Instant(at)),
        authors: vec![author],
        signatures: signed.then_some(signature).into_iter().collect(),
        sections: sections(&body),
        title,
        ..DocumentContent::default()
    };
    Change::Document {
        key: key(KeyKind::Document, format!("{}/{}-{}", episode.account.key, form.kind, at.as_second())),
        patient: patient_key.clone(),
        encounter: Some(episode.account.clone()),
        content: Box::new(content),
    }
}

/// The body of a form with every slot filled.
fn fill(patient: &mut Patient<'_>, person: &Person, episode: &Episode<'_>, body: &str) -> String {
    let scenario = episode.scenario;
    let now = patient.now;
    let numbers = [
        patient.random.random_range(2..9),
        patient.random.random_range(2..5),
        patient.random.random_range(24..36),
    ];
    let mut text = body.to_owned();
    let long = [
        ("history", patient.pick(&scenario.history).clone()),
        ("exam", patient.pick(&scenario.exam).clone()),
        ("assessment", patient.pick(&scenario.assessment).clone()),
        ("plan", patient.pick(&scenario.plan).clone()),
        ("course", patient.pick(&scenario.course).clone()),
        ("technique", scenario.technique.clone()),
        ("operation", scenario.operation.clone()),
        ("anesthesia", scenario.anesthesia.clone()),
        ("findings", scenario.findings.clone()),
        ("impression", scenario.impression.clone()),
        ("therapy", scenario.therapy.clone()),
        ("nursing", pick(patient, &NURSING)),
        ("social", pick(patient, &SOCIAL)),
    ];
    let short = [
        ("reason", scenario.reason.clone()),
        ("unit", scenario.unit.clone()),
        ("blood", scenario.blood.clone()),
        ("specimen", scenario.specimen.clone()),
        ("study", scenario.study.clone()),
        ("vitals", vitals(patient)),
        (
            "labs",
            if scenario.panels.is_empty() { "None.".into() } else { "As in the results of today.".into() },
        ),
        (
            "past",
            if person.past.is_empty() {
                "None.".into()
            } else {
                format!("{}.", capital(&person.past.join(", ")))
            },
        ),
        (
            "home",
            list(
                &scenario
                    .medications
                    .iter()
                    .map(|[drug, dose, _, frequency]| format!("{drug} {dose} {frequency}"))
                    .collect::<Vec<_>>(),
            ),
        ),
        ("allergies", person.allergy.unwrap_or("none known").to_lowercase()),
        ("diagnoses", list(&scenario.diagnoses.iter().map(|[_, text]| text.clone()).collect::<Vec<_>>())),
        ("arrival", pick(patient, &["car", "ambulance", "foot"])),
        ("pain", numbers[0].to_string()),
        ("acuity", numbers[1].to_string()),
        ("asa", (numbers[1] - 1).to_string()),
        ("hours_old", numbers[2].to_string()),
        ("skin", pick(patient, &["intact", "intact, dry", "intact but for a bruise of the forearm"])),
        ("fall", pick(patient, &["low", "moderate", "high"])),
        ("lives", pick(patient, &["at home with family", "alone at home", "with a daughter"])),
        ("informant", pick(patient, &["the patient", "the spouse", "the pharmacy's list"])),
        ("directive", pick(patient, &["on file", "none, information given", "brought by family, copied"])),
        ("tried", pick(patient, &["acetaminophen", "cough syrup", "leftover amoxicillin"])),
        ("days", episode.days.to_string()),
        ("side", episode.side.to_owned()),
        ("age", person.age(now).to_string()),
    ];
    for (slot, value) in long.iter().chain(&short) {
        text = text.replace(&format!("{{{slot}}}"), value);
    }
    text.trim().to_owned()
}

const NURSING: [&str; 4] = [
    "Resting between checks, no complaints. Intake fair, voiding.",
    "Walked to the bathroom with one assist. Medications taken as scheduled.",
    "Family at the bedside until evening. Slept most of the night.",
    "Repositioned every two hours, skin intact, pain eased after medication.",
];
const SOCIAL: [&str; 4] = [
    "Lives with spouse, former smoker, a beer at weekends.",
    "Lives alone, retired from the cannery, no tobacco, no alcohol.",
    "Works on a lobster boat, smokes half a pack a day.",
    "Lives with family, no tobacco, wine with dinner.",
];

fn pick(patient: &mut Patient<'_>, all: &[&str]) -> String {
    (*patient.pick(all)).to_owned()
}

fn vitals(patient: &mut Patient<'_>) -> String {
    let mut draw = |low: i32, high: i32| patient.random.random_range(low..high);
    format!(
        "Pulse {}, blood pressure {}/{}, respirations {}, saturation {} %.",
        draw(62, 104),
        draw(104, 158),
        draw(58, 92),
        draw(13, 23),
        draw(92, 99)
    )
}

fn list(all: &[String]) -> String {
    if all.is_empty() { "None.".into() } else { all.iter().map(|one| format!("- {one}\n")).collect() }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
