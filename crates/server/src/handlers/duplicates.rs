//! One chart per person: pairs to look at, merging, undoing it, and moving a stay out of the wrong chart.

use chart::access::Permission;
use chart::id::{EncounterId, MergeId, PatientId};
use chart::identity::{FieldScore, Level, Traits};
use chart::patient::Patient;
use store::Page;
use store::merges::{Decision, Merge};
use store::patients::Query;
use workflow::charts;
use workflow::identity as cases;
use workflow::matching::traits;

use super::chart::top;
use super::filing::found;
use super::input;
use super::patients::verdict;
use crate::call::{Call, Reply, go_saying};
use crate::pages::chart::encounter::MovePage;
use crate::pages::index::{DuplicatesPage, FieldRow, MergeLine, MergesPage, PairPage, Side};
use crate::pages::parts::{Cell, Found, Table};
use crate::problem::{Problem, sentence};
use crate::show;

/// Pairs listed at once.
const PAIRS: u32 = 50;

pub(crate) async fn list(call: Call) -> Reply {
    let page = input::page(&call.query, PAIRS);
    let (found, count) = cases::queue(&call.house.store, &call.context()?, page).await?;
    let rows = found.iter().map(|(_, pair)| pair_row(pair));
    let columns = ["Record", "Record", "Weight", "The score says"];
    let empty = "No pair waits. New ones appear here when somebody is registered or sent by an interface.";
    let table = Table::new("Pairs, the likest first", &columns, empty).rows(rows);
    let pager = input::pager(page, count, &call.path);
    call.page(&DuplicatesPage { summary: show::counted(count, "pair"), table, pager })
}

fn pair_row(pair: &cases::Comparison) -> Vec<Cell> {
    let (says, tone) = verdict(pair.score.outcome);
    let mark = if tone == "stop" { "tag stop" } else { "tag warn" };
    let cell = |patient: &Patient| {
        let one = found(patient);
        Cell::new(one.name).note(one.facts)
    };
    vec![
        cell(&pair.one).link(format!("/duplicates/{}/{}", pair.one.id, pair.other.id)),
        cell(&pair.other),
        Cell::new(pair.score.weight.to_string()).number(),
        Cell::new(says).mark(mark),
    ]
}

fn both(call: &Call) -> Result<(PatientId, PatientId), Problem> {
    Ok((call.id("one")?, call.id("other")?))
}

pub(crate) async fn pair(call: Call) -> Reply {
    let (one, other) = both(&call)?;
    let (store, context) = (&call.house.store, call.context()?);
    let comparison = cases::compare(store, &context, one, other).await?;
    let preview = cases::preview(store, &context, comparison.one.id, comparison.other.id).await?;
    let back = cases::preview(store, &context, comparison.other.id, comparison.one.id).await?;
    let (says, tone) = verdict(comparison.score.outcome);
    let (left, right) = (side(&comparison.one, back.moves), side(&comparison.other, preview.moves));
    let decided = comparison.decided.as_ref().map(|decided| {
        let what = match decided.decision {
            Decision::SamePerson => "one person",
            Decision::DifferentPeople => "two people",
        };
        format!("Decided on {}: {what}. {}", call.show().day(decided.at), decided.reason)
    });
    call.page(&PairPage {
        contents: format!("Merging into {} moves {}; it can be undone.", left.number, right.contents),
        verdict: says.into(),
        tone,
        weight: comparison.score.weight.to_string(),
        probability: probability(comparison.score.probability),
        fields: fields(&comparison),
        decided,
        action: Some(format!("/duplicates/{}/{}", left.id, right.id)),
        left,
        right,
    })
}

fn side(patient: &Patient, [encounters, documents, entries]: [i64; 3]) -> Side {
    let one = found(patient);
    let contents = [
        show::counted(encounters, "encounter"),
        show::counted(documents, "document"),
        if entries == 1 { "1 entry".into() } else { format!("{entries} entries") },
    ];
    Side {
        href: format!("/patients/{}", patient.id),
        number: format!("{}, {}", one.name, show::number(&patient.demographics)),
        filing: one.filing,
        id: one.id,
        contents: contents.join(", "),
    }
}

/// `97 in 100`, as people say a chance.
fn probability(chance: f64) -> String {
    const NEARLY: f64 = 0.999;
    if chance > NEARLY {
        return "more than 999 in 1000".into();
    }
    format!("about {:.0} in 100", chance * 100.0)
}

fn fields(pair: &cases::Comparison) -> Vec<FieldRow> {
    let (left, right) = (traits(&pair.one.demographics), traits(&pair.other.demographics));
    pair.score.fields.iter().map(|one| field(one, (&left, &right))).collect()
}

