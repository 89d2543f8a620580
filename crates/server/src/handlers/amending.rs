//! Late entries, addenda, corrections and attestations; patients' requests to amend.

use chart::amendment::{AmendmentKind, Asked, Billing, DenialBasis, Draft, PatientRequest, RequestState};
use chart::id::{DocumentId, EncounterId, PatientId, PatientRequestId};
use store::Page;
use workflow::amending::{self as cases, Amend, Decision};
use workflow::charts::{self, Part};

use super::chart::top;
use super::input;
use super::signing::{credential, encounters, refused};
use crate::call::{Call, Reply, go_saying};
use crate::pages::chart::document::title;
use crate::pages::chart::text::sections;
use crate::pages::parts::{Cell, Choice, Fact, Table, Tag};
use crate::pages::signing::amend::AmendPage;
use crate::pages::signing::requests::{RequestPage, RequestsPage};
use crate::problem::{Problem, sentence};

/// Encounters offered for a late entry: the newest.
const ENCOUNTERS: u32 = 50;
/// Requests and amendments listed at once.
const ROWS: u32 = 200;

pub(crate) async fn form(call: Call) -> Reply {
    let page = amend_page(&call, None).await?;
    call.page(&page)
}

async fn amend_page(call: &Call, problem: Option<String>) -> Result<AmendPage, Problem> {
    let patient: PatientId = call.id("patient")?;
    let given = if problem.is_some() { &call.form } else { &call.query };
    let kind = given.read("kind").unwrap_or(AmendmentKind::LateEntry);
    let typed = |name: &str| call.form.text(name).to_owned();
    let empty = |top| AmendPage {
        heading: kind.title(),
        explains: kind.explains(),
        action: format!("/patients/{patient}/amend"),
        problem: problem.clone(),
        kind: kind.key(),
        original: String::new(),
        original_title: String::new(),
        version: 0,
        sections: Vec::new(),
        encounters: Vec::new(),
        text: typed("text"),
        passage: typed("passage"),
        reason: typed("reason"),
        about: typed("about"),
        asks_code: false,
        flagged: None,
        top,
    };
    match given.read::<DocumentId>("document") {
        Some(id) => {
            let read = workflow::signing::read(&call.house.store, &call.context()?, id).await?;
            Ok(AmendPage {
                original: id.to_string(),
                original_title: title(&read.document.content),
                version: call.form.read("version").unwrap_or(read.document.version),
                sections: sections(&read.document.content.sections),
                asks_code: read.asks_code,
                flagged: flagged(call, read.billing),
                ..empty(top(call, &read.banner, "Documents"))
            })
        }
        None => {
            let part = Part { name: "writing", encounters: Some(Page::first(ENCOUNTERS)), ..Part::default() };
            let read = charts::read(&call.house.store, &call.context()?, patient, part).await?;
            // Who needs a code is not read here: the field is offered and may stay empty.
            let page = empty(top(call, &read.banner, "Documents"));
            Ok(AmendPage {
                asks_code: true,
                encounters: encounters(call, &read.encounters, given.text("encounter")),
                ..page
            })
        }
    }
}

/// What the writer is told when the record was billed or asked for before.
fn flagged(call: &Call, billing: Billing) -> Option<String> {
    let flags = billing.flags(call.house.now());
    let said = flags.iter().map(|flag| format!("{} ({})", flag.says(), call.show().day(flag.since())));
    let said = said.collect::<Vec<_>>().join("; ");
    (!said.is_empty()).then(|| format!("{said}: what you write now is marked so."))
}

