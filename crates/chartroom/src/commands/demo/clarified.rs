//! Queries of the demo hospital in every state, asked by its documentation specialist and its coder about what the alerts
//! found.

use std::collections::BTreeSet;
use std::error::Error;

use chart::access::Role;
use chart::id::{EncounterId, PartyId};
use chart::intake::{KeyKind, SourceKey};
use chart::query::{ChoiceKind, Outcome, Query, Retention, Timing};
use hospital::{SYSTEM, zone};
use store::alerts::{AlertState, Filed, Filter};
use store::{Page, Store};
use workflow::Who;
use workflow::access::Credential;
use workflow::clarifying::{Asked, Drafting, Reply, Verb, Wording, act, answer, draft, offers};

use super::dictated::{acting, person};
use super::seed::{PASSWORD, open_stays};

/// Who answers: the practitioner who signs in to the demo.
const ANSWERS: &str = "okafor";
/// Alerts that are looked through for stays of theirs and of others.
const ALERTS: Page = Page::first(2_000);
/// Stays of charts that are not restricted.
const STAYS: usize = 200;

/// How far a query has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Draft,
    Issued,
    Answered(ChoiceKind),
    Closed(ChoiceKind, Outcome),
    NoResponse,
    Withdrawn,
}

/// Of stays of the practitioner who signs in: stage, and hours since it was drafted.
const ANSWERED: [(Stage, i64); 10] = [
    (Stage::Issued, 2),
    (Stage::Issued, 20),
    (Stage::Issued, 70),
    (Stage::Answered(ChoiceKind::Clinical), 30),
    (Stage::Answered(ChoiceKind::Other), 26),
    (Stage::Closed(ChoiceKind::Clinical, Outcome::Agreed), 120),
    (Stage::Closed(ChoiceKind::Other, Outcome::Disagreed), 140),
    (Stage::Closed(ChoiceKind::Other, Outcome::Other), 160),
    (Stage::Closed(ChoiceKind::Undetermined, Outcome::Undetermined), 200),
    (Stage::Draft, 1),
];

/// Of stays of others.
const OTHERS: [(Stage, i64); 6] = [
    (Stage::Issued, 5),
    (Stage::Issued, 100),
    (Stage::Issued, 300),
    (Stage::NoResponse, 400),
    (Stage::Withdrawn, 90),
    (Stage::Draft, 3),
];

/// Who asks and who answers.
struct People {
    cdi: Who,
    coder: Who,
    okafor: Who,
}

/// Asks about what the alerts found, each encounter once.
pub(super) async fn fill(store: &Store) -> Result<(), Box<dyn Error>> {
    let people = People {
        cdi: person(store, "cdi", Role::CdiSpecialist).await?,
        coder: person(store, "coder", Role::Coder).await?,
        okafor: person(store, ANSWERS, Role::Physician).await?,
    };
    let (of_okafor, others) = alerts(store).await?;
    ask_all(store, &people, &of_okafor, &ANSWERED).await?;
    ask_all(store, &people, &others, &OTHERS).await
}

/// Open alerts of charts that are not restricted, one of each encounter: those of stays of who answers, and the others.
async fn alerts(store: &Store) -> Result<(Vec<Filed>, Vec<Filed>), Box<dyn Error>> {
    let mut view = store.view().await?;
    let key = SourceKey::new(SYSTEM, KeyKind::Party, ANSWERS);
    let of_okafor = store::encounters::Filter { attended_by: vec![key], ..Default::default() };
    let of_okafor = open_stays(&mut view, &of_okafor, STAYS).await?;
    let of_okafor: BTreeSet<EncounterId> = of_okafor.iter().map(|one| one.id).collect();
    let filter = Filter { state: Some(AlertState::Open), ..Filter::default() };
    let mut seen = BTreeSet::new();
    let (mut theirs, mut others) = (Vec::new(), Vec::new());
    for one in store::alerts::list(&mut view, &filter, ALERTS).await? {
        let is_open = store::patients::get(&mut view, one.patient).await?.restriction.is_none();
        if is_open && seen.insert(one.encounter) {
            let pile = if of_okafor.contains(&one.encounter) { &mut theirs } else { &mut others };
            pile.push(one);
        }
    }
    view.close().await?;
    Ok((theirs, others))
}

/// Goes through the stages; what cannot be asked about one stay is asked about the next.
async fn ask_all(
    store: &Store,
    people: &People,
    alerts: &[Filed],
    stages: &[(Stage, i64)],
) -> Result<(), Box<dyn Error>> {
    let mut stages = stages.iter();
    let mut next = stages.next();
    for alert in alerts {
        let Some((stage, hours_ago)) = next else { break };
        let asks = if hours_ago % 20 == 0 { &people.coder } else { &people.cdi };
        if ask(store, (people, asks), alert, (*stage, *hours_ago)).await? {
            next = stages.next();
        }
    }
    Ok(())
}

