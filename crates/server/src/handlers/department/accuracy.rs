//! What does not agree in a patient's record, and deciding it.

use accuracy::{Passage, Place, RULES};
use chart::id::{FindingId, PatientId};
use store::department::findings::{Decision, Kept, State};
use workflow::accuracy as cases;

use crate::call::{Call, Reply, go_saying};
use crate::pages::department::accuracy::{AccuracyPage, FindingView, PassageView};
use crate::pages::parts::Tag;
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

pub(crate) async fn read(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<AccuracyPage, Problem> {
    let id: PatientId = call.id("patient")?;
    let read = cases::of_patient(&call.house.store, &call.context()?, id).await?;
    let (who, back) = (&read.patient.demographics, format!("/patients/{}", read.patient.id));
    let show = call.show();
    let mut findings: Vec<FindingView> = read.all.iter().map(|one| view(one, &back, &show)).collect();
    findings.sort_by_key(|one| !one.open);
    Ok(AccuracyPage {
        who: format!("{} · {}", who.filed_name(), show::number(who)),
        action: format!("{back}/accuracy"),
        back,
        may_decide: call.may(chart::access::Permission::QueueWork),
        findings,
        problem,
    })
}

fn view(one: &Kept, base: &str, show: &Show) -> FindingView {
    let finding = &one.details.finding;
    let title =
        RULES.iter().find(|rule| rule.key == finding.rule).map_or(finding.rule.as_str(), |rule| rule.title);
    FindingView {
        id: one.id.to_string(),
        version: one.version,
        title: title.into(),
        what: finding.what.clone(),
        tag: tag(one.state),
        passages: finding.passages.iter().map(|passage| place(passage, base)).collect(),
        why: finding.why.clone(),
        advice: finding.advice.clone(),
        decided: one.details.decisions.iter().map(|decision| decided(decision, show)).collect(),
        open: one.state == State::Open,
    }
}

fn tag(state: State) -> Option<Tag> {
    match state {
        State::Open | State::Gone => None,
        State::Resolved => Some(Tag { tone: "good", text: "resolved".into() }),
        State::Overridden => Some(Tag { tone: "note", text: "overridden".into() }),
    }
}

fn decided(decision: &Decision, show: &Show) -> String {
    let verb = if decision.state == State::Resolved { "resolved" } else { "overrode" };
    format!("{} {verb} it, {}: {}", decision.name, show.moment(decision.at), decision.reason)
}

fn place(passage: &Passage, base: &str) -> PassageView {
    let href = match passage.place {
        Place::Document(id) => Some(format!("{base}/documents/{id}")),
        Place::Encounter(id) => Some(format!("{base}/encounters/{id}")),
        Place::Registration => Some(base.to_owned()),
        Place::Entry(_) => None,
    };
    PassageView { title: passage.title.clone(), href, quote: passage.quote.clone() }
}

pub(crate) async fn decide(call: Call) -> Reply {
    let id: FindingId = call.form.read("finding").ok_or(Problem::Unreadable)?;
    let version = call.form.read("version").ok_or(Problem::Unreadable)?;
    let state = match call.form.text("do") {
        "resolve" => State::Resolved,
        "override" => State::Overridden,
        _ => return Err(Problem::Unreadable),
    };
    let (store, context) = (&call.house.store, call.context()?);
    match cases::decide(store, &context, (id, version), state, call.form.text("reason")).await {
        Ok(patient) => Ok(go_saying(&format!("/patients/{patient}/accuracy"), "decided")),
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}
