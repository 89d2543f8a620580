//! One encounter of a sample: coded again at the coder's desk, then compared, answered and decided.

use chart::access::Permission;
use chart::coding::Codes;
use chart::coding_audit::{Audited, AuditedCase, CaseState, CaseStateKey, Finding, Opinion, Said};
use chart::document::Document;
use chart::id::{AuditedCaseId, DocumentId};
use workflow::auditing::{self as cases, OneCase, Verb};
use workflow::coding::{Books, Classification};

use crate::call::{Call, Reply, go, go_saying};
use crate::handlers::chart::top;
use crate::handlers::coding::{books, form, leaf_of, shown};
use crate::pages::auditing::case::{AuditedCasePage, FindingLine, Turn};
use crate::pages::coding::{CodingPage, Work};
use crate::pages::parts::{Cell, Fact, Table, Tag};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

const REPORT: Turn = Turn {
    to: "report",
    heading: "Compare: is it an error of the coder's?",
    error: "An error",
    none: "No error",
    button: "Report to the coder",
};
const ANSWER: Turn = Turn {
    to: "answer",
    heading: "The auditor counts these as errors. Do you agree?",
    error: "I accept",
    none: "I rebut",
    button: "Send your answer",
};
const DECIDE: Turn = Turn {
    to: "decide",
    heading: "The coder rebuts what is open below. What holds?",
    error: "It is an error",
    none: "It is none",
    button: "Decide",
};

fn here(call: &Call) -> Result<String, Problem> {
    let id: AuditedCaseId = call.id("case")?;
    Ok(format!("/coding-audits/cases/{id}"))
}

async fn found(call: &Call) -> Result<OneCase, Problem> {
    let id = call.id("case")?;
    let zone = &call.house.config.zone;
    Ok(cases::case(&call.house.store, &call.context()?, books(call)?, id, zone).await?)
}

pub(crate) async fn read(call: Call) -> Reply {
    shown_with(&call, None).await
}

/// The page as it stands: the desk for who codes again, else the comparison; with what was wrong.
async fn shown_with(call: &Call, problem: Option<String>) -> Reply {
    let found = found(call).await?;
    // The desk's list of codes is put in its place by a script, which takes no other status.
    let is_live = problem.is_none() || call.headers.contains_key("hx-request");
    if found.desk.is_some() {
        let page = desk_page(call, &found, problem)?;
        return if is_live { call.page(&page) } else { call.again(&page) };
    }
    let is_well = problem.is_none();
    let page = case_page(call, &found, problem)?;
    if is_well { call.page(&page) } else { call.again(&page) }
}

/// The coder's desk over the auditor's own codes.
fn desk_page(call: &Call, found: &OneCase, problem: Option<String>) -> Result<CodingPage, Problem> {
    let (here, show) = (here(call)?, call.show());
    let asked = call.query.read::<DocumentId>("document").or(found.documents.first().map(|one| one.id));
    let is_asked = |one: &&Document| Some(one.id) == asked;
    let leaf = |one: &Document| leaf_of(one, format!("{here}?document={}", one.id), is_asked(&one), &show);
    let code = format!("{here}/code");
    let work = found.desk.as_ref().map(|side| Work::alone(side, code.clone(), found.takes_services, &show));
    Ok(CodingPage {
        // Neither claim nor payment: they show the codes.
        claim: None,
        encounter: called(found, &show),
        purposes: Vec::new(),
        documents: found.documents.iter().map(leaf).collect(),
        shown: found.documents.iter().find(is_asked).map(|one| shown(one, &show)),
        problem,
        work,
        begin: None,
        marks: Vec::new(),
        top: top(call, &found.banner, "Encounters"),
        here: code,
    })
}

fn called(found: &OneCase, show: &Show) -> String {
    let visit = &found.encounter.visit;
    format!("{}, {}", visit.setting.title(), show.span(visit.stay))
}

