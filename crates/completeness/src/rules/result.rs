//! A result that came after the patient had left, or is still to come.
//!
//! *What it checks*: a report that became known after discharge is followed by something a provider wrote; a result that is
//! still preliminary after discharge is pending. *Why*: nobody else will tell the patient. *Example*: a pathology report
//! four days after discharge, and no note, letter or call after it.

use chart::date::When;
use chart::document::Document;
use chart::document_type::{Codable, document_types};
use chart::entry::EntryContent;
use chart::id::EntryId;
use jiff::Timestamp;

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding, Subject};
use crate::need::Seen;

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    // Of one who died nobody is left to be told; what the result means stands in the death summary.
    let Some(discharged) = case.facts.discharged.filter(|_| !case.facts.died) else { return };
    reports(case, discharged, out);
    pending(case, out);
}

fn reports(case: &Case<'_>, discharged: Timestamp, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("result-not-acknowledged") else { return };
    for document in case.facts.documents.iter().filter(|one| is_report(one)) {
        let known = made_known(document);
        if known <= discharged || is_followed(case, document, known) {
            continue;
        }
        let what = format!("{} came after discharge and nobody has answered it", document.content.title);
        let evidence = vec![Evidence::document(
            document.id,
            format!(
                "Known {}, discharged {}; no provider's note after it",
                case.local(known),
                case.local(discharged)
            ),
        )];
        let mut found = Found { evidence, ..Found::in_document(ground, document, what) };
        found.who = None;
        out.push(case.finding(found));
    }
}

fn is_report(document: &Document) -> bool {
    let kind = document.content.type_key().and_then(|kind| document_types().by_key(kind));
    kind.is_some_and(|kind| kind.group == "results" && kind.codable == Codable::Caution)
}

/// When a report was known: its last signature, or its writing.
fn made_known(document: &Document) -> Timestamp {
    let signed = document.content.signatures.iter().filter_map(|one| one.at).map(When::sort_key).max();
    signed.unwrap_or(Timestamp::MIN).max(Seen::written(document))
}

/// Whether a provider wrote anything in the chart after an instant.
fn is_followed(case: &Case<'_>, report: &Document, known: Timestamp) -> bool {
    let by_provider = |one: &Document| match one.content.type_key() {
        Some("telephone-note" | "correspondence") => true,
        Some(kind) => document_types().by_key(kind).is_some_and(|kind| kind.codable == Codable::Codable),
        None => false,
    };
    case.record
        .documents
        .iter()
        .any(|one| one.id != report.id && Seen::written(one) >= known && by_provider(one))
}

fn pending(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("result-pending") else { return };
    for entry in &case.facts.entries {
        let Some(name) = pending_name(&entry.content) else { continue };
        out.push(case.finding(pending_finding(ground, entry.id, name)));
    }
}

fn pending_finding<'a>(ground: &'a crate::profile::Ground, entry: EntryId, name: &str) -> Found<'a> {
    let evidence = vec![Evidence::entry(entry, format!("{name}: not final"))];
    let found = Found { evidence, ..Found::missing(ground, format!("Result pending at discharge: {name}")) };
    Found { subject: Subject::Entry(entry), ..found }
}

fn pending_name(content: &EntryContent) -> Option<&str> {
    let waits = |status: &str| matches!(status, "registered" | "partial" | "preliminary");
    match content {
        EntryContent::Report(one) if waits(&one.status) => Some(&one.what.text),
        EntryContent::Result(one) if waits(&one.status) && one.report.is_none() => Some(&one.what.text),
        _ => None,
    }
}
