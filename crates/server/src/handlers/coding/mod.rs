//! The coder's desk, closing a code set, and what is not billed.

pub(crate) mod api;
pub(crate) mod form;
mod history;
mod review;
mod rules;
mod shadow;
pub(crate) mod suggested;
mod synonyms;

pub(crate) use history::history;
pub(crate) use review::{criterion, review, second_reviews};
pub(crate) use rules::{rules, set_rule};
pub(crate) use shadow::{autonomous, turn};
pub(crate) use synonyms::{change_packs, packs};

use std::collections::BTreeMap;

use chart::access::Permission;
use chart::coding::{Overridden, Purpose};
use chart::document::Document;
use chart::encounter::Setting;
use chart::id::{CodeSetId, DocumentId, EncounterId};
use workflow::coding::{self as cases, Books, Classification, CodingDesk, Verb};

use super::chart::top;
use super::manual::code_address;
use crate::call::{Call, Reply, go_saying};
use crate::pages::chart::document::title;
use crate::pages::chart::text::sections;
use crate::pages::coding::work::May;
use crate::pages::coding::{ClosePage, CodesPage, CodingPage, Objection, UnbilledPage, Work};
use crate::pages::completeness::analysis::{Leaf, Shown};
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

/// The books; without them nothing can be coded.
pub(crate) fn books(call: &Call) -> Result<&Books, Problem> {
    let missing =
        || Problem::Refused("this house was started without the editions of the classifications".into());
    call.house.books.get().map(AsRef::as_ref).ok_or_else(missing)
}

/// The purpose that the address or the form names.
fn purpose(call: &Call) -> Purpose {
    let asked = call.form.read("for").or(call.query.read("for"));
    asked.unwrap_or(Purpose::Record)
}

fn here(call: &Call) -> Result<String, Problem> {
    let encounter: EncounterId = call.id("encounter")?;
    Ok(format!("/patients/{}/encounters/{encounter}/coding", call.parameters.text("patient")))
}

async fn read(call: &Call) -> Result<CodingDesk, Problem> {
    let asked = (call.id("encounter")?, purpose(call));
    let zone = &call.house.config.zone;
    Ok(cases::read(&call.house.store, &call.context()?, books(call)?, asked, zone).await?)
}