fn case_page(call: &Call, found: &OneCase, problem: Option<String>) -> Result<AuditedCasePage, Problem> {
    let (case, show, books) = (&found.case, call.show(), books(call)?);
    let turn = turn(call, case);
    let day = found
        .encounter
        .visit
        .stay
        .until()
        .map_or_else(|| show.today(), |at| at.to_zoned(show.zone.clone()).date());
    let reasons: Vec<&str> = call.form.all("reason").collect();
    let mut typed = reasons.iter();
    let line = |(at, one): (usize, &Finding)| {
        let asked = turn.is_some_and(|turn| is_asked(turn, one));
        let reason = if asked { typed.next().copied().unwrap_or_default() } else { "" };
        finding_line(at, one, asked, reason)
    };
    let findings = case.audited().map(|one| one.findings.as_slice()).unwrap_or_default();
    let may_settle = call.may(Permission::CodingSample) && case.key() == CaseStateKey::Answering;
    let may_audit = call.may(Permission::CodingAudit);
    Ok(AuditedCasePage {
        encounter: called(found, &show),
        here: here(call)?,
        sample: if call.may(Permission::CodingAuditRead) {
            format!("/coding-audits/{}", case.sample)
        } else {
            String::new()
        },
        version: case.version,
        state: state(case),
        facts: facts(case, &show),
        codes: case.audited().map(|audited| side_by_side(books, case, audited, day)),
        findings: findings.iter().enumerate().map(line).collect(),
        turn,
        begin: may_audit && case.key() == CaseStateKey::Drawn,
        give_back: may_audit && case.key() == CaseStateKey::Coding,
        settle: may_settle,
        history: history(case, &show),
        problem,
        top: top(call, &found.banner, "Encounters"),
    })
}

fn state(case: &AuditedCase) -> Tag {
    let tone = match case.key() {
        CaseStateKey::Settled => "good",
        CaseStateKey::Deciding | CaseStateKey::Answering => "warn",
        _ => "note",
    };
    Tag { tone, text: case.key().title().into() }
}

fn facts(case: &AuditedCase, show: &Show) -> Vec<Fact> {
    let auditor = case.auditor().map(|one| one.name.clone()).unwrap_or_default();
    let coder = case.audited().map(|_| case.coded.coder.name.clone()).unwrap_or_default();
    let all = [
        Fact::new("Auditor", auditor),
        Fact::new("Coder", coder),
        Fact::new("Closed", show.moment(case.coded.closed)),
        Fact::new("Settled", show.maybe_moment(case.settled_at())),
    ];
    all.into_iter().flatten().collect()
}

/// Whose word is asked for; nobody's, when it is not the reader's.
fn turn(call: &Call, case: &AuditedCase) -> Option<Turn> {
    let user = call.caller().ok().map(|caller| caller.session.user);
    let is = |actor: Option<&chart::machine::Actor>| {
        actor.is_some_and(|one| one.user.is_some() && one.user == user)
    };
    match &case.state {
        CaseState::Comparing(_) if is(case.auditor()) => Some(REPORT),
        CaseState::Answering(_) if is(Some(&case.coded.coder)) => Some(ANSWER),
        CaseState::Deciding(_) if call.may(Permission::CodingSample) => Some(DECIDE),
        _ => None,
    }
}

fn is_asked(turn: Turn, finding: &Finding) -> bool {
    match turn.to {
        "report" => true,
        "answer" => finding.stands(),
        _ => finding.is_rebutted(),
    }
}

fn finding_line(at: usize, one: &Finding, asked: bool, reason: &str) -> FindingLine {
    let opinion = |who: &str, is: &str, is_not: &str, said: Option<&Opinion>| {
        said.map(|opinion| {
            let word = if opinion.said.is_error { is } else { is_not };
            format!("{who} ({}): {word}. {}", opinion.by.by.name, opinion.said.reason)
        })
    };
    let said = [
        opinion("Auditor", "an error", "no error", one.judged.as_ref()),
        opinion("Coder", "accepted", "rebutted", one.answered.as_ref()),
        opinion("Supervisor", "it is an error", "it is none", one.decided.as_ref()),
    ];
    FindingLine {
        number: at + 1,
        class: Tag { tone: if one.stands() { "stop" } else { "" }, text: one.class.title().into() },
        kind: one.kind.key().into(),
        coded: one.coded.clone(),
        audited: one.audited.clone(),
        said: said.into_iter().flatten().collect(),
        asked,
        reason: reason.to_owned(),
    }
}

/// Both lists beside each other, place by place.
fn side_by_side(books: &Books, case: &AuditedCase, audited: &Audited, day: jiff::civil::Date) -> Table {
    let (coder, auditor) = (listed(books, &case.coded.codes, day), listed(books, &audited.codes, day));
    let cell = |all: &[(String, String)], at: usize| {
        all.get(at).map_or_else(|| Cell::new(""), |(code, title)| Cell::new(code.clone()).note(title.clone()))
    };
    let count = coder.len().max(auditor.len());
    let mut rows: Vec<Vec<Cell>> = (0..count)
        .map(|at| vec![Cell::new((at + 1).to_string()), cell(&coder, at), cell(&auditor, at)])
        .collect();
    let drg = |drg: Option<u16>| Cell::new(drg.map(|drg| format!("MS-DRG {drg:03}")).unwrap_or_default());
    rows.push(vec![Cell::new("DRG"), drg(case.coded.drg), drg(audited.drg)]);
    Table::new("Both codings", &["Place", "Coder", "Auditor"], "Nothing was coded.").rows(rows)
}

