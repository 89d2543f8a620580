//! One patient, one chart: duplicates found, decided, merged and un-merged; episodes moved out of a wrong chart.

use chart::access::Permission;
use chart::id::{EncounterId, MergeId, PatientId};
use chart::identity::{Outcome, Score};
use chart::intake::Extent;
use chart::patient::{Demographics, Patient};
use serde_json::json;
use store::merges::{self, Decided, Decision, Merge, Pair, Request, Review, ReviewState, Undone};
use store::{Page, Store, Tx};

use crate::{Context, Error, Result, Who, completeness, gate, matching};

/// Looks for duplicates of a patient and puts the pairs a person should look at into the queue; gives how many.
///
/// A pair that a person decided stays as decided, whatever the score says.
pub(crate) async fn find_duplicates(tx: &mut Tx, context: &Context, id: PatientId) -> Result<usize> {
    let patient = gate::surviving(tx, id).await?;
    let mut reviews = Vec::new();
    for other in matching::alike(tx, &patient.demographics, Some(patient.id)).await? {
        reviews.push(Review {
            pair: Pair::of(patient.id, other.patient.id),
            weight: other.score.weight.bits(),
            outcome: key(other.score.outcome).to_owned(),
            fields: serde_json::to_value(&other.score.fields).unwrap_or_default(),
            state: ReviewState::Open,
            found: context.at,
        });
    }
    merges::put_reviews(tx, &reviews).await?;
    Ok(reviews.len())
}

const fn key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::SuggestLink => "suggest-link",
        Outcome::ClericalReview => "clerical-review",
        Outcome::NoLink => "no-link",
    }
}

/// Two records side by side, with what speaks for and against their being one person.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// One.
    pub one: Patient,
    /// The other.
    pub other: Patient,
    /// The score now, field by field.
    pub score: Score,
    /// What a person decided, if one has.
    pub decided: Option<Decided>,
}

/// The pairs that wait to be looked at, those most alike first, with both records, and how many there are.
pub async fn queue(store: &Store, context: &Context, page: Page) -> Result<(Vec<(Review, Comparison)>, i64)> {
    context.must(Permission::PatientMerge)?;
    let mut view = store.view().await?;
    let reviews = merges::reviews(&mut view, ReviewState::Open, page).await?;
    let ids: Vec<PatientId> = reviews.iter().flat_map(|one| <[_; 2]>::from(one.pair.both())).collect();
    let patients = store::patients::by_ids(&mut view, &ids).await?;
    let mut found = Vec::with_capacity(reviews.len());
    for review in reviews {
        let (one, other) = review.pair.both();
        let known = |id| patients.get(&id).cloned().ok_or_else(|| missing(id));
        // A pair that waits is one that nobody has decided.
        found.push((review, scored(known(one)?, known(other)?, None)));
    }
    let count = merges::count_reviews(&mut view, ReviewState::Open).await?;
    let shown: Vec<PatientId> = found.iter().flat_map(|(_, pair)| [pair.one.id, pair.other.id]).collect();
    view.finish(context.event("duplicates-list").detail(json!({ "shown": shown }))).await?;
    Ok((found, count))
}

/// Compares two records.
pub async fn compare(
    store: &Store,
    context: &Context,
    one: PatientId,
    other: PatientId,
) -> Result<Comparison> {
    context.must(Permission::PatientMerge)?;
    let mut view = store.view().await?;
    let comparison = compared(&mut view, Pair::of(one, other)).await?;
    let event = context.event("duplicates-compare").patient(one).object("patient", other);
    view.finish(event).await?;
    Ok(comparison)
}

async fn compared(reader: &mut store::Reader, pair: Pair) -> Result<Comparison> {
    let (one, other) = pair.both();
    let (one, other) = (patient(reader, one).await?, patient(reader, other).await?);
    let decided = merges::decision(reader, pair).await?;
    Ok(scored(one, other, decided))
}

fn scored(one: Patient, other: Patient, decided: Option<Decided>) -> Comparison {
    let score = matching::of(&matching::traits(&one.demographics), &matching::traits(&other.demographics));
    Comparison { one, other, score, decided }
}

