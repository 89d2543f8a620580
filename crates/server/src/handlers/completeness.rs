//! What records lack: in a chart, one by one, at the analyst's desk.

use chart::access::Permission;
use chart::deficiency::{Deficiency, DeficiencyKind, State, deficiency_types};
use chart::document::Document;
use chart::encounter::{Encounter, Setting};
use chart::id::{DeficiencyId, DocumentId, EncounterId, PatientId};
use store::analyses::{Analysis, State as Standing};
use store::deficiencies::{Filed, Pile};
use workflow::completeness::{self as cases, Debtor, Queue, Verb};

use super::chart::top;
use super::input;
use crate::call::{Call, Reply, go_saying};
use crate::pages::chart::document::title;
use crate::pages::chart::text::sections;
use crate::pages::completeness::analysis::{AnalysisPage, Leaf, OrderLine, OrderPage, Shown};
use crate::pages::completeness::chart::{CompletenessPage, DeficiencyPage, EncounterLacks, VerbForm};
use crate::pages::completeness::queues::{QueuePage, WaitingPage};
use crate::pages::completeness::{Lack, history};
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

/// Rows of a page of a queue.
const ROWS: u32 = 100;

pub(crate) async fn in_chart(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let found = cases::in_chart(&call.house.store, &call.context()?, id).await?;
    let (show, top) = (call.show(), top(&call, &found.banner, "Completeness"));
    let encounters = found
        .encounters
        .iter()
        .map(|(encounter, analysis, filed)| lacks(encounter, analysis.as_ref(), filed, &top.base, &show));
    call.page(&CompletenessPage { encounters: encounters.collect(), top })
}

fn lacks(
    encounter: &Encounter,
    analysis: Option<&Analysis>,
    filed: &[Filed],
    base: &str,
    show: &Show,
) -> EncounterLacks {
    let all: Vec<Lack> = filed.iter().map(|one| Lack::new(&one.deficiency, base, show)).collect();
    let on = |pile: Pile| all.iter().filter(|one| one.pile == pile.key()).cloned().collect();
    let late = analysis.iter().flat_map(|one| &one.details.late);
    EncounterLacks {
        title: called(encounter, show),
        standing: standing(analysis),
        analysis: format!("{base}/encounters/{}/analysis", encounter.id),
        owed: on(Pile::Owed),
        predicted: on(Pile::Predicted),
        review: on(Pile::Review),
        settled: on(Pile::Settled),
        late: late.filter_map(|one| one["what"].as_str().map(str::to_owned)).collect(),
    }
}

fn called(encounter: &Encounter, show: &Show) -> String {
    format!("{}, {}", encounter.visit.setting.title(), show.span(encounter.visit.stay))
}

fn standing(analysis: Option<&Analysis>) -> &'static str {
    match analysis.map(|one| one.state) {
        None => "not read by the rules yet",
        Some(Standing::Here) => "patient is here",
        Some(Standing::Waiting) => "to be analysed",
        Some(Standing::Analysed) => "analysed, incomplete",
        Some(Standing::Again) => "to be looked at again",
        Some(Standing::Complete) => "complete",
    }
}

pub(crate) async fn deficiency(call: Call) -> Reply {
    let page = deficiency_page(&call, None).await?;
    call.page(&page)
}

async fn deficiency_page(call: &Call, problem: Option<String>) -> Result<DeficiencyPage, Problem> {
    let (patient, id): (PatientId, DeficiencyId) = (call.id("patient")?, call.id("deficiency")?);
    let found = cases::in_chart(&call.house.store, &call.context()?, patient).await?;
    let mut all = found.encounters.iter().flat_map(|(.., filed)| filed);
    let one = &all.find(|one| one.deficiency.id == id).ok_or(Problem::Missing)?.deficiency;
    let (show, top) = (call.show(), top(call, &found.banner, "Completeness"));
    Ok(DeficiencyPage {
        lack: Lack::new(one, &top.base, &show),
        steps: steps(one, &show),
        history: history(one, &show),
        version: one.version,
        problem,
        verbs: verbs(call, one),
        practitioners: found
            .practitioners
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.clone(), ""))
            .collect(),
        top,
    })
}

fn steps(one: &Deficiency, show: &Show) -> Vec<String> {
    let step = |step: &chart::deficiency::Step| {
        let when = match (&step.done, step.clock.due()) {
            (Some(done), _) => format!("done {}", show.moment(done.stamp.at)),
            (None, Some(due)) => format!("due {}", show.moment(due)),
            (None, None) => "waits for the step before".into(),
        };
        format!("{}: {}, {when}", show::worded(step.kind.key()), step.responsible.name.name)
    };
    one.chain.steps().iter().map(step).collect()
}

