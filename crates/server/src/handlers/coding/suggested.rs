//! Codes that the documents suggest: the list beside the codes, what a coder does with it, and what was learned.

use chart::access::Permission;
use chart::coding::{CodingState, Present, Purpose};
use chart::document::Document;
use codeset::Code;
use workflow::coding::{
    self as cases, Answer, Classification, Learned, OfEncounter, Passage, Standing, Step, Suggestion,
};

use super::{books, here, page, purpose, said, target};
use crate::call::{Call, Reply, go_saying};
use crate::handlers::chart::top;
use crate::pages::chart::document::title;
use crate::pages::coding::{LearnedCode, LearnedPage, MeasuredPage, Said, SuggestedLine, SuggestedPage};
use crate::pages::parts::{Cell, Table};
use crate::problem::{Problem, sentence};
use crate::show;

pub(crate) async fn list(call: Call) -> Reply {
    let asked = (call.id("encounter")?, purpose(&call));
    let zone = &call.house.config.zone;
    let found = cases::suggested(&call.house.store, &call.context()?, books(&call)?, asked, zone).await?;
    let here = here(&call)?;
    let line = |one: &Suggestion| line(one, &found.documents, &here, asked.1);
    let is_open = found.set.as_ref().is_some_and(|set| !matches!(set.state, CodingState::Final { .. }));
    let page = SuggestedPage {
        top: top(&call, &found.banner, "Encounters"),
        purpose: asked.1.key(),
        id: found.set.as_ref().map(|set| set.id.to_string()).unwrap_or_default(),
        version: found.set.as_ref().map_or(0, |set| set.version),
        // A claim parts from the record only by a payer's rule; documents are no such rule.
        open: is_open && asked.1 == Purpose::Record && call.may(Permission::CodingWork),
        lines: found.suggestions.iter().map(line).collect(),
        problem: None,
        here,
    };
    call.page(&page)
}

fn line(one: &Suggestion, documents: &[Document], here: &str, purpose: Purpose) -> SuggestedLine {
    let passage = |passage: &Passage| said_there(passage, documents, here, purpose);
    SuggestedLine {
        code: one.code.dotted(),
        title: one.title.clone(),
        score: format!("{:.2}", one.score),
        only_query: one.standing == Standing::Query,
        reason: one.reason.clone(),
        said: one.evidence.iter().map(passage).collect(),
        path: one.path.iter().map(told).chain(one.specified.iter().cloned()).collect(),
        questions: one.questions.iter().map(|question| question.text.clone()).collect(),
    }
}

fn said_there(one: &Passage, documents: &[Document], here: &str, purpose: Purpose) -> Said {
    let document = documents.iter().find(|document| document.id.to_string() == one.document);
    // Places are bytes of the document; those of the sentence are counted from its own beginning.
    let (from, to) = (one.start - one.sentence_start, one.end - one.sentence_start);
    let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
    Said {
        href: format!(
            "{here}?for={}&document={}&from={}&to={}",
            purpose.key(),
            one.document,
            one.sentence_start,
            one.sentence_end
        ),
        document: document.map(|document| title(&document.content)).unwrap_or_default(),
        section: one.section.clone().unwrap_or_default(),
        before: part(one.sentence.get(..from)),
        words: one.words.clone(),
        after: part(one.sentence.get(to..)),
        status: one.because.clone().unwrap_or_else(|| one.status.name().to_owned()),
    }
}

/// How a way from words to a code is told.
fn told(step: &Step) -> String {
    let from = step.entry.as_ref().map_or(&step.phrase, |(entry, _)| entry);
    let mut words = format!("\"{from}\"");
    if step.seen > 0 {
        words += &format!("; coded so in {} of {} charts where it stood", step.coded, step.seen);
    }
    if step.accepted_here + step.rejected_here > 0 {
        words += &format!("; here accepted {} times, rejected {}", step.accepted_here, step.rejected_here);
    }
    words
}

/// One decision; the desk as it is afterwards.
pub(super) async fn decide(call: Call) -> Reply {
    let (code, answer) = match asked(&call) {
        Ok(asked) => asked,
        Err(words) => return said(&call, words).await,
    };
    let zone = &call.house.config.zone;
    let (context, asked, target) = (call.context()?, (code, answer), target(&call)?);
    match cases::decide(&call.house.store, &context, books(&call)?, target, asked, zone).await {
        Ok(_) => {
            let page = page(&call, None).await?;
            call.page(&page)
        }
        Err(workflow::Error::Refused(words)) => said(&call, words).await,
        Err(other) => Err(other.into()),
    }
}