pub(crate) async fn write(call: Call) -> Reply {
    let form = &call.form;
    let Ok(about) = input::written(form.text("about")) else {
        let page = amend_page(&call, Some("The date is no date: write YYYY-MM-DD.".into())).await?;
        return call.again(&page);
    };
    let original = form.read::<DocumentId>("document");
    let amend = Amend {
        kind: form.read("kind").unwrap_or(AmendmentKind::LateEntry),
        patient: call.id("patient")?,
        encounter: form.read("encounter"),
        original: original.map(|id| (id, form.read("version").unwrap_or_default())),
        draft: Draft {
            text: form.text("text").into(),
            passage: form.text("passage").into(),
            reason: form.text("reason").into(),
            about,
        },
    };
    let patient = amend.patient;
    let zone = &call.house.config.zone;
    let done = cases::amend(&call.house.store, &mut call.context()?, amend, credential(&call), zone).await;
    match refused(done)? {
        Ok(id) => {
            Ok(go_saying(&format!("/patients/{patient}/documents/{}", original.unwrap_or(id)), "amended"))
        }
        Err(words) => {
            let page = amend_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

pub(crate) async fn requests(call: Call) -> Reply {
    let page = Page::first(ROWS);
    let found = cases::waiting(&call.house.store, &call.context()?, page).await?;
    let show = call.show();
    let row = |one: &PatientRequest| {
        let late = if one.is_overdue(call.house.now()) { "overdue" } else { "" };
        vec![
            Cell::new(one.asked.clone()).link(format!("/requests/{}", one.id)),
            Cell::new(show.maybe_moment(one.clock.due())).note(late),
            Cell::new(one.state.key()),
        ]
    };
    let empty = "No request waits. A patient's request is entered in the chart.";
    let waiting = Table::new("To be decided, due first", &["Wants changed", "Due", "State"], empty);
    let flagged = found.flagged.iter().map(|one| {
        let flags: Vec<&str> = one.flags.iter().map(|flag| flag.says()).collect();
        vec![
            Cell::new(one.kind.title()).link(format!("/patients/{}/documents/{}", one.patient, one.document)),
            Cell::new(show.moment(one.written)),
            Cell::new(one.author.name.clone()),
            Cell::new(flags.join("; ")),
        ]
    });
    let columns = ["Entry", "Written", "By", "Why it is marked"];
    let after = Table::new("Written after the bill or an audit request", &columns, "Nothing.");
    call.page(&RequestsPage {
        waiting: waiting.rows(found.requests.iter().map(row)),
        flagged: after.rows(flagged),
    })
}

pub(crate) async fn new_form(call: Call) -> Reply {
    let page = new_page(&call, None).await?;
    call.page(&page)
}

async fn new_page(call: &Call, problem: Option<String>) -> Result<RequestPage, Problem> {
    let patient: PatientId = call.id("patient")?;
    let (banner, earlier) =
        cases::of_patient(&call.house.store, &call.context()?, patient, Page::first(ROWS)).await?;
    let show = call.show();
    let row = |one: &PatientRequest| {
        vec![
            Cell::new(one.asked.clone()).link(format!("/requests/{}", one.id)),
            Cell::new(show.maybe_moment(one.clock.started())),
            Cell::new(one.state.key()),
        ]
    };
    let table = Table::new("Earlier requests", &["Wants changed", "Received", "State"], "None.");
    Ok(RequestPage {
        top: top(call, &banner, "Overview"),
        action: format!("/patients/{patient}/requests"),
        problem,
        version: 0,
        state: None,
        facts: Vec::new(),
        acts: Vec::new(),
        bases: Vec::new(),
        history: Vec::new(),
        earlier: table.rows(earlier.iter().map(row)),
    })
}

pub(crate) async fn receive(call: Call) -> Reply {
    let asked = Asked {
        patient: call.id("patient")?,
        document: call.form.read("document"),
        asked: call.form.text("asked").into(),
        reason: call.form.text("reason").into(),
        received: received(&call),
    };
    let zone = &call.house.config.zone;
    match refused(cases::receive(&call.house.store, &mut call.context()?, asked, zone).await)? {
        Ok(id) => Ok(go_saying(&format!("/requests/{id}"), "request")),
        Err(words) => {
            let page = new_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

/// The day it came in, as entered; now when no day was.
fn received(call: &Call) -> jiff::Timestamp {
    let day: Option<jiff::civil::Date> = call.form.read("received");
    let start = day.and_then(|day| day.to_zoned(call.house.config.zone.clone()).ok());
    start.map_or_else(|| call.house.now(), |start| start.timestamp())
}

pub(crate) async fn request(call: Call) -> Reply {
    let page = request_page(&call, None).await?;
    call.page(&page)
}

async fn request_page(call: &Call, problem: Option<String>) -> Result<RequestPage, Problem> {
    let id: PatientRequestId = call.id("request")?;
    let read = cases::request(&call.house.store, &call.context()?, id).await?;
    let one = &read.request;
    let late = one.is_overdue(call.house.now());
    let show = call.show();
    let bases = DenialBasis::ALL.iter().map(|basis| Choice::new(basis.key(), basis.says(), "accurate"));
    let history = one.history.all().iter().map(|line| {
        format!("{} {} by {} {}", show.moment(line.stamp.at), line.verb, line.stamp.by.name, line.note)
    });
    Ok(RequestPage {
        top: top(call, &read.banner, "Overview"),
        action: format!("/requests/{id}"),
        problem,
        version: one.version,
        state: Some(Tag { tone: if late { "stop" } else { "note" }, text: one.state.key().into() }),
        facts: facts(one, &show),
        acts: acts(&one.state),
        bases: if one.state == RequestState::Received { bases.collect() } else { Vec::new() },
        history: history.collect(),
        earlier: Table::new("Earlier requests", &[], "Under the patient's requests."),
    })
}

fn facts(one: &PatientRequest, show: &crate::show::Show) -> Vec<Fact> {
    let (statement, rebuttal) = match &one.state {
        RequestState::Disagreed { statement, .. } => (statement.as_str(), ""),
        RequestState::Rebutted { statement, rebuttal, .. } => (statement.as_str(), rebuttal.as_str()),
        _ => ("", ""),
    };
    let (basis, words) = match &one.state {
        RequestState::Accepted { resolution } => ("", resolution.words.as_str()),
        RequestState::Denied { resolution, basis } => (basis.says(), resolution.words.as_str()),
        RequestState::Disagreed { denied, basis, .. } | RequestState::Rebutted { denied, basis, .. } => {
            (basis.says(), denied.words.as_str())
        }
        RequestState::Received | RequestState::Withdrawn { .. } => ("", ""),
    };
    let facts = [
        Fact::new("Wants changed", one.asked.as_str()),
        Fact::new("Because", one.reason.as_str()),
        Fact::new("Received", show.maybe_moment(one.clock.started())),
        Fact::new("To be decided by", show.maybe_moment(one.clock.due())),
        Fact::new("More time because", one.extension.clone().unwrap_or_default()),
        Fact::new("Basis of the denial", basis),
        Fact::new("Told the patient", words),
        Fact::new("Statement of disagreement", statement),
        Fact::new("Answer", rebuttal),
    ];
    facts.into_iter().flatten().collect()
}

fn acts(state: &RequestState) -> Vec<Choice> {
    let acts: &[(&str, &str)] = match state {
        RequestState::Received => &[
            ("accept", "Accept: say what was amended and who was told"),
            ("deny", "Deny: say why, and choose the basis"),
            ("extend", "Take 30 days more: give the reason told to the patient"),
            ("withdraw", "The patient took it back"),
        ],
        RequestState::Denied { .. } => &[("disagree", "Enter the patient's statement of disagreement")],
        RequestState::Disagreed { .. } => &[("rebut", "Enter the facility's answer")],
        RequestState::Accepted { .. } | RequestState::Rebutted { .. } | RequestState::Withdrawn { .. } => &[],
    };
    acts.iter().map(|(key, label)| Choice::new(*key, *label, "accept")).collect()
}

pub(crate) async fn decide(call: Call) -> Reply {
    let id: PatientRequestId = call.id("request")?;
    let words = call.form.text("words").to_owned();
    let decision = match call.form.text("act") {
        "accept" => Decision::Accept(words),
        "deny" => Decision::Deny(call.form.read("basis").unwrap_or(DenialBasis::Accurate), words),
        "extend" => Decision::Extend(words),
        "disagree" => Decision::Disagree(words),
        "rebut" => Decision::Rebut(words),
        "withdraw" => Decision::Withdraw(words),
        _ => {
            let page = request_page(&call, Some("Choose what is to be done.".into())).await?;
            return call.again(&page);
        }
    };
    let read = (id, call.form.read("version").unwrap_or_default());
    let zone = &call.house.config.zone;
    match refused(cases::decide(&call.house.store, &call.context()?, read, decision, zone).await)? {
        Ok(_) => Ok(go_saying(&format!("/requests/{id}"), "request")),
        Err(words) => {
            let page = request_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
    }
}

pub(crate) async fn billing(call: Call) -> Reply {
    let (patient, id): (PatientId, EncounterId) = (call.id("patient")?, call.id("encounter")?);
    let now = Some(call.house.now());
    let noted = match call.form.text("event") {
        "billed" => Billing { billed: now, audit_requested: None },
        _ => Billing { billed: None, audit_requested: now },
    };
    cases::note_billing(&call.house.store, &call.context()?, id, noted).await?;
    Ok(go_saying(&format!("/patients/{patient}/requests"), "account"))
}