/// The verbs that the state and the role worn allow.
fn verbs(call: &Call, one: &Deficiency) -> Vec<VerbForm> {
    let verb = |key, label, asks, names| VerbForm { key, label, asks, names };
    let why = "Why";
    let mut all = Vec::new();
    if call.may(Permission::DeficiencyWork) {
        match one.state {
            State::Open { .. } => all.push(verb("claim", "I work on it", "", false)),
            State::Claimed { .. } => all.push(verb("release", "I let it go again", "", false)),
            State::Completed { .. } => all.push(verb("verify", "Found in order", "", false)),
            _ => {}
        }
        if one.is_owed() {
            all.push(verb("complete", "The step is done", "What shows it", false));
            all.push(verb("decline", "Not mine, or not needed", why, false));
            all.push(verb("reassign", "Another owes it", why, true));
        }
    }
    if call.may(Permission::DeficiencyWaive) {
        match one.state {
            State::Open { .. } | State::Claimed { .. } => all.push(verb("waive", "Let it go", why, false)),
            State::Declined { .. } => {
                all.push(verb("accept", "The provider is right", "", false));
                all.push(verb("refuse", "It is owed all the same", why, false));
            }
            _ => {}
        }
    }
    all
}

pub(crate) async fn act(call: Call) -> Reply {
    let (patient, id): (PatientId, DeficiencyId) = (call.id("patient")?, call.id("deficiency")?);
    let Some(verb) = verb(&call) else { return Err(Problem::Unreadable) };
    let version = call.form.read("version").unwrap_or_default();
    let zone = &call.house.config.zone;
    match cases::act(&call.house.store, &call.context()?, id, version, verb, zone).await {
        Ok(_) => Ok(go_saying(&format!("/patients/{patient}/deficiencies/{id}"), "kept")),
        Err(workflow::Error::Refused(words)) => {
            let page = deficiency_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

fn verb(call: &Call) -> Option<Verb> {
    let reason = || call.form.text("reason").to_owned();
    Some(match call.form.text("verb") {
        "claim" => Verb::Claim,
        "release" => Verb::Release,
        "complete" => Verb::Complete(reason()),
        "verify" => Verb::Verify,
        "waive" => Verb::Waive(reason()),
        "decline" => Verb::Decline(reason()),
        "accept" => Verb::AcceptDecline,
        "refuse" => Verb::RefuseDecline(reason()),
        "reassign" => {
            let named = || Debtor::Named(call.form.text("name").to_owned());
            Verb::Reassign(call.form.read("to").map_or_else(named, Debtor::Party), reason())
        }
        _ => return None,
    })
}

pub(crate) async fn analysis(call: Call) -> Reply {
    let desk = desk(&call).await?;
    let (show, top) = (call.show(), top(&call, &desk.banner, "Completeness"));
    let here = format!("{}/encounters/{}/analysis", top.base, desk.encounter.id);
    let asked = call.query.read::<DocumentId>("document").or(desk.documents.first().map(|one| one.id));
    let at = desk.documents.iter().position(|one| Some(one.id) == asked);
    let link = |one: &Document| format!("{here}?document={}", one.id);
    let leaf = |(place, one): (usize, &Document)| Leaf {
        href: link(one),
        title: title(&one.content),
        about: show.maybe(one.content.written),
        here: Some(place) == at,
    };
    let owed = desk.deficiencies.iter().filter(|one| Pile::of(one.deficiency.state.key()) != Pile::Settled);
    call.page(&AnalysisPage {
        encounter: called(&desk.encounter, &show),
        standing: standing(desk.analysis.as_ref()),
        lacks: owed.map(|one| Lack::new(&one.deficiency, &top.base, &show)).collect(),
        documents: desk.documents.iter().enumerate().map(leaf).collect(),
        shown: at.map(|at| shown(&desk.documents[at], &show)),
        next: at.and_then(|at| desk.documents.get(at + 1)).map(link),
        order: format!("{}/encounters/{}/order", top.base, desk.encounter.id),
        action: may_finish(&call, desk.analysis.as_ref()).then_some(here),
        top,
    })
}

fn may_finish(call: &Call, analysis: Option<&Analysis>) -> bool {
    call.may(Permission::DeficiencyWork)
        && analysis.is_some_and(|one| matches!(one.state, Standing::Waiting | Standing::Again))
}

fn shown(one: &Document, show: &Show) -> Shown {
    let about = format!("{}, {}", show.maybe(one.content.written), show::names(&one.content.authors));
    Shown { title: title(&one.content), about, sections: sections(&one.content.sections) }
}

async fn desk(call: &Call) -> Result<cases::Desk, Problem> {
    let (patient, encounter): (PatientId, EncounterId) = (call.id("patient")?, call.id("encounter")?);
    let today = call.show().today();
    Ok(cases::desk(&call.house.store, &call.context()?, patient, encounter, today).await?)
}

pub(crate) async fn analysed(call: Call) -> Reply {
    let (patient, encounter): (PatientId, EncounterId) = (call.id("patient")?, call.id("encounter")?);
    cases::analysed(&call.house.store, &call.context()?, encounter).await?;
    Ok(go_saying(&format!("/patients/{patient}/completeness"), "kept"))
}

pub(crate) async fn order(call: Call) -> Reply {
    let desk = desk(&call).await?;
    let (show, top) = (call.show(), top(&call, &desk.banner, "Completeness"));
    let holds = |key: &str| desk.documents.iter().filter(|one| one.content.type_key() == Some(key)).count();
    let line = |stand: &completeness::Stand| {
        let count = holds(stand.kind.key);
        let owed = |one: &&Filed| stand.asked_by.iter().any(|(key, _)| *key == one.deficiency.rule);
        let missing = desk.deficiencies.iter().filter(|one| one.deficiency.is_owed()).any(|one| owed(&one));
        (count > 0 || missing).then(|| OrderLine {
            title: stand.kind.title.to_owned(),
            holds: if missing { "missing".into() } else { format!("in the chart: {count}") },
            missing,
        })
    };
    let lines = desk.order.iter().filter_map(line).collect();
    call.page(&OrderPage { encounter: called(&desk.encounter, &show), lines, top })
}

pub(crate) async fn waiting(call: Call) -> Reply {
    let page = input::page(&call.query, ROWS);
    let states = [Standing::Waiting, Standing::Again];
    let found = cases::waiting(&call.house.store, &call.context()?, &states, page).await?;
    let show = call.show();
    let rows = found.rows.iter().map(|(one, patient)| {
        let href = format!("/patients/{}/encounters/{}/analysis", one.patient, one.encounter);
        vec![
            Cell::new(name(patient.as_ref())).link(href),
            Cell::new(one.setting.title()),
            Cell::new(show.maybe_moment(one.discharged)),
            Cell::new(standing(Some(one))),
            Cell::new(one.owed.to_string()).number(),
            Cell::new(show.maybe_moment(one.due)),
        ]
    });
    let columns = ["Patient", "Setting", "Discharged", "Analysis", "Owed", "First due"];
    let empty = "Every discharged record has been looked through.";
    let table = Table::new("The longest discharged first", &columns, empty).rows(rows);
    call.page(&WaitingPage { table, pager: input::pager(page, found.count, &call.path) })
}

/// A patient's name; a restricted chart stays unnamed.
fn name(patient: Option<&chart::patient::Patient>) -> String {
    patient.map_or_else(|| "restricted chart".into(), |one| one.demographics.filed_name())
}

pub(crate) async fn queue(call: Call) -> Reply {
    let page = input::page(&call.query, ROWS);
    let piles = [Pile::Owed, Pile::Predicted, Pile::Review, Pile::Settled];
    let asked = Queue {
        pile: piles.into_iter().find(|pile| pile.key() == call.query.text("pile")),
        kind: call.query.read("kind"),
        setting: Setting::ALL.into_iter().find(|one| one.key() == call.query.text("setting")),
    };
    let found = cases::queue(&call.house.store, &call.context()?, &asked, page).await?;
    let show = call.show();
    let rows = found.rows.iter().map(|(filed, patient)| row(filed, patient.as_ref(), &show));
    let columns = ["What", "Patient", "Owed by", "Due", "Setting", "State"];
    let table = Table::new("The first due first", &columns, "Nothing lies on this pile.").rows(rows);
    let shown = asked.pile.unwrap_or(Pile::Owed).key();
    let kind = asked.kind.map_or("", DeficiencyKind::key);
    let kinds =
        deficiency_types().all().iter().map(|one| Choice::new(one.kind.key(), one.title.clone(), kind));
    let setting = asked.setting.map_or("", Setting::key);
    let settings = Setting::ALL.iter().map(|one| Choice::new(one.key(), one.title(), setting));
    let any = |chosen: &str| std::iter::once(Choice::new("", "Any", chosen));
    call.page(&QueuePage {
        piles: piles.iter().map(|one| Choice::new(one.key(), show::worded(one.key()), shown)).collect(),
        kinds: any(kind).chain(kinds).collect(),
        settings: any(setting).chain(settings).collect(),
        pager: input::pager(page, found.count, &format!("{}?{}", call.path, kept(&call))),
        table,
    })
}

/// What the queue is filtered by, for the pages after.
fn kept(call: &Call) -> String {
    let names = ["pile", "kind", "setting"];
    let pair = |name: &&str| {
        format!(
            "{name}={}",
            call.query.text(name).replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "")
        )
    };
    names.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn row(filed: &Filed, patient: Option<&chart::patient::Patient>, show: &Show) -> Vec<Cell> {
    let one = &filed.deficiency;
    let lack = Lack::new(one, &format!("/patients/{}", one.patient), show);
    vec![
        Cell::new(lack.what).link(lack.href).note(lack.kind),
        Cell::new(name(patient)),
        Cell::new(lack.owed_by),
        Cell::new(lack.due).mark(if lack.late { "tag stop" } else { "" }),
        Cell::new(filed.setting.title()),
        Cell::new(lack.state.text),
    ]
}
