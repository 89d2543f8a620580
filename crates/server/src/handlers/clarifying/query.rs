//! One query: at the desk, and in the inbox of who answers it.

use chart::access::Permission;
use chart::id::QueryId;
use chart::query::{Ask, Outcome, Query, State};
use clarify::lint::{Finding, Part};
use workflow::clarifying::{self as cases, Edits, OneQuery, ToAnswer, Verb};

use super::pieces;
use crate::call::{Call, Reply, go_saying};
use crate::handlers::chart::top;
use crate::handlers::signing::{credential, refused};
use crate::pages::clarifying::query::{AnswerPage, DraftForm, FindingView, QueryPage, VerbForm};
use crate::pages::clarifying::{QueryView, outcome};
use crate::pages::parts::Choice;
use crate::problem::Problem;
use crate::show::{self, Show};

pub(crate) async fn read(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<QueryPage, Problem> {
    let id: QueryId = call.id("query")?;
    let zone = &call.house.config.zone;
    let found = cases::one(&call.house.store, &call.context()?, id, zone).await?;
    let (show, top) = (call.show(), top(call, &found.banner, "Queries"));
    let query = &found.query;
    let may_write = call.may(Permission::QueryWrite);
    let is_draft = matches!(query.state, State::Draft { .. });
    Ok(QueryPage {
        action: format!("/queries/{id}"),
        query: QueryView::new(query, Some(&found.encounter), &top.base, &show),
        findings: found.findings.iter().map(|one| finding(one, &query.ask)).collect(),
        draft: (is_draft && may_write).then(|| DraftForm {
            credentials: query.ask.author.credentials.clone(),
            contact: query.ask.author.contact.clone(),
            prior_reason: query.ask.prior_reason.clone(),
        }),
        verbs: if may_write { verbs(&found) } else { Vec::new() },
        history: history(query, &show),
        problem,
        top,
    })
}

fn finding(one: &Finding, ask: &Ask) -> FindingView {
    let (part, text) = match one.part {
        Part::Whole => ("The query".into(), ""),
        Part::Title => ("Title".into(), ask.title.as_str()),
        Part::Question => ("Question".into(), ask.question.as_str()),
        Part::Choice(at) => {
            (format!("Choice {}", at + 1), ask.choices.get(at).map_or("", |choice| choice.text.as_str()))
        }
        Part::Indicator(at) => {
            (format!("Finding {}", at + 1), ask.indicators.get(at).map_or("", |one| one.quote.as_str()))
        }
    };
    let pieces = one.marked.clone().map_or_else(Vec::new, |range| pieces(text, Some(range)));
    FindingView { part, what: one.what.clone(), advice: one.advice, pieces }
}

fn history(query: &Query, show: &Show) -> Vec<String> {
    let line = |done: &chart::machine::Happened| {
        let note = if done.note.is_empty() { String::new() } else { format!(": {}", done.note) };
        format!("{} {}, {}{note}", show.moment(done.stamp.at), show::worded(&done.verb), done.stamp.by.name)
    };
    query.history.all().iter().map(line).collect()
}

/// The verbs that its state allows.
fn verbs(found: &OneQuery) -> Vec<VerbForm> {
    let verb = |key, label, asks| VerbForm { key, label, asks, chooses: "", choices: Vec::new() };
    let person = |one: &store::parties::Filed| Choice::new(one.id.to_string(), one.party.name.clone(), "");
    let to: Vec<Choice> = found.practitioners.iter().map(person).collect();
    let redirect = VerbForm { chooses: "To whom", choices: to, ..verb("redirect", "Ask another", "Why") };
    let withdraw = verb("withdraw", "Withdraw it", "Why it is no longer asked");
    let reopen = verb("reopen", "Ask it again", "What is still open");
    let query = &found.query;
    match &query.state {
        State::Draft { .. } => vec![verb("issue", "Send it", ""), redirect, withdraw],
        State::Issued { .. } | State::Reminded { .. } | State::Escalated { .. } => {
            vec![redirect, withdraw, verb("close", "Close it without an answer", "")]
        }
        State::Answered { .. } => vec![close(query), reopen],
        State::Closed { .. } => vec![reopen],
        State::Withdrawn { .. } => Vec::new(),
    }
}

/// Closing an answered query: with what the answer says, or what a person reads out of its words.
fn close(query: &Query) -> VerbForm {
    let said = query.answer_given().map_or(Outcome::Other, |answer| answer.outcome(&query.ask));
    let fits = |one: &&Outcome| match said {
        Outcome::Other => **one != Outcome::NoResponse,
        said => **one == said,
    };
    let choice = |one: &Outcome| Choice::new(one.key(), outcome(*one), said.key());
    let choices = Outcome::ALL.iter().filter(fits).map(choice).collect();
    VerbForm { key: "close", label: "Close it", asks: "", chooses: "The answer says", choices }
}

pub(crate) async fn act(call: Call) -> Reply {
    let id: QueryId = call.id("query")?;
    let version = call.form.read("version").unwrap_or_default();
    let done = match verb(&call) {
        Some(verb) => {
            let zone = &call.house.config.zone;
            cases::act(&call.house.store, &mut call.context()?, (id, version), verb, zone).await
        }
        None => Err(workflow::Error::refused("choose what is to be done with the query")),
    };
    match refused(done)? {
        Ok(query) => Ok(go_saying(&format!("/queries/{id}"), said(&query))),
        Err(words) => {
            let page = page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

const fn said(query: &Query) -> &'static str {
    match query.state {
        State::Issued { .. } => "query-sent",
        _ => "kept",
    }
}

fn verb(call: &Call) -> Option<Verb> {
    let reason = || call.form.text("reason").to_owned();
    Some(match call.form.text("verb") {
        "revise" => Verb::Revise(edits(call)),
        "issue" => Verb::Issue,
        "redirect" => Verb::Redirect(call.form.read("chosen")?, reason()),
        "withdraw" => Verb::Withdraw(reason()),
        "close" => Verb::Close(call.form.read("chosen").unwrap_or(Outcome::NoResponse)),
        "reopen" => Verb::Reopen(reason()),
        _ => return None,
    })
}

/// The draft as the form has it: what is ticked stays, an empty choice goes.
fn edits(call: &Call) -> Edits {
    let text = |name: &str| call.form.text(name).to_owned();
    let choice = |(name, value): &(String, String)| {
        let place = name.strip_prefix("choice-")?.parse().ok()?;
        (!value.trim().is_empty()).then(|| (place, value.clone()))
    };
    Edits {
        title: text("title"),
        question: text("question"),
        prior_reason: text("prior_reason"),
        credentials: text("credentials"),
        contact: text("contact"),
        indicators: call.form.all("indicator").filter_map(|place| place.parse().ok()).collect(),
        choices: call.form.0.iter().filter_map(choice).collect(),
    }
}

pub(crate) async fn answer_form(call: Call) -> Reply {
    let page = answer_page(&call, None).await?;
    call.page(&page)
}

async fn answer_page(call: &Call, problem: Option<String>) -> Result<AnswerPage, Problem> {
    let id: QueryId = call.id("query")?;
    let found = cases::to_answer(&call.house.store, &call.context()?, id).await?;
    let (show, top) = (call.show(), top(call, &found.banner, "Queries"));
    let why_not = why_not(&found);
    Ok(AnswerPage {
        action: format!("/inbox/queries/{id}"),
        query: QueryView::new(&found.query, Some(&found.encounter), &top.base, &show),
        may_answer: why_not.is_empty(),
        why_not,
        asks_code: found.asks_code,
        chosen: call.form.text("choice").into(),
        text: call.form.text("text").into(),
        problem,
        top,
    })
}

/// Why the reader does not answer; empty when they do.
fn why_not(found: &ToAnswer) -> String {
    match (found.query.is_owed(), found.is_mine) {
        (true, true) => String::new(),
        (true, false) => format!("This was put to {}.", found.query.ask.addressed.name.name),
        (false, _) => "Nothing is to be answered here any more.".into(),
    }
}

pub(crate) async fn answer(call: Call) -> Reply {
    let id: QueryId = call.id("query")?;
    let version = call.form.read("version").unwrap_or_default();
    let choice = Some(call.form.text("choice")).filter(|key| !key.is_empty()).map(str::to_owned);
    let reply = cases::Reply { choice, text: call.form.text("text").into() };
    let (store, mut context) = (&call.house.store, call.context()?);
    let done = cases::answer(store, &mut context, (id, version), reply, credential(&call)).await;
    match refused(done)? {
        Ok(_) => Ok(go_saying("/inbox", "answered")),
        Err(words) => {
            let page = answer_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}
