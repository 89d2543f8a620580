//! What a message says of a person's health outside orders: DG1, PRB, PR1, AL1, IAM.

use std::collections::HashMap;

use chart::coded::Coded;
use chart::date::When;
use chart::entry::{Allergy, Diagnosis, DiagnosisRole, EntryContent, Procedure};
use chart::intake::{Change, KeyKind, SourceKey};
use jiff::SignedDuration;

use super::arrival::Filing;
use super::group::PatientGroup;
use super::segment::Segment;
use super::{tables, types};

/// All of it, as changes.
pub(super) fn entries(group: &PatientGroup<'_>, filing: &Filing<'_, '_>) -> Vec<Change> {
    let notes = |name| group.with_notes(name);
    let diagnoses = group.everywhere("DG1").filter_map(|dg1| diagnosis(dg1, filing));
    let problems = notes("PRB").into_iter().filter_map(|(prb, note)| problem(prb, note, filing));
    let procedures = notes("PR1").into_iter().filter_map(|(pr1, note)| procedure(pr1, note, filing));
    let allergies = group.everywhere("AL1").filter_map(|al1| allergy(al1, filing));
    let detailed = notes("IAM").into_iter().filter_map(|(iam, note)| detailed_allergy(iam, note, filing));
    let mut all: Vec<Change> = Vec::new();
    let mut places: HashMap<SourceKey, usize> = HashMap::new();
    for change in diagnoses.chain(problems).chain(procedures).chain(allergies).chain(detailed) {
        // Orders repeat the patient's allergies and diagnoses, each with its own.
        let (Change::Entry { key, .. } | Change::Withdraw { key }) = &change else { continue };
        if places.get(key).is_none_or(|&place| all[place] != change) {
            places.insert(key.clone(), all.len());
            all.push(change);
        }
    }
    all
}

/// A code with the words of a field of its own, where the code has none.
pub(super) fn with_words(coded: Option<Coded>, words: Option<String>) -> Option<Coded> {
    match (coded, words) {
        (Some(mut coded), Some(words)) => {
            if coded.codings.first().is_some_and(|first| first.display.is_empty() && coded.text == first.code)
            {
                coded.text = words;
            }
            Some(coded)
        }
        (coded, words) => coded.or_else(|| words.map(Coded::text)),
    }
}

/// What tells an entry from others of its kind: its first code, else its words.
fn named(what: &Coded) -> &str {
    what.codings.first().map_or(what.text.as_str(), |coding| coding.code.as_str())
}

fn diagnosis(dg1: Segment<'_>, filing: &Filing<'_, '_>) -> Option<Change> {
    let kind = dg1.field(6).component(1).text();
    let key = match types::entity(dg1.field(20)) {
        Some((system, number)) => filing.desk.key(&system, KeyKind::Entry, format!("DG1/{number}")),
        None => {
            let what = types::coded(dg1.field(3)).or_else(|| Some(Coded::text(dg1.field(4).said()?)))?;
            filing.entry_key("DG1", &format!("{kind}/{}", named(&what)))
        }
    };
    if dg1.field(21).text() == "D" {
        return Some(Change::Withdraw { key });
    }
    let content = diagnosis_content(dg1, filing)?;
    Some(filing.entry(key, EntryContent::Diagnosis(content)))
}

/// What a DG1 says.
pub(super) fn diagnosis_content(dg1: Segment<'_>, filing: &Filing<'_, '_>) -> Option<Diagnosis> {
    let mut what = with_words(types::coded(dg1.field(3)), dg1.field(4).said());
    // DG1-2 names the system of older versions.
    let bare =
        what.as_mut().and_then(|what| what.codings.first_mut()).filter(|first| first.system.is_empty());
    if let (Some(first), Some(method)) = (bare, dg1.field(2).said()) {
        first.system = tables::system_uri(&method);
    }
    let role = match dg1.field(6).component(1).text().as_str() {
        "A" => DiagnosisRole::Admitting,
        "F" if filing.is_billing => DiagnosisRole::Billing,
        "F" => DiagnosisRole::Discharge,
        _ => DiagnosisRole::Working,
    };
    let desk = filing.desk;
    Some(Diagnosis {
        what: what?,
        role,
        rank: dg1.field(15).text().parse().ok().filter(|rank| *rank > 0),
        present_on_admission: dg1.field(26).component(1).said(),
        onset: desk.when(dg1.field(5)),
        recorded: desk.when(dg1.field(19)),
        by: types::person(dg1.field(16).first(), desk),
        ..Diagnosis::default()
    })
}

/// A problem of the problem list (PPR messages).
fn problem(prb: Segment<'_>, note: String, filing: &Filing<'_, '_>) -> Option<Change> {
    let what = types::coded(prb.field(3))?;
    let key = match types::entity(prb.field(4)) {
        Some((system, number)) => filing.desk.key(&system, KeyKind::Entry, format!("PRB/{number}")),
        None => filing.entry_key("PRB", named(&what)),
    };
    if prb.field(1).text() == "DE" {
        return Some(Change::Withdraw { key });
    }
    let desk = filing.desk;
    let words = |at: usize| types::coded(prb.field(at)).map(|status| status.text.to_lowercase());
    // The life cycle is PRB-14; some senders put it a field before, where the confirmation belongs.
    let is_life_cycle = |text: &String| matches!(text.as_str(), "active" | "inactive" | "resolved");
    let (confirmation, misplaced) =
        (words(13).filter(|text| !is_life_cycle(text)), words(13).filter(is_life_cycle));
    let content = Diagnosis {
        what,
        role: DiagnosisRole::Problem,
        rank: prb.field(18).component(1).text().parse().ok(),
        clinical_status: words(14).or(misplaced).unwrap_or_default(),
        verification: confirmation.unwrap_or_default(),
        onset: desk.when(prb.field(16)),
        abated: desk.when(prb.field(9)),
        recorded: desk.when(prb.field(7)).or_else(|| desk.when(prb.field(2))),
        note,
        ..Diagnosis::default()
    };
    Some(filing.entry(key, EntryContent::Diagnosis(content)))
}

