//! Problems, diagnoses and allergies: concern acts with the observations in them.

use chart::coded::{Coded, system};
use chart::date::When;
use chart::entry::{Allergy, Diagnosis, DiagnosisRole, EntryContent};
use chart::intake::Change;
use roxmltree::Node;

use super::entries::{Filing, author, comments, is_negated, observed, related, status, value_code};
use super::types;
use super::xml::{at, child, children, is, words};

/// The status of a problem or allergy (LOINC 33999-4).
const STATUS: &[&str] = &["33999-4"];
/// The severity of a problem, allergy or reaction.
const SEVERITY: &[&str] = &["SEV", "46680005"];
/// SNOMED CT: substance; its negation denies every allergy.
const ANY_SUBSTANCE: &[&str] = &["105590001"];
/// The criticality of an allergy.
const CRITICALITY: &[&str] = &["82606-5"];

/// The observations a concern is about; an observation that stands alone is one.
fn subjects<'a, 'i>(statement: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    if is(statement, "observation") {
        return vec![statement];
    }
    let inside = related(statement)
        .filter(|(how, one)| matches!(*how, "SUBJ" | "COMP" | "") && is(*one, "observation"));
    inside.map(|(_, one)| one).collect()
}

/// The diagnoses of a concern; `role` is what the section makes of them.
pub(super) fn problems(statement: Node<'_, '_>, role: &str, filing: &Filing<'_, '_, '_>) -> Vec<Change> {
    let read = |observation| {
        Some(
            filing
                .entry(observation, EntryContent::Diagnosis(problem(observation, statement, role, filing)?)),
        )
    };
    subjects(statement).into_iter().filter_map(read).collect()
}

fn problem(
    observation: Node<'_, '_>,
    concern: Node<'_, '_>,
    role: &str,
    filing: &Filing<'_, '_, '_>,
) -> Option<Diagnosis> {
    let desk = filing.desk;
    let value = child(observation, "value");
    let what = value.and_then(|value| types::coded(value, desk)).or_else(|| narrated(observation, filing))?;
    let time = child(observation, "effectiveTime").or_else(|| child(concern, "effectiveTime"));
    let (onset, abated) = time.map(|time| types::interval(time, desk)).unwrap_or_default();
    let (by, recorded) = written(observation, concern, filing);
    Some(Diagnosis {
        what,
        role: match role {
            "admitting" => DiagnosisRole::Admitting,
            "discharge" => DiagnosisRole::Discharge,
            "working" => DiagnosisRole::Working,
            _ => DiagnosisRole::Problem,
        },
        clinical_status: clinical_status(observation, concern, abated),
        verification: if is_negated(observation) { "refuted" } else { "confirmed" }.into(),
        severity: observed(observation, SEVERITY).and_then(|one| types::coded(child(one, "value")?, desk)),
        sites: children(observation, "targetSiteCode").filter_map(|site| types::coded(site, desk)).collect(),
        onset,
        abated,
        recorded,
        by,
        note: comments(observation, desk),
        ..Diagnosis::default()
    })
}