/// Decides that two records are of two people. The score never brings the pair up again.
pub async fn keep_apart(
    store: &Store,
    context: &Context,
    one: PatientId,
    other: PatientId,
    reason: &str,
) -> Result<()> {
    context.must(Permission::PatientMerge)?;
    let by = person(context)?;
    let mut tx = store.begin().await?;
    let pair = Pair::of(one, other);
    let decided = Decided {
        pair,
        decision: Decision::DifferentPeople,
        by,
        at: context.at,
        reason: reason.trim().to_owned(),
    };
    merges::decide(&mut tx, &decided).await?;
    let event = context.event("duplicates-keep-apart").patient(one).object("patient", other).reason(reason);
    tx.commit(event).await?;
    Ok(())
}

/// What a merge would make of two records.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The chart that would stay.
    pub survivor: Patient,
    /// The chart that would go.
    pub absorbed: Patient,
    /// Who the person would be.
    pub demographics: Demographics,
    /// Encounters, documents and entries of the chart that would go.
    pub moves: [i64; 3],
}

/// Shows what a merge would make, before it is made.
pub async fn preview(
    store: &Store,
    context: &Context,
    survivor: PatientId,
    absorbed: PatientId,
) -> Result<Preview> {
    context.must(Permission::PatientMerge)?;
    let mut view = store.view().await?;
    let (stays, goes) = (patient(&mut view, survivor).await?, patient(&mut view, absorbed).await?);
    let encounters = store::encounters::Filter { patient: Some(absorbed), ..Default::default() };
    let entries = store::entries::Filter { patient: Some(absorbed), ..Default::default() };
    let moves = [
        store::encounters::count(&mut view, &encounters).await?,
        store::documents::count(&mut view, &store::documents::Filter::of(absorbed)).await?,
        store::entries::count(&mut view, &entries).await?,
    ];
    view.finish(context.event("merge-preview").patient(survivor).object("patient", absorbed)).await?;
    let demographics = united(&stays.demographics, &goes.demographics);
    Ok(Preview { survivor: stays, absorbed: goes, demographics, moves })
}

/// Who a person is after a merge: what the survivor's record says, and from the other what it does not say; all
/// identifiers of both, all names.
pub(crate) fn united(survivor: &Demographics, absorbed: &Demographics) -> Demographics {
    let mut united = Demographics::after(Some(absorbed.clone()), survivor.clone(), Extent::Partial);
    let mine = &survivor.identifiers;
    let others = united.identifiers.iter().filter(|one| !mine.contains(one)).cloned();
    united.identifiers = mine.iter().cloned().chain(others).collect();
    for name in &absorbed.names {
        if !united.names.contains(name) {
            let former = chart::patient::NameUse::Former;
            united.names.push(chart::patient::Name { usage: former, ..name.clone() });
        }
    }
    united
}

/// Merges two records of one person: everything of `absorbed` goes to `survivor`, and can go back.
pub async fn merge(
    store: &Store,
    context: &mut Context,
    (survivor, absorbed): (PatientId, PatientId),
    reason: &str,
) -> Result<MergeId> {
    context.must(Permission::PatientMerge)?;
    let by = person(context)?;
    let mut tx = store.begin().await?;
    let id = merge_in(&mut tx, context, (survivor, absorbed), reason).await?;
    let pair = Pair::of(survivor, absorbed);
    let reason = reason.trim().to_owned();
    merges::decide(
        &mut tx,
        &Decided { pair, decision: Decision::SamePerson, by, at: context.at, reason: reason.clone() },
    )
    .await?;
    let event = context.event("patient-merge").patient(survivor).object("patient", absorbed).reason(reason);
    tx.commit(event.detail(json!({ "merge": id }))).await?;
    Ok(id)
}