fn procedure(pr1: Segment<'_>, note: String, filing: &Filing<'_, '_>) -> Option<Change> {
    let what = with_words(types::coded(pr1.field(3)), pr1.field(4).said())?;
    let desk = filing.desk;
    let start = desk.when(pr1.field(5));
    let key = match types::entity(pr1.field(19)) {
        Some((system, number)) => desk.key(&system, KeyKind::Entry, format!("PR1/{number}")),
        None => {
            let at = pr1.field(5).component(1).text();
            filing.entry_key("PR1", &format!("{}/{at}", named(&what)))
        }
    };
    if pr1.field(20).text() == "D" {
        return Some(Change::Withdraw { key });
    }
    // Surgeon, then further practitioners; the anesthesiologist is not one who did it.
    let by = [11, 12].into_iter().flat_map(|at| types::persons(pr1.field(at), desk)).collect();
    let content = Procedure {
        what,
        status: "completed".into(),
        rank: pr1.field(14).text().parse().ok().filter(|rank| *rank > 0),
        start,
        end: ends(start, &pr1.field(7).text()),
        by,
        reasons: types::coded_list(pr1.field(15), ""),
        anesthesia: types::coded_in(pr1.field(9), "0019"),
        note,
        ..Procedure::default()
    };
    Some(filing.entry(key, EntryContent::Procedure(content)))
}

/// The end of what took `minutes`.
fn ends(start: Option<When>, minutes: &str) -> Option<When> {
    let minutes: i64 = minutes.parse().ok().filter(|minutes| (1..100_000).contains(minutes))?;
    let Some(When::Instant(start)) = start else { return None };
    start.checked_add(SignedDuration::from_mins(minutes)).ok().map(When::Instant)
}

fn allergy(al1: Segment<'_>, filing: &Filing<'_, '_>) -> Option<Change> {
    let what = types::coded(al1.field(3))?;
    let key = filing.patient_entry_key("AL1", named(&what));
    let severity = al1.field(4).component(1).text();
    let content = Allergy {
        category: category(al1.field(2)).unwrap_or_else(|| "allergy".into()),
        status: "active".into(),
        criticality: criticality(&severity).into(),
        reactions: al1.field(5).repetitions().filter_map(types::worded).collect(),
        onset: filing.desk.when(al1.field(6)),
        note: severity_note(&severity),
        what,
        ..Allergy::default()
    };
    Some(filing.entry(key, EntryContent::Allergy(content)))
}

/// An allergy with an identifier, an action and who said so (ADT A60).
fn detailed_allergy(iam: Segment<'_>, note: String, filing: &Filing<'_, '_>) -> Option<Change> {
    let what = types::coded(iam.field(3))?;
    let key = match types::entity(iam.field(7)) {
        Some((_, number)) => filing.patient_entry_key("IAM", &number),
        None => filing.patient_entry_key("AL1", named(&what)),
    };
    if iam.field(6).component(1).text() == "D" {
        return Some(Change::Withdraw { key });
    }
    let severity = iam.field(4).component(1).text();
    let lines = [iam.field(8).text(), iam.field(12).text(), severity_note(&severity), note];
    let desk = filing.desk;
    let content = Allergy {
        category: category(iam.field(9))
            .or_else(|| category(iam.field(2)))
            .unwrap_or_else(|| "allergy".into()),
        status: if matches!(iam.field(17).component(1).text().as_str(), "I" | "E") {
            "inactive"
        } else {
            "active"
        }
        .into(),
        criticality: criticality(&severity).into(),
        reactions: iam.field(5).repetitions().filter_map(types::worded).collect(),
        onset: desk.when(iam.field(11)),
        recorded: desk.when(iam.field(13)).or_else(|| desk.when(iam.field(20))),
        by: types::person(iam.field(18).first(), desk).or_else(|| {
            let name = types::name(iam.field(14).first())?;
            Some(chart::directory::Named { name: name.filed(), key: None })
        }),
        note: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        what,
    };
    Some(filing.entry(key, EntryContent::Allergy(content)))
}

/// `drug allergy`, `intolerance`: the words of the type.
fn category(field: super::segment::Field<'_>) -> Option<String> {
    let code = field.component(1).said()?;
    let words = ["0127", "0436"].into_iter().find_map(|table| tables::words(table, &code));
    Some(words.map_or_else(|| field.component(2).said().unwrap_or(code), str::to_owned))
}

/// Table 0128 as the chart says it. Moderate has no word of its own there and stands in the note.
fn criticality(severity: &str) -> &'static str {
    match severity {
        "SV" => "high",
        "MI" => "low",
        "U" => "unable-to-assess",
        _ => "",
    }
}

fn severity_note(severity: &str) -> String {
    match tables::words("0128", severity) {
        Some(words) => format!("Severity: {words}"),
        None if severity.is_empty() => String::new(),
        None => format!("Severity: {severity}"),
    }
}