/// What the narrative says where the value says nothing.
fn narrated(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<Coded> {
    let text = child(observation, "text").map(|text| filing.desk.text(text)).filter(|text| !text.is_empty());
    text.map(Coded::text)
}

/// Who wrote the observation down, else the concern.
fn written(
    observation: Node<'_, '_>,
    concern: Node<'_, '_>,
    filing: &Filing<'_, '_, '_>,
) -> (Option<chart::directory::Named>, Option<When>) {
    let (by, at) = author(observation, filing.desk);
    let (others, other_time) = author(concern, filing.desk);
    (by.or(others), at.or(other_time))
}

/// Its status observation; else resolved when it has ended, else what the concern is.
fn clinical_status(observation: Node<'_, '_>, concern: Node<'_, '_>, abated: Option<When>) -> String {
    let said = observed(observation, STATUS).or_else(|| observed(concern, STATUS)).and_then(value_code);
    let said = said.and_then(|code| types::word("clinical-status", code));
    said.unwrap_or(match status(concern) {
        _ if abated.is_some() => "resolved",
        "active" => "active",
        "suspended" => "inactive",
        "completed" if !is(concern, "observation") => "resolved",
        _ => "",
    })
    .into()
}

/// The allergies of a concern.
pub(super) fn allergies(statement: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Vec<Change> {
    let read = |observation| {
        Some(filing.entry(observation, EntryContent::Allergy(allergy(observation, statement, filing)?)))
    };
    subjects(statement).into_iter().filter_map(read).collect()
}

fn allergy(observation: Node<'_, '_>, concern: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<Allergy> {
    let desk = filing.desk;
    let kind = child(observation, "value").and_then(|value| types::coded(value, desk));
    let substance = substance(observation, filing);
    let negated = is_negated(observation);
    let what = match (substance, &kind) {
        (Some(mut what), _) if negated => {
            let anything = what.code(system::SNOMED).is_some_and(|code| ANY_SUBSTANCE.contains(&code));
            what.text = if anything {
                "No known allergies".into()
            } else {
                format!("No known allergy to {}", what.text)
            };
            what
        }
        (Some(what), _) => what,
        // "No known allergies": the kind is denied, no substance is named.
        (None, Some(kind)) if negated => {
            Coded { text: format!("No known {}", category(kind)), ..kind.clone() }
        }
        (None, _) => narrated(observation, filing)?,
    };
    let time = child(observation, "effectiveTime");
    let (onset, abated) = time.map(|time| types::interval(time, desk)).unwrap_or_default();
    let (by, recorded) = written(observation, concern, filing);
    let severity = severity(observation, filing);
    let note = [severity.clone(), comments(observation, desk)];
    Some(Allergy {
        category: kind
            .filter(|kind| kind.text != what.text)
            .map(|kind| category(&kind))
            .unwrap_or_else(|| "allergy".into()),
        status: clinical_status(observation, concern, abated),
        criticality: criticality(observation, &severity).into(),
        reactions: reactions(observation, filing),
        onset,
        recorded,
        by,
        note: note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
        what,
    })
}

/// `allergy to substance`, without the word in brackets by which SNOMED CT tells its hierarchies apart.
fn category(kind: &Coded) -> String {
    kind.text.split(" (").next().unwrap_or_default().to_lowercase()
}

/// The substance: the code of the participant consumed, else its name.
fn substance(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Option<Coded> {
    let entity = children(observation, "participant")
        .find_map(|one| at(one, &["participantRole", "playingEntity"]))?;
    let named = child(entity, "name").map(words).filter(|name| !name.is_empty());
    child(entity, "code").and_then(|code| types::coded(code, filing.desk)).or_else(|| named.map(Coded::text))
}

/// What happened, each with its severity in words.
fn reactions(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> Vec<Coded> {
    let reactions = related(observation).filter(|(how, _)| *how == "MFST").map(|(_, one)| one);
    let read = |reaction: Node<'_, '_>| {
        let value = child(reaction, "value").and_then(|value| types::coded(value, filing.desk));
        let mut what = value.or_else(|| narrated(reaction, filing))?;
        let severity =
            observed(reaction, SEVERITY).and_then(value_code).and_then(|code| types::word("severity", code));
        if let Some(severity) = severity {
            what.text = format!("{} ({severity})", what.text);
        }
        Some(what)
    };
    reactions.filter_map(read).collect()
}

/// `Severity: moderate`, of the allergy itself.
fn severity(observation: Node<'_, '_>, filing: &Filing<'_, '_, '_>) -> String {
    let value = observed(observation, SEVERITY).and_then(|one| child(one, "value"));
    let words =
        value.and_then(|value| types::coded(value, filing.desk)).map(|severity| severity.text.to_lowercase());
    words.map(|words| format!("Severity: {words}")).unwrap_or_default()
}

/// The criticality as said; else high for what is severe.
fn criticality(observation: Node<'_, '_>, severity: &str) -> &'static str {
    let said = observed(observation, CRITICALITY)
        .and_then(value_code)
        .and_then(|code| types::word("criticality", code));
    said.unwrap_or(match severity {
        "Severity: severe" | "Severity: fatal" => "high",
        "Severity: mild" => "low",
        _ => "",
    })
}
