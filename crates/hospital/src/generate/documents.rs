//! The documents of an episode: the forms of its setting, filled from the scenario, with what somebody forgot.

use chart::coded::{Coded, system};
use chart::date::When;
use chart::document::{Attestation, DocumentContent, DocumentStatus, Section};
use chart::intake::{Change, KeyKind, SourceKey};
use jiff::{SignedDuration, Timestamp};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

use super::data::{Anchor, Condition, Data, Form};
use super::house::{COSIGNED_WITHIN, MOST_NOTES, OPERATION_AFTER, OPERATION_ENDS_AFTER, SIGNED_WITHIN};
use super::people::Person;
use super::slips::{Slip, SlipKind};
use super::{Episode, Patient, fill};
use crate::keys::key;
use crate::written::sections;

/// Hours of a stay that a final note can close, and after which the comprehensive assessment is due.
const SHORT_STAY_HOURS: i64 = 48;
const ASSESSED_AFTER_HOURS: i64 = 24 * 13;

/// The documents that somebody wrote.
pub(super) fn changes(
    patient: &mut Patient<'_>,
    person: &Person,
    key: &SourceKey,
    episode: &Episode<'_>,
) -> Vec<Change> {
    // Chances of its own: another wording moves nothing else in the hospital.
    let words = ChaCha8Rng::seed_from_u64(patient.random.random());
    let others = std::mem::replace(&mut patient.random, words);
    let mut all = Vec::new();
    for form in forms(patient.data, episode, patient.now) {
        let mut slips: Vec<&Slip> =
            episode.slips.iter().filter(|one| one.befalls(&form.kind)).copied().collect();
        if slips.iter().any(|one| one.kind == SlipKind::Missing) {
            continue;
        }
        let times = times(form, episode, patient.now);
        for (at, left) in times.iter().zip((0..times.len()).rev()) {
            // Of a form that comes again and again only the last is the one forgotten.
            let slips = if left == 0 { std::mem::take(&mut slips) } else { Vec::new() };
            let at = delayed(patient, form, *at);
            if at <= patient.now {
                all.push(document(patient, person, key, episode, (form, at, &slips)));
            }
        }
    }
    patient.random = others;
    all
}

/// Whether a document of this type is to be written in the episode by now.
pub(super) fn is_due(patient: &Patient<'_>, episode: &Episode<'_>, kind: &str) -> bool {
    let is_written = |form: &Form| !times(form, episode, patient.now).is_empty();
    forms(patient.data, episode, patient.now).into_iter().any(|form| form.kind == kind && is_written(form))
}

/// The forms of an episode.
fn forms<'a>(data: &'a Data, episode: &Episode<'_>, now: Timestamp) -> Vec<&'a Form> {
    let asks = |form: &&Form| {
        form.settings.contains(&episode.scenario.setting)
            && form.when.iter().all(|one| holds(*one, episode, now))
    };
    data.forms.iter().filter(asks).collect()
}

fn holds(condition: Condition, episode: &Episode<'_>, now: Timestamp) -> bool {
    let scenario = episode.scenario;
    let hours = episode.until(now).duration_since(episode.begin).as_hours();
    match condition {
        Condition::Study => !scenario.study.is_empty(),
        Condition::Therapy => !scenario.therapy.is_empty(),
        Condition::Tissue => scenario.has_tissue(),
        Condition::Died => episode.died(),
        Condition::Alive => !episode.died(),
        Condition::Long => hours >= SHORT_STAY_HOURS,
        Condition::Assessed => hours >= ASSESSED_AFTER_HOURS,
    }
}

