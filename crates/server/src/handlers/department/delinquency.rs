//! Delinquency: the rate, who owes what, letters that are due, the suspension list.

use chart::letter::{Delivery, Letter, SuspensionState, ladder};
use workflow::delinquency::{self as cases, Delinquency, Denominator, Owing, Rate, Verb};

use crate::call::{Call, Reply, go_saying};
use crate::pages::department::delinquency::{DelinquencyPage, LetterText, LetterTextsPage};
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

pub(crate) async fn overview(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<DelinquencyPage, Problem> {
    let asked = call.query.text("by");
    let by = Denominator::ALL.into_iter().find(|one| one.key() == asked).unwrap_or_default();
    let zone = &call.house.config.zone;
    let read = cases::overview(&call.house.store, &call.context()?, by, zone).await?;
    Ok(shown(call, &read, problem))
}

fn shown(call: &Call, read: &Delinquency, problem: Option<String>) -> DelinquencyPage {
    let show = call.show();
    let (rate, rate_about) = rate(read.rate);
    let by = read.rate.by.key();
    let listed = |one: &&(store::department::suspensions::Kept, i64)| {
        store::department::suspensions::is_listed(&one.0.suspension)
    };
    let to_restore = read.suspensions.iter().filter(listed);
    DelinquencyPage {
        rate,
        rate_about,
        denominators: Denominator::ALL.iter().map(|one| Choice::new(one.key(), one.title(), by)).collect(),
        owing: Table::new(
            "Who owes what past its clock",
            &["Practitioner", "Items", "Charts", "Oldest since", "Level reached", "Told"],
            "Nobody owes anything past its clock.",
        )
        .rows(read.owing.iter().map(|one| owing(one, &show))),
        drafts: Table::new("Drafts", &["To", "Level", "Items", "Written"], "No letter waits to be sent.")
            .rows(read.drafts.iter().map(|one| letter(one, &show))),
        sent: Table::new("Sent", &["To", "Level", "Items", "Last step"], "No letter was sent.")
            .rows(read.sent.iter().map(|one| letter(one, &show))),
        suspensions: Table::new(
            "Suspension list and its history",
            &["Practitioner", "Since", "Until", "Days", "Why"],
            "Nobody was ever suspended.",
        )
        .rows(read.suspensions.iter().map(|(one, days)| suspension(one, *days, &show))),
        may_suspend: call.may(chart::access::Permission::SuspensionManage),
        to_suspend: read
            .owing
            .iter()
            .filter(|one| !one.suspended && one.debtor.who.party.is_some())
            .map(|one| Choice::new(one.debtor.key.clone(), one.debtor.who.name.name.clone(), ""))
            .collect(),
        to_restore: to_restore
            .map(|(one, _)| Choice::new(one.key.clone(), one.suspension.who.name.name.clone(), ""))
            .collect(),
        problem,
    }
}

/// The rate with its denominator in words: a rate without it says nothing.
fn rate(rate: Rate) -> (String, String) {
    let shown = rate
        .per_mille
        .map_or_else(|| show::NOTHING.into(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10));
    let about = format!("{} delinquent charts ÷ {} ({})", rate.delinquent, rate.discharges, rate.by.title());
    (shown, about)
}

fn owing(one: &Owing, show: &Show) -> Vec<Cell> {
    let reached = one.level.as_ref().map_or(show::NOTHING, |level| level.title.as_str());
    let name = Cell::new(one.debtor.who.name.name.clone());
    vec![
        if one.suspended { name.note("on the suspension list") } else { name },
        Cell::new(one.debtor.debts.len().to_string()).number(),
        Cell::new(one.debtor.charts().to_string()).number(),
        Cell::new(one.debtor.oldest().map_or_else(|| show::NOTHING.into(), |at| show.day(at))),
        Cell::new(reached),
        Cell::new(one.told.map_or_else(String::new, |(level, _)| level_title(level))),
    ]
}

pub(crate) fn level_title(level: u8) -> String {
    ladder().level(level).map_or_else(String::new, |level| level.title.clone())
}

fn letter(one: &Letter, show: &Show) -> Vec<Cell> {
    vec![
        Cell::new(one.to.name.name.clone()).link(format!("/delinquency/letters/{}", one.id)),
        Cell::new(level_title(one.level)),
        Cell::new(one.deficiencies.len().to_string()).number(),
        Cell::new(show.maybe_moment(one.history.last_at())).note(one.state.key()),
    ]
}

fn suspension(one: &store::department::suspensions::Kept, days: i64, show: &Show) -> Vec<Cell> {
    let until = match &one.suspension.state {
        SuspensionState::Listed { .. } => "in force".to_owned(),
        SuspensionState::Restored { by, .. } => show.day(by.at),
        SuspensionState::Annulled { .. } => "annulled".to_owned(),
    };
    let is_over = !matches!(one.suspension.state, SuspensionState::Listed { .. });
    let ended = one.suspension.history.all().last().filter(|_| is_over);
    let ended = ended.map_or_else(String::new, |last| last.note.clone());
    vec![
        Cell::new(one.suspension.who.name.name.clone()),
        Cell::new(show.day(one.since)),
        Cell::new(until),
        Cell::new(days.to_string()).number(),
        Cell::new(one.suspension.reason.clone()).note(ended),
    ]
}

/// What a use case said, as the page again or the way on.
async fn told(call: &Call, done: workflow::Result<()>, said: &'static str) -> Reply {
    match done {
        Ok(()) => Ok(go_saying("/delinquency", said)),
        Err(workflow::Error::Refused(words)) => {
            let page = page(call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn draft(call: Call) -> Reply {
    let (store, mut context) = (&call.house.store, call.context()?);
    let config = &call.house.config;
    let done = cases::draft_due(store, &mut context, &config.facility, &config.zone).await.map(|_| ());
    told(&call, done, "drafted").await
}

pub(crate) async fn issue_all(call: Call) -> Reply {
    let done = cases::issue_drafts(&call.house.store, &call.context()?, Delivery::Paper).await.map(|_| ());
    told(&call, done, "issued").await
}

pub(crate) async fn suspend(call: Call) -> Reply {
    let (key, why) = (call.form.text("key"), call.form.text("reason"));
    let done = cases::suspend(&call.house.store, &call.context()?, key, why).await;
    told(&call, done, "saved").await
}

pub(crate) async fn restore(call: Call) -> Reply {
    let (key, why) = (call.form.text("key"), call.form.text("reason"));
    let annul = call.form.text("do") == "annul";
    let done = cases::lift(&call.house.store, &call.context()?, key, annul, why).await;
    told(&call, done, "saved").await
}

pub(crate) async fn texts(call: Call) -> Reply {
    let page = texts_page(&call, None).await?;
    call.page(&page)
}

async fn texts_page(call: &Call, problem: Option<String>) -> Result<LetterTextsPage, Problem> {
    let texts = cases::texts(&call.house.store, &call.context()?).await?;
    let text = |level: &chart::letter::Level| LetterText {
        key: level.key.clone(),
        title: level.title.clone(),
        text: texts.get(&level.key).cloned().unwrap_or_default(),
    };
    Ok(LetterTextsPage { texts: ladder().levels().iter().map(text).collect(), problem })
}

pub(crate) async fn set_text(call: Call) -> Reply {
    let text = call.form.raw("text").replace("\r\n", "\n");
    match cases::set_text(&call.house.store, &call.context()?, call.form.text("level"), &text).await {
        Ok(()) => Ok(go_saying("/delinquency/texts", "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = texts_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

/// What is done with one letter, by the word of its button.
pub(super) fn verb(call: &Call) -> Result<Verb, Problem> {
    Ok(match call.form.text("do") {
        "edit" => Verb::Edit(call.form.raw("text").replace("\r\n", "\n")),
        "paper" => Verb::Issue(Delivery::Paper),
        "inbox" => Verb::Issue(Delivery::Inbox),
        "acknowledge" => Verb::Acknowledge,
        "withdraw" => Verb::Withdraw(call.form.text("reason").to_owned()),
        _ => return Err(Problem::Unreadable),
    })
}