fn asked(call: &Call) -> Result<(Code, Answer), String> {
    let form = &call.form;
    let code =
        |name: &str| Code::parse(form.text(name)).map_err(|_| format!("`{}` is no code", form.text(name)));
    let present = form.read("present").unwrap_or(Present::Blank);
    let answer = match form.text("do") {
        // The key Enter in a field presses the first button: what was typed says what is meant.
        "accept" if form.text("code").is_empty() && form.text("reason").is_empty() => Answer::Accept(present),
        "accept" | "substitute" if !form.text("code").is_empty() => Answer::Replace(code("code")?, present),
        "substitute" => return Err("type the code that is taken in its place".into()),
        _ => Answer::Reject(form.text("reason").to_owned()),
    };
    Ok((code("suggested")?, answer))
}

pub(crate) async fn learned(call: Call) -> Reply {
    let page = learned_page(&call, None).await?;
    call.page(&page)
}

async fn learned_page(call: &Call, problem: Option<String>) -> Result<LearnedPage, Problem> {
    let all = cases::learned(&call.house.store, &call.context()?).await?;
    let (books, today) = (call.house.books.get(), call.show().today());
    let of_code = |rows: &[Learned]| {
        let code = rows.first().map(|one| one.code)?;
        let title = books.map(|books| books.title(Classification::Icd10cm, code, today)).unwrap_or_default();
        Some(LearnedCode { code: code.dotted(), title, phrases: phrases(rows) })
    };
    Ok(LearnedPage {
        codes: all.chunk_by(|one, next| one.code == next.code).filter_map(of_code).collect(),
        problem,
    })
}

pub(crate) async fn measured(call: Call) -> Reply {
    let zone = &call.house.config.zone;
    let measured = cases::measured(&call.house.store, &call.context()?, books(&call)?, zone).await?;
    let total = measured.total();
    let codes = |codes: &[Code]| codes.iter().map(|code| code.dotted()).collect::<Vec<_>>().join(", ");
    let row = |one: &OfEncounter| {
        let href = format!("/patients/{}/encounters/{}/coding", one.patient, one.encounter);
        vec![
            Cell::new("Open").link(href),
            Cell::new(one.agreement.proposed.to_string()).number(),
            Cell::new(one.agreement.right.to_string()).number(),
            Cell::new(percent(one.agreement.precision())).number(),
            Cell::new(percent(one.agreement.recall())).number(),
            Cell::new(codes(&one.noise)),
            Cell::new(codes(&one.missed)),
        ]
    };
    let columns = ["Codes", "Proposed", "Right", "Precision", "Recall", "Not chosen", "Not proposed"];
    let rows = measured.encounters.iter().map(row);
    call.page(&MeasuredPage {
        precision: percent(total.precision()),
        recall: percent(total.recall()),
        noise: measured.noise().map_or_else(|| show::NOTHING.into(), |noise| format!("{noise:.1}")),
        left_out: measured.left_out,
        table: Table::new("The last closed first", &columns, "No codes are closed yet.").rows(rows),
    })
}

/// A share from 0 to 1 as people read it.
fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| show::NOTHING.into(), |share| format!("{:.0} %", 100.0 * share))
}

fn phrases(rows: &[Learned]) -> Table {
    let row = |one: &Learned| {
        vec![
            Cell::new(one.phrase.clone()),
            Cell::new(one.accepted.to_string()).number(),
            Cell::new(one.replaced.to_string()).number(),
            Cell::new(one.rejected.to_string()).number(),
        ]
    };
    let columns = ["Phrase", "Accepted", "Replaced", "Rejected"];
    Table::new("Decisions by phrase", &columns, "None.").rows(rows.iter().map(row))
}

pub(crate) async fn forget(call: Call) -> Reply {
    let Ok(code) = Code::parse(call.form.text("code")) else { return Err(Problem::Unreadable) };
    match cases::forget(&call.house.store, &call.context()?, code, call.form.text("reason")).await {
        Ok(()) => Ok(go_saying("/codes/suggestions", "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = learned_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}