/// A field of both, as the comparison sees it.
fn field(one: &FieldScore, (left, right): (&Traits, &Traits)) -> FieldRow {
    let tone = match one.level {
        Level::Exact => "same",
        level if level.is_evidence() => "differs",
        _ => "quiet",
    };
    let weighs = one.level.is_evidence();
    let shown = |traits: &Traits| traits.shown(one.field).unwrap_or_else(|| show::NOTHING.into());
    FieldRow {
        field: show::worded(one.field.name()),
        left: shown(left),
        right: shown(right),
        weight: if weighs { one.weight.to_string() } else { show::NOTHING.into() },
        why: one.why(),
        tone,
    }
}

pub(crate) async fn merge(call: Call) -> Reply {
    let (one, other) = both(&call)?;
    let survivor: PatientId = call.form.read("survivor").ok_or(Problem::Unreadable)?;
    let absorbed = match survivor {
        id if id == one => other,
        id if id == other => one,
        _ => return Err(Problem::Unreadable),
    };
    let reason = call.form.text("reason");
    cases::merge(&call.house.store, &mut call.context()?, (survivor, absorbed), reason).await?;
    Ok(go_saying(&format!("/patients/{survivor}/merges"), "merged"))
}

pub(crate) async fn decide(call: Call) -> Reply {
    let (one, other) = both(&call)?;
    if call.form.text("decision") == "different" {
        let reason = call.form.text("reason");
        cases::keep_apart(&call.house.store, &call.context()?, one, other, reason).await?;
        return Ok(go_saying("/duplicates", "decided"));
    }
    // "Later" decides nothing: the pair stays where it is in the queue.
    Ok(crate::call::go("/duplicates"))
}

pub(crate) async fn merges(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let found = cases::merges_of(&call.house.store, &call.context()?, id).await?;
    let show = call.show();
    let merges = found.iter().map(|one| line(one, &show)).collect();
    let may_undo = call.may(Permission::PatientUnmerge);
    call.page(&MergesPage { may_undo, merges, back: format!("/patients/{id}") })
}

fn line(merge: &Merge, show: &show::Show) -> MergeLine {
    let name = |patient: &Patient| {
        format!("{} ({})", patient.demographics.filed_name(), show::number(&patient.demographics))
    };
    MergeLine {
        survivor: name(&merge.survivor_before),
        absorbed: name(&merge.absorbed_before),
        about: format!("{} · {}", show.moment(merge.made_at), merge.reason),
        undone: merge.undone.as_ref().map(|(_, at)| show.moment(*at)),
        undo: format!("/merges/{}/undo", merge.id),
    }
}

pub(crate) async fn undo(call: Call) -> Reply {
    let id: MergeId = call.id("merge")?;
    cases::unmerge(&call.house.store, &mut call.context()?, id, call.form.text("reason")).await?;
    Ok(go_saying("/duplicates", "unmerged"))
}

pub(crate) async fn move_form(call: Call) -> Reply {
    let page = move_page(&call, None, None).await?;
    call.page(&page)
}

async fn move_page(call: &Call, to: Option<Found>, problem: Option<String>) -> Result<MovePage, Problem> {
    let id: EncounterId = call.id("encounter")?;
    let read = charts::encounter(&call.house.store, &call.context()?, id, Page::first(1)).await?;
    let top = top(call, &read.banner, "Encounters");
    let back = format!("{}/encounters/{id}", top.base);
    let visit = &read.encounter.visit;
    Ok(MovePage {
        encounter: format!("{} {}", visit.setting.title(), call.show().span(visit.stay)),
        action: format!("{back}/move"),
        back,
        version: read.encounter.version,
        number: call.form.text("number").into(),
        found: to,
        problem,
        top,
    })
}

pub(crate) async fn move_it(call: Call) -> Reply {
    let id: EncounterId = call.id("encounter")?;
    let query = Query { identifier: Some(call.form.text("number").to_owned()), ..Query::default() };
    let (store, mut context) = (&call.house.store, call.context()?);
    let people = workflow::patients::search(store, &context, &query, Page::first(2)).await?;
    let [to] = people.patients.as_slice() else {
        let page = move_page(&call, None, Some("Not exactly one patient has this number.".into())).await?;
        return call.again(&page);
    };
    // What is moved goes to whom the form has shown: a number changed since then is looked up again first.
    if call.form.text("confirm").is_empty() || call.form.read("to") != Some(to.id) {
        let page = move_page(&call, Some(found(to)), None).await?;
        return call.page(&page);
    }
    let version = call.form.read("version").ok_or(Problem::Unreadable)?;
    match cases::move_encounter(store, &mut context, (id, version), to.id, call.form.text("reason")).await {
        Ok(()) => Ok(go_saying(&format!("/patients/{}/encounters/{id}", to.id), "moved")),
        Err(workflow::Error::Refused(words)) => {
            let page = move_page(&call, Some(found(to)), Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}