pub(crate) async fn desk(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

/// The desk, with what went wrong.
async fn page(call: &Call, problem: Option<String>) -> Result<CodingPage, Problem> {
    let (desk, here, show) = (read(call).await?, here(call)?, call.show());
    let purpose = purpose(call);
    let may = May {
        work: call.may(Permission::CodingWork),
        close: call.may(Permission::CodingFinalize),
        reopen: call.may(Permission::CodingReopen),
        review: call.may(Permission::CodingReview),
    };
    let services = desk.facts.takes_services();
    let asked = call.query.read::<DocumentId>("document").or(desk.documents.first().map(|one| one.id));
    let link = |one: &Document| format!("{here}?for={}&document={}", purpose.key(), one.id);
    let leaf = |one: &Document| leaf_of(one, link(one), Some(one.id) == asked, &show);
    let shown = desk.documents.iter().find(|one| Some(one.id) == asked).map(|one| shown(one, &show));
    let begin = match purpose {
        Purpose::Record => "Begin to code",
        Purpose::Claim => "Part the claim from the record",
    };
    let named = [(Purpose::Record, "Record"), (Purpose::Claim, "Claim")];
    Ok(CodingPage {
        encounter: called(&desk, &show),
        purposes: named.iter().map(|(one, label)| Choice::new(one.key(), *label, purpose.key())).collect(),
        documents: desk.documents.iter().map(leaf).collect(),
        shown,
        problem,
        work: desk.side.as_ref().map(|side| Work::new(side, &here, may, services, &show)),
        begin: may.work.then_some(begin),
        marks: marks(call, desk.documents.iter().find(|one| Some(one.id) == asked)),
        claim: call.may(Permission::ClaimRead).then(|| here.replace("/coding", "/claim")),
        top: top(call, &desk.banner, "Encounters"),
        here,
    })
}

/// The lines of the passage that the address names by its place in the document's plain text.
fn marks(call: &Call, document: Option<&Document>) -> Vec<String> {
    let place = |name: &str| call.query.read::<usize>(name);
    let (Some(document), Some(from), Some(to)) = (document, place("from"), place("to")) else {
        return Vec::new();
    };
    let text = document.content.plain_text();
    let lines = text.get(from..to).unwrap_or_default().lines().flat_map(|line| line.split(" | "));
    lines
        .map(|line| line.trim().trim_start_matches("- ").to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

fn called(desk: &CodingDesk, show: &Show) -> String {
    let visit = &desk.encounter.visit;
    format!("{}, {}", visit.setting.title(), show.span(visit.stay))
}

/// A document in the list beside the codes.
pub(crate) fn leaf_of(one: &Document, href: String, here: bool, show: &Show) -> Leaf {
    Leaf { href, title: title(&one.content), about: show.maybe(one.content.written), here }
}

/// A document, to be read beside the codes.
pub(crate) fn shown(one: &Document, show: &Show) -> Shown {
    let about = format!("{}, {}", show.maybe(one.content.written), show::names(&one.content.authors));
    Shown { title: title(&one.content), about, sections: sections(&one.content.sections) }
}

/// One verb; the desk as it is afterwards. Nothing is lost by showing it again: the version has moved on.
pub(crate) async fn change(call: Call) -> Reply {
    if call.form.text("do") == "begin" {
        let encounter = call.id("encounter")?;
        cases::begin(&call.house.store, &mut call.context()?, encounter, purpose(&call)).await?;
        let page = page(&call, None).await?;
        return call.page(&page);
    }
    if matches!(call.form.text("do"), "accept" | "substitute" | "reject") {
        return suggested::decide(call).await;
    }
    let verb = match form::verb(&call, books(&call)?) {
        Ok(verb) => verb,
        Err(words) => return said(&call, words).await,
    };
    let zone = &call.house.config.zone;
    match cases::act(&call.house.store, &call.context()?, books(&call)?, target(&call)?, verb, zone).await {
        Ok(_) => {
            let page = page(&call, None).await?;
            call.page(&page)
        }
        Err(workflow::Error::Refused(words)) => said(&call, words).await,
        Err(other) => Err(other.into()),
    }
}

/// The desk again with what is wrong. It is a page like any other, so that a script puts it in its place.
async fn said(call: &Call, words: String) -> Reply {
    let page = page(call, Some(sentence(&words))).await?;
    if call.headers.contains_key("hx-request") { call.page(&page) } else { call.again(&page) }
}

/// Which code set, in which version the person saw it.
fn target(call: &Call) -> Result<(CodeSetId, i64), Problem> {
    let id = call.form.read("id").ok_or(Problem::Unreadable)?;
    Ok((id, call.form.read("version").unwrap_or_default()))
}

pub(crate) async fn closing(call: Call) -> Reply {
    let page = close_page(&call, None).await?;
    call.page(&page)
}

async fn close_page(call: &Call, problem: Option<String>) -> Result<ClosePage, Problem> {
    let (desk, here, show) = (read(call).await?, here(call)?, call.show());
    let side = desk.side.as_ref().ok_or(Problem::Missing)?;
    let typed: BTreeMap<String, String> = reasons(call).into_iter().collect();
    let objection = |one: cases::Objection| Objection {
        reason: typed.get(&one.finding).cloned().unwrap_or_default(),
        finding: one.finding,
        what: one.what,
        may_override: one.may_override,
    };
    let lines = side.computed.diagnoses.iter().chain(&side.computed.procedures);
    let group = side.computed.group.as_ref();
    let end = format!("?for={}", side.set.purpose.key());
    Ok(ClosePage {
        encounter: called(&desk, &show),
        action: format!("{here}/close{end}"),
        back: format!("{here}{end}"),
        id: side.set.id.to_string(),
        version: side.set.version,
        drg: group.map(|one| format!("MS-DRG {:03} {}", one.drg, one.title)).unwrap_or_default(),
        codes: lines.map(|line| format!("{} {}", line.code, line.title)).collect(),
        objections: side.computed.objections().into_iter().map(objection).collect(),
        problem,
        top: top(call, &desk.banner, "Encounters"),
    })
}

/// Findings and the reasons typed beside them: both come in the same order.
fn reasons(call: &Call) -> Vec<(String, String)> {
    let (findings, reasons) = (call.form.all("finding"), call.form.all("reason"));
    findings.zip(reasons).map(|(finding, reason)| (finding.to_owned(), reason.trim().to_owned())).collect()
}

pub(crate) async fn close(call: Call) -> Reply {
    let overridden = reasons(&call).into_iter().map(|(finding, reason)| Overridden { finding, reason });
    let verb = Verb::Finalize(overridden.collect());
    let zone = &call.house.config.zone;
    match cases::act(&call.house.store, &call.context()?, books(&call)?, target(&call)?, verb, zone).await {
        Ok(done) => {
            // The facility's criteria may have it looked at by another person first.
            let said = if done.set.state.pending().is_empty() { "closed" } else { "second-review" };
            Ok(go_saying(&format!("{}?for={}", here(&call)?, done.set.purpose.key()), said))
        }
        Err(workflow::Error::Refused(words)) => {
            let page = close_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn reopen(call: Call) -> Reply {
    let verb = Verb::Reopen(call.form.text("why").to_owned());
    let zone = &call.house.config.zone;
    match cases::act(&call.house.store, &call.context()?, books(&call)?, target(&call)?, verb, zone).await {
        Ok(done) => Ok(go_saying(&format!("{}?for={}", here(&call)?, done.set.purpose.key()), "reopened")),
        Err(workflow::Error::Refused(words)) => said(&call, words).await,
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn codes(call: Call) -> Reply {
    let words = call.form.text("code");
    let asked = call.form.text("system");
    let wanted: &[Classification] = match asked {
        "cm" => &[Classification::Icd10cm],
        "pcs" => &[Classification::Icd10pcs],
        _ => &Classification::ALL,
    };
    let (books, today) = (books(&call)?, call.show().today());
    cases::read_anew(&call.house.store, books).await?;
    let found: Vec<cases::Found> =
        wanted.iter().flat_map(|of| cases::find(books, *of, words, today)).collect();
    let row = |one: &cases::Found| {
        let needs = match (one.is_code, one.seventh.is_empty()) {
            (true, _) => String::new(),
            (false, true) => "a heading: choose a code below it".into(),
            (false, false) => format!("needs a seventh character: {}", one.seventh),
        };
        vec![
            Cell::new(one.code.clone()).link(code_address(one.of, &one.code)),
            Cell::new(one.title.clone()).note(needs),
            Cell::new(one.matched.clone()).note(one.why.clone()),
        ]
    };
    let table = Table::new("Codes", &["Code", "Title", "Found by"], "Nothing found.");
    let systems = [("", "Both"), ("cm", "Diagnoses"), ("pcs", "Procedures")];
    call.page(&CodesPage {
        query: words.to_owned(),
        systems: systems.iter().map(|(key, label)| Choice::new(*key, *label, asked)).collect(),
        table: table.rows(found.iter().map(row)),
    })
}

pub(crate) async fn unbilled(call: Call) -> Reply {
    let asked = call.query.text("setting");
    let setting = Setting::ALL.into_iter().find(|one| one.key() == asked);
    let board = cases::unbilled(&call.house.store, &call.context()?, setting).await?;
    let show = call.show();
    let cause = |one: &cases::Cause| {
        vec![
            Cell::new(one.title.clone()),
            Cell::new(one.whose.clone()),
            Cell::new(one.count.to_string()).number(),
            Cell::new(one.days.to_string()).number(),
            Cell::new(one.weight.to_string()).number(),
        ]
    };
    let waits = |one: &cases::Waits| {
        let href = format!("/patients/{}/encounters/{}/coding", one.patient, one.encounter);
        vec![
            Cell::new(one.name.clone().unwrap_or_else(|| "restricted chart".into())).link(href),
            Cell::new(one.setting.title()),
            Cell::new(show.day(one.discharged)),
            Cell::new(one.days.to_string()).number(),
            Cell::new(one.cause.clone()),
        ]
    };
    let causes =
        Table::new("By cause", &["Cause", "Whose work", "Encounters", "Days", "Weight"], "Nothing waits.");
    let columns = ["Patient", "Setting", "Discharged", "Days", "Cause"];
    let listed = Table::new("The longest first", &columns, "Everything is billed.");
    let settings = Setting::ALL.iter().map(|one| Choice::new(one.key(), one.title(), asked));
    call.page(&UnbilledPage {
        settings: std::iter::once(Choice::new("", "Any", asked)).chain(settings).collect(),
        summary: format!("{} waiting for their bill.", show::counted(board.total, "encounter")),
        causes: causes.rows(board.causes.iter().map(cause)),
        waits: listed.rows(board.waits.iter().map(waits)),
    })
}