/// When the form is to be written. What would be written later than now is not yet.
fn times(form: &Form, episode: &Episode<'_>, now: Timestamp) -> Vec<Timestamp> {
    #[expect(clippy::cast_possible_truncation, reason = "some hours in minutes")]
    let offset = SignedDuration::from_mins((form.hours * 60.0) as i64);
    let after = |minutes| Some(episode.begin + SignedDuration::from_mins(minutes));
    let from = match form.from {
        Anchor::Begin => Some(episode.begin),
        Anchor::End => episode.end,
        Anchor::Operation => after(OPERATION_AFTER),
        Anchor::Recovery => after(OPERATION_ENDS_AFTER),
    };
    let Some(first) = from.map(|from| from + offset) else { return Vec::new() };
    let Some(every) = form.every else { return [first].into_iter().filter(|at| *at <= now).collect() };
    let rounds = episode.until(now).duration_since(first).as_hours() / every + 1;
    let step = every * (rounds / MOST_NOTES).max(1);
    (0..rounds.clamp(0, MOST_NOTES))
        .map(|round| first + SignedDuration::from_hours(round * step))
        .filter(|at| *at <= episode.until(now))
        .collect()
}

/// When it was written after all: forms have their time, and people take theirs.
fn delayed(patient: &mut Patient<'_>, form: &Form, at: Timestamp) -> Timestamp {
    let minutes = if form.spread > 0 { patient.random.random_range(0..form.spread * 60) } else { 0 };
    at + SignedDuration::from_mins(minutes)
}

fn document(
    patient: &mut Patient<'_>,
    person: &Person,
    patient_key: &SourceKey,
    episode: &Episode<'_>,
    (form, at, slips): (&Form, Timestamp, &[&Slip]),
) -> Change {
    let author = match form.author.as_str() {
        "attending" => episode.writer.as_str(),
        "nurse" => episode.nurse,
        staff => staff,
    };
    let has = |kind| slips.iter().any(|one| one.kind == kind);
    let (dictated, unsigned) = (has(SlipKind::Dictated), has(SlipKind::Unsigned));
    let status = match (dictated, unsigned) {
        (true, _) => DocumentStatus::Dictated,
        (_, true) => DocumentStatus::Preliminary,
        _ => DocumentStatus::Final,
    };
    let signatures = signatures(patient, episode, (author, at, slips));
    let title = form.title.replace("{study}", &episode.scenario.study);
    let body = fill::fill(patient, person, episode, form);
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, &form.kind, &title),
        status,
        written: Some(When::Instant(at)),
        authors: vec![patient.staff.named(author)],
        signatures: if dictated || unsigned { Vec::new() } else { signatures },
        sections: if dictated { Vec::new() } else { slipped(sections(&body), slips) },
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

/// The author's signature, and the physician's where one answers for the author.
fn signatures(
    patient: &mut Patient<'_>,
    episode: &Episode<'_>,
    (author, at, slips): (&str, Timestamp, &[&Slip]),
) -> Vec<Attestation> {
    let has = |kind| slips.iter().any(|one| one.kind == kind);
    let signed = at + SignedDuration::from_mins(patient.random.random_range(SIGNED_WITHIN));
    let cosigned = signed + SignedDuration::from_hours(patient.random.random_range(COSIGNED_WITHIN));
    let mut all = vec![Attestation {
        by: patient.staff.named(author),
        meaning: "author".into(),
        at: (!has(SlipKind::Undated)).then_some(When::Instant(signed.min(patient.now))),
    }];
    if author != episode.attending && author == episode.writer && !has(SlipKind::Cosignature) {
        all.push(Attestation {
            by: patient.staff.named(&episode.attending),
            meaning: "co-signer".into(),
            at: Some(When::Instant(cosigned.min(patient.now))),
        });
    }
    all
}

/// The sections with what was left out of them, and with the lines that were left blank.
fn slipped(mut sections: Vec<Section>, slips: &[&Slip]) -> Vec<Section> {
    for slip in slips {
        sections.retain(|one| !slip.headings.contains(&one.title));
        if slip.kind == SlipKind::Rewrite {
            rewrite(&mut sections, slip);
        }
    }
    sections
}

fn rewrite(sections: &mut [Section], slip: &Slip) {
    if slip.line.is_empty() {
        let last = sections.last_mut().expect("every form says something");
        last.text = format!("{}\n{}", last.text, slip.put);
        return;
    }
    for section in sections {
        let lines = section.text.lines();
        let changed: Vec<&str> =
            lines.map(|line| if line.starts_with(&slip.line) { slip.put.as_str() } else { line }).collect();
        section.text = changed.join("\n");
    }
}
