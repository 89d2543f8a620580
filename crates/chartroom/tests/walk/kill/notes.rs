//! A physician who signs late entries, one after the other, while the server comes and goes.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use chart::document::DocumentStatus;
use chart::id::PatientId;
use chart::signature::content_digest;
use store::{View, documents, signatures};

use crate::support::PASSWORD;
use crate::support::html;
use crate::support::person::Person;

use super::ledger::{Ledger, Written};
use super::traffic::{Fault, PAUSE, record, take_down};

/// The type of a late entry's document, as its title says it.
const TITLE: &str = "Late entry";

/// The chart of a patient whom this physician treats.
pub(super) fn own_chart(person: &mut Person) -> String {
    let inbox = person.get("/inbox").expect("the server is there");
    let link = html::links_below(&inbox.html, "/patients/").into_iter().next();
    let link = link.expect("the demo's physician has work");
    link.split('/').take(3).collect::<Vec<_>>().join("/")
}

/// Signs late entries into the chart at `chart`. Nobody signs twice: what broke off is left as it is.
pub(super) fn sign(mut person: Person, chart: &str, ledger: &Mutex<Ledger>, over: &AtomicBool) {
    for round in 0_usize.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let mark = format!("Seen at the bedside, round {round:05}.");
        let answer = late_entry(&mut person, chart, &mark);
        let mut ledger = record(ledger);
        let confirmed = take_down(answer, &mark, &mut ledger);
        ledger.notes.push(Written { mark, confirmed });
        drop(ledger);
        if !confirmed {
            std::thread::sleep(PAUSE);
        }
    }
}

fn late_entry(person: &mut Person, chart: &str, mark: &str) -> Result<bool, Fault> {
    let form = [
        ("kind", "late-entry"),
        ("document", ""),
        ("version", ""),
        ("encounter", ""),
        ("about", "2026-11-18"),
        ("text", mark),
        ("reason", "Called away before it was written"),
        ("password", PASSWORD),
    ];
    let answer = person.post(&format!("{chart}/amend"), &form)?;
    if answer.is_good() {
        Ok(true)
    } else {
        Err(Fault::Wrong(format!("{} at {}", answer.status, answer.place)))
    }
}

/// A signature that is not whole, and a note that was confirmed and is lost, or is there twice.
pub(super) async fn findings(view: &mut View, chart: &str, ledger: &Ledger) -> Vec<String> {
    let patient: PatientId =
        chart.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a chart's address");
    let mut found = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for document in documents::of_patients(view, &[patient]).await.expect("documents can be read") {
        let Some(text) = document.content.sections.first().map(|section| section.text.clone()) else {
            continue;
        };
        if !document.content.title.starts_with(TITLE)
            || !ledger.notes.iter().any(|one| text.contains(&one.mark))
        {
            continue;
        }
        let signed = signatures::of_document(view, document.id).await.expect("signatures can be read");
        let is_whole = document.content.status == DocumentStatus::Final
            && signed.len() == 1
            && signed.iter().all(|one| one.digest == content_digest(&document.content));
        if !is_whole {
            found.push(format!("'{text}' is {:?} with {} signatures", document.content.status, signed.len()));
        }
        texts.push(text);
    }
    for note in &ledger.notes {
        let count = texts.iter().filter(|text| text.contains(&note.mark)).count();
        let is_right = if note.confirmed { count == 1 } else { count <= 1 };
        if !is_right {
            found.push(format!("'{}' (confirmed: {}) is there {count} times", note.mark, note.confirmed));
        }
    }
    found
}
