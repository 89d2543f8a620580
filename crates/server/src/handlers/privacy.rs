//! The privacy officer's viewer.

use std::collections::BTreeMap;

use chart::id::{PatientId, UserId};
use chart::patient::Patient;
use jiff::Timestamp;
use jiff::civil::Date;
use store::audit::{Actor, Event, Line, Outcome};
use workflow::privacy::{self as cases, Asked, Trail};

use super::input;
use crate::call::{Call, Reply, go_saying};
use crate::pages::audit::AuditPage;
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

/// Events listed at once.
const EVENTS: u32 = 200;

/// What can be asked for: key of the action, and words.
const KINDS: [(&str, &str); 14] = [
    ("", "Everything"),
    ("chart-read", "Charts read"),
    ("document-read", "Documents read"),
    ("patient-search", "Searches"),
    ("fhir-read", "Read by programs"),
    ("fhir-search", "Searches by programs"),
    ("glass-break", "Broken glass"),
    ("access-refused", "Refused"),
    ("sign-in", "Sign-ins"),
    ("patient-correct", "Corrections of who it is"),
    ("patient-merge", "Merges"),
    ("patient-unmerge", "Merges undone"),
    ("chart-restrict", "Restrictions"),
    ("account-roles", "Roles given"),
];

pub(crate) async fn viewer(call: Call) -> Reply {
    let page = input::page(&call.query, EVENTS);
    let asked = asked(&call)?;
    match cases::trail(&call.house.store, &call.context()?, &asked, page).await {
        Ok(trail) => {
            let pager = input::pager(page, trail.count, &address(&call));
            call.page(&AuditPage { pager, ..viewer_page(&call, &asked, &trail, None) })
        }
        Err(workflow::Error::Refused(words)) => {
            call.again(&viewer_page(&call, &asked, &Trail::default(), Some(sentence(&words))))
        }
        Err(other) => Err(other.into()),
    }
}

fn asked(call: &Call) -> Result<Asked, Problem> {
    let day = |name: &str| call.query.read::<Date>(name);
    let midnight = |day: Date| -> Result<Timestamp, Problem> {
        let zoned = day.to_zoned(call.house.config.zone.clone()).map_err(|_| Problem::Unreadable)?;
        Ok(zoned.timestamp())
    };
    let text = |name: &str| Some(call.query.text(name).to_owned()).filter(|text| !text.is_empty());
    Ok(Asked {
        number: text("number"),
        user: call.query.read("user"),
        action: text("kind"),
        from: day("from").map(midnight).transpose()?,
        // The last day counts whole.
        until: day("to").and_then(|day| day.tomorrow().ok()).map(midnight).transpose()?,
    })
}

/// The address of the same question, for the next page. A record number is an identifier that says nothing by itself.
fn address(call: &Call) -> String {
    let names = ["number", "user", "kind", "from", "to"];
    let safe =
        |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    let asked = names.into_iter().map(|name| (name, call.query.text(name))).filter(|(_, text)| safe(text));
    let pairs: Vec<String> = asked.map(|(name, text)| format!("{name}={text}")).collect();
    format!("/audit?{}", pairs.join("&"))
}

fn viewer_page(call: &Call, asked: &Asked, trail: &Trail, problem: Option<String>) -> AuditPage {
    let chosen = asked.user.map(|id| id.to_string()).unwrap_or_default();
    let users = trail.users.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone(), &chosen));
    let kind = asked.action.as_deref().unwrap_or_default();
    AuditPage {
        number: call.query.text("number").into(),
        users: users.collect(),
        kinds: KINDS.iter().map(|(key, label)| Choice::new(*key, *label, kind)).collect(),
        from: call.query.text("from").into(),
        to: call.query.text("to").into(),
        problem,
        about: format!("{} in all.", show::counted(trail.count, "event")),
        table: table(trail, &call.show()),
        ..AuditPage::default()
    }
}

fn table(trail: &Trail, show: &Show) -> Table {
    let rows = trail.lines.iter().map(|line| row(line, &trail.users, &trail.patients, show));
    let columns = ["When", "Who", "What", "Patient", "How it ended", "Why"];
    Table::new("Events, the newest first", &columns, "Nothing of the kind in this time.").rows(rows)
}

fn row(
    line: &Line,
    users: &[(UserId, String)],
    patients: &BTreeMap<PatientId, Patient>,
    show: &Show,
) -> Vec<Cell> {
    let event = &line.event;
    let role = match &event.actor {
        Actor::User { role, .. } => {
            role.parse().map_or_else(|_| role.clone(), |role: chart::access::Role| role.title().into())
        }
        Actor::System(_) => String::new(),
    };
    let mark = if event.action.key() == "glass-break" { "tag stop" } else { "" };
    vec![
        Cell::new(show.moment(event.at)).note(format!("line {}", line.seq)),
        Cell::new(cases::actor_name(&event.actor, users)).note(role),
        Cell::new(show::worded(event.action.key())).mark(mark).note(detail(event)),
        whose(event, patients),
        Cell::new(match event.outcome {
            Outcome::Done => "done",
            Outcome::Denied => "denied",
            Outcome::Failed => "failed",
        }),
        Cell::new(event.reason.clone().unwrap_or_default()),
    ]
}

/// Which part of a chart was read or which address refused, for those who ask what somebody saw or tried.
fn detail(event: &Event) -> String {
    let part = event.detail.get("part").or(event.detail.get("route")).and_then(|part| part.as_str());
    part.map_or_else(|| event.object.as_ref().map(|one| one.kind.clone()).unwrap_or_default(), str::to_owned)
}

fn whose(event: &Event, patients: &BTreeMap<PatientId, Patient>) -> Cell {
    let Some(id) = event.patient else { return Cell::new("") };
    let link = format!("/patients/{id}");
    match patients.get(&id) {
        Some(patient) => {
            let who = &patient.demographics;
            Cell::new(who.filed_name()).note(show::number(who)).link(link)
        }
        None => Cell::new(id.to_string()).link(link),
    }
}

pub(crate) async fn verify(call: Call) -> Reply {
    let verdict = cases::verify(&call.house.store, &call.context()?).await?;
    match verdict.fault {
        None => Ok(go_saying("/audit", "chain")),
        Some(fault) => {
            let words =
                format!("The trail is not whole: {fault}. {} lines before it are right.", verdict.verified);
            call.again(&viewer_page(&call, &Asked::default(), &Trail::default(), Some(words)))
        }
    }
}