/// Whether it could be asked so: not where nobody can be asked, or the linter has something to say.
async fn ask(
    store: &Store,
    (people, asks): (&People, &Who),
    alert: &Filed,
    (stage, hours_ago): (Stage, i64),
) -> Result<bool, Box<dyn Error>> {
    let Some(query) = drafted(store, people, asks, alert, (stage, hours_ago)).await? else {
        return Ok(false);
    };
    if stage == Stage::Draft {
        return Ok(true);
    }
    let verb = |query: &Query, verb, hours_ago| {
        let (mut context, read) = (acting(asks, hours_ago), (query.id, query.version));
        async move { act(store, &mut context, read, verb, &zone()).await }
    };
    let query = match verb(&query, Verb::Issue, hours_ago).await {
        Err(workflow::Error::Refused(_)) => return Ok(false),
        issued => issued?,
    };
    match stage {
        Stage::Draft | Stage::Issued => {}
        Stage::Answered(kind) => {
            answered(store, &people.okafor, &query, (kind, hours_ago - 8)).await?;
        }
        Stage::Closed(kind, outcome) => {
            let query = answered(store, &people.okafor, &query, (kind, hours_ago - 17)).await?;
            verb(&query, Verb::Close(outcome), hours_ago - 20).await?;
        }
        Stage::NoResponse => {
            verb(&query, Verb::Close(Outcome::NoResponse), 40).await?;
        }
        Stage::Withdrawn => {
            let why = "The discharge summary answers it by now.".to_owned();
            verb(&query, Verb::Withdraw(why), 60).await?;
        }
    }
    Ok(true)
}

/// A draft about an alert; `None` where the record holds too little, or nobody who fits can be asked.
async fn drafted(
    store: &Store,
    people: &People,
    asks: &Who,
    alert: &Filed,
    (stage, hours_ago): (Stage, i64),
) -> Result<Option<Query>, Box<dyn Error>> {
    let asked =
        Asked { patient: alert.patient, encounter: alert.encounter, alert: alert.alert.identity.clone() };
    let found = offers(store, &acting(asks, hours_ago), &asked, &zone()).await?;
    let offer = found.offers.iter().find(|one| one.template.key == found.by_alert);
    let Some(ask) = offer.and_then(|one| one.composed.as_ref().ok()) else { return Ok(None) };
    let chosen = match stage {
        Stage::Answered(kind) | Stage::Closed(kind, _) => ask.choices.iter().any(|one| one.kind == kind),
        _ => true,
    };
    let Some(addressed) = addressee(people, found.people.iter().filter_map(|(who, _)| who.party)) else {
        return Ok(None);
    };
    if !chosen {
        return Ok(None);
    }
    let drafting = Drafting {
        asked,
        wording: Wording::Template(found.by_alert),
        addressed,
        credentials: "CCDS".into(),
        contact: "extension 4410".into(),
        prior_reason: String::new(),
        timing: if hours_ago > 250 { Timing::PostBill } else { ask.timing },
        retention: if hours_ago % 3 == 0 { Retention::Business } else { Retention::Legal },
    };
    match draft(store, &mut acting(asks, hours_ago), drafting, &zone()).await {
        Err(workflow::Error::Refused(_)) => Ok(None),
        drafted => Ok(Some(drafted?)),
    }
}

/// Who signs in, where they take part; else who is responsible.
fn addressee(people: &People, mut taking_part: impl Iterator<Item = PartyId> + Clone) -> Option<PartyId> {
    let own = if let Who::User { party, .. } = &people.okafor { *party } else { None };
    let first = taking_part.clone().next();
    own.filter(|own| taking_part.any(|one| one == *own)).or(first)
}

/// Answered with the first choice of a kind.
async fn answered(
    store: &Store,
    who: &Who,
    query: &Query,
    (kind, hours_ago): (ChoiceKind, i64),
) -> Result<Query, Box<dyn Error>> {
    let choice = query.ask.choices.iter().find(|one| one.kind == kind).map(|one| one.key.clone());
    let text = match kind {
        ChoiceKind::Other => "Expected course of the known condition; nothing new.",
        _ => "",
    };
    let credential = Credential { password: PASSWORD.into(), code: String::new() };
    let mut context = acting(who, hours_ago);
    let reply = Reply { choice, text: text.into() };
    Ok(answer(store, &mut context, (query.id, query.version), reply, credential).await?)
}