/// Merges within a transaction that does more.
pub(crate) async fn merge_in(
    tx: &mut Tx,
    context: &mut Context,
    (survivor, absorbed): (PatientId, PatientId),
    reason: &str,
) -> Result<MergeId> {
    let (stays, goes) = (patient(tx, survivor).await?, patient(tx, absorbed).await?);
    let id = context.id(MergeId::from_bits);
    let request = Request {
        id,
        survivor: &stays,
        absorbed: &goes,
        demographics: &united(&stays.demographics, &goes.demographics),
        by: &actor(context),
        at: context.at,
        reason,
    };
    merges::merge(tx, &request).await?;
    let merged = patient(tx, survivor).await?;
    matching::index(tx, context, &merged).await?;
    completeness::ask(tx, context, merged.id).await?;
    Ok(id)
}

/// The merges a chart has had part in, the latest first.
pub async fn merges_of(store: &Store, context: &Context, id: PatientId) -> Result<Vec<Merge>> {
    context.must(Permission::PatientMerge)?;
    let mut view = store.view().await?;
    let found = merges::of_patient(&mut view, id).await?;
    view.finish(context.event("merge-list").patient(id)).await?;
    Ok(found)
}

/// Undoes a merge: both charts are what they were. What came to the survivor since stays there.
pub async fn unmerge(store: &Store, context: &mut Context, id: MergeId, reason: &str) -> Result<Undone> {
    context.must(Permission::PatientUnmerge)?;
    let by = person(context)?;
    if reason.trim().is_empty() {
        return Err(Error::refused("say why the merge was wrong: the reason stays with it"));
    }
    let mut tx = store.begin().await?;
    let merge = merges::get(&mut tx, id).await?;
    let (one, other) = (merge.survivor_before.id, merge.absorbed_before.id);
    let undone = merges::unmerge(&mut tx, id, &by.to_string(), context.at).await?;
    for id in [one, other] {
        let back = patient(&mut tx, id).await?;
        matching::index(&mut tx, context, &back).await?;
        completeness::ask(&mut tx, context, back.id).await?;
    }
    let reason = reason.trim().to_owned();
    let decision = Decision::DifferentPeople;
    merges::decide(
        &mut tx,
        &Decided { pair: Pair::of(one, other), decision, by, at: context.at, reason: reason.clone() },
    )
    .await?;
    let event = context.event("patient-unmerge").patient(one).object("patient", other).reason(reason);
    tx.commit(event.detail(json!({ "merge": id }))).await?;
    Ok(undone)
}

/// Moves an encounter with all that belongs to it into the chart of the patient it is really about (an overlay).
pub async fn move_encounter(
    store: &Store,
    context: &mut Context,
    (encounter, version): (EncounterId, i64),
    to: PatientId,
    reason: &str,
) -> Result<()> {
    context.must(Permission::EncounterMove)?;
    if reason.trim().is_empty() {
        return Err(Error::refused(
            "say why the encounter belongs to somebody else: the reason stays with it",
        ));
    }
    let mut tx = store.begin().await?;
    let read = store::encounters::get(&mut tx, encounter).await?;
    let to = gate::surviving(&mut tx, to).await?;
    if read.patient == to.id {
        return Err(Error::refused("the encounter is in that chart already"));
    }
    merges::move_encounter(&mut tx, encounter, version, to.id).await?;
    for patient in [read.patient, to.id] {
        completeness::ask(&mut tx, context, patient).await?;
    }
    let events = store::audit::Events::new(
        context.event("encounter-move").patient(read.patient).object("encounter", encounter).reason(reason),
        [context.event("encounter-receive").patient(to.id).object("encounter", encounter).reason(reason)],
    );
    tx.commit_all(events).await?;
    Ok(())
}

async fn patient(reader: &mut store::Reader, id: PatientId) -> Result<Patient> {
    let found = store::patients::by_id(reader, id).await?;
    found.ok_or_else(|| missing(id))
}

fn missing(id: PatientId) -> Error {
    Error::Missing { what: "patient", id: id.to_string() }
}

/// Decisions about who is who are a person's.
fn person(context: &Context) -> Result<chart::id::UserId> {
    context.user().ok_or_else(|| Error::refused("only a person decides who is who"))
}

fn actor(context: &Context) -> String {
    match &context.who {
        Who::User { id, .. } => id.to_string(),
        Who::System(part) => (*part).to_owned(),
    }
}