/// Every line with its code as printed and its title.
fn listed(books: &Books, codes: &Codes, day: jiff::civil::Date) -> Vec<(String, String)> {
    let title = |of: Classification, code| books.title(of, code, day);
    let diagnoses = codes.diagnoses.iter().map(|one| {
        let code = format!("{} {}", one.code.dotted(), one.present);
        (code, title(Classification::Icd10cm, one.code))
    });
    let procedures =
        codes.procedures.iter().map(|one| (one.code.to_string(), title(Classification::Icd10pcs, one.code)));
    let services = codes.services.iter().map(|one| (one.shown(), String::new()));
    diagnoses.chain(procedures).chain(services).collect()
}

fn history(case: &AuditedCase, show: &Show) -> Table {
    // What was changed while coding blind is nobody's business before both lists lie open.
    let is_open = case.audited().is_some();
    let events = case.history.all().iter().rev().filter(|one| is_open || one.verb != "change");
    let row = |one: &chart::machine::Happened| {
        vec![
            Cell::new(show.moment(one.stamp.at)),
            Cell::new(one.stamp.by.name.clone()),
            Cell::new(show::worded(&one.verb)),
            Cell::new(one.note.clone()),
        ]
    };
    let columns = ["When", "Who", "What", "With what, or why"];
    Table::new("What was done, the last first", &columns, "Nothing yet.").rows(events.map(row))
}

/// Does a verb; the page again with what is wrong with it.
async fn act(call: Call, verb: Result<Verb, String>) -> Result<Result<AuditedCase, Reply>, Problem> {
    let target = (call.id("case")?, call.form.read("version").unwrap_or_default());
    let done = match verb {
        Ok(verb) => {
            let zone = &call.house.config.zone;
            cases::act(&call.house.store, &call.context()?, books(&call)?, target, verb, zone).await
        }
        Err(words) => Err(workflow::Error::refused(words)),
    };
    match done {
        Ok(case) => Ok(Ok(case)),
        Err(workflow::Error::Refused(words)) => Ok(Err(shown_with(&call, Some(sentence(&words))).await)),
        Err(other) => Err(other.into()),
    }
}

/// The desk's buttons: begin, give back, finish, or a change of the codes.
pub(crate) async fn code(call: Call) -> Reply {
    let (here, asked) = (here(&call)?, call.form.text("do").to_owned());
    let verb = match asked.as_str() {
        "begin" => Ok(Verb::Begin),
        "give-back" => Ok(Verb::GiveBack),
        "finish" => Ok(Verb::Finish),
        _ => form::change(&call, books(&call)?).map(Verb::Change),
    };
    match act(call, verb).await? {
        Err(again) => again,
        Ok(_) => Ok(go(&here)),
    }
}

/// What is said of each difference, in the order of the page.
fn said(call: &Call) -> Vec<Said> {
    let (words, reasons) = (call.form.all("is_error"), call.form.all("reason"));
    words
        .zip(reasons)
        .map(|(word, reason)| Said { is_error: word != "no", reason: reason.to_owned() })
        .collect()
}

pub(crate) async fn report(call: Call) -> Reply {
    let (here, said) = (here(&call)?, said(&call));
    match act(call, Ok(Verb::Report(said))).await? {
        Err(again) => again,
        Ok(_) => Ok(go_saying(&here, "audit-said")),
    }
}

pub(crate) async fn answer(call: Call) -> Reply {
    let (here, said) = (here(&call)?, said(&call));
    match act(call, Ok(Verb::Answer(said))).await? {
        Err(again) => again,
        Ok(_) => Ok(go_saying(&here, "audit-said")),
    }
}

pub(crate) async fn decide(call: Call) -> Reply {
    let here = here(&call)?;
    let verb = if call.form.text("do") == "settle" {
        Verb::SettleUnanswered(call.form.text("why").to_owned())
    } else {
        Verb::Decide(said(&call))
    };
    match act(call, Ok(verb)).await? {
        Err(again) => again,
        Ok(_) => Ok(go_saying(&here, "audit-settled")),
    }
}
