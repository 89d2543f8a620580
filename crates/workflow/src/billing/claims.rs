//! The claim of an encounter: looking at it, writing it, taking its file.

use chart::access::Permission;
use chart::amendment::Billing;
use chart::claim::{Claim, Standing};
use chart::coding::{CodeSet, Purpose};
use chart::directory::{Named, Party};
use chart::encounter::{Attends, Encounter};
use chart::entry::{Charge, Coverage, EntryContent};
use chart::id::{ClaimId, CodeSetId, EncounterId, PartyId};
use chart::intake::Original;
use chart::machine::{History, Stamp};
use chart::patient::Patient;
use exchange::x12::{InstitutionalClaim, RemittedClaim, Submission};
use jiff::tz::TimeZone;
use serde_json::json;
use store::remittances::Answer;
use store::{Page, Reader, Store, Tx};

use super::assemble::{self, Holding};
use super::{Biller, Prepared, cents, facility, parties};
use crate::charts::{Banner, banner};
use crate::coding::Facts;
use crate::signing::me;
use crate::{Context, Error, Result, auditing, gate};

/// Charges and coverages of an encounter that are read at most.
const MOST: Page = Page { skip: 0, take: 20_000 };
/// The kind of file.
const MEDIA_TYPE: &str = "application/edi-x12";

/// Everything about the claims of an encounter.
#[derive(Debug, Clone)]
pub struct ClaimDesk {
    /// Whose chart.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// The claim that could be written now.
    pub prepared: Prepared,
    /// Those that went out, the latest first.
    pub claims: Vec<Claim>,
    /// What payers answered, the oldest first.
    pub answers: Vec<Answer<RemittedClaim>>,
}

/// What is read of the record for a claim.
struct Read {
    patient: Patient,
    encounter: Encounter,
    prepared: Prepared,
    submission: Submission,
    claims: Vec<Claim>,
    answers: Vec<Answer<RemittedClaim>>,
}

/// Reads the claims of an encounter, and prepares the next.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Closed`] when the chart is closed to the actor.
pub async fn read(
    store: &Store,
    context: &Context,
    encounter: EncounterId,
    zone: &TimeZone,
) -> Result<ClaimDesk> {
    context.must(Permission::ClaimRead)?;
    let mut view = store.view().await?;
    auditing::must_not_be_blind(&mut view, context, encounter).await?;
    let read = prepare(&mut view, context, (encounter, ""), zone).await?;
    let banner = banner(&mut view, read.patient).await?;
    let event = context.event("claim-read").patient(banner.patient.id).object("encounter", encounter);
    view.finish(event).await?;
    let Read { encounter, prepared, claims, answers, .. } = read;
    Ok(ClaimDesk { banner, encounter, prepared, claims, answers })
}

/// Writes the claim of an encounter from its closed codes, keeps its file, and notes that the encounter is billed.
/// `earlier` is the payer's number of the claim that it replaces, where no remittance has it.
///
/// # Errors
/// [`Error::Refused`] with everything that is missing, or when the claim that went out says the same.
pub async fn write(
    store: &Store,
    context: &mut Context,
    (encounter, earlier): (EncounterId, &str),
    zone: &TimeZone,
) -> Result<Claim> {
    context.must(Permission::ClaimWrite)?;
    let mut tx = store.begin().await?;
    let stamp = me(&mut tx, context).await?.stamp(context);
    let read = prepare(&mut tx, context, (encounter, earlier), zone).await?;
    let prepared = &read.prepared;
    if !prepared.missing.is_empty() {
        return Err(Error::refused(format!("this is missing: {}", prepared.missing.join(" "))));
    }
    let from = prepared.from.ok_or_else(|| Error::refused("coding has not begun"))?;
    if !prepared.is_trial && read.claims.iter().any(|one| says_the_same(one, from)) {
        return Err(Error::refused("the claim of these codes has gone out already: take its file below"));
    }
    let id = context.id(ClaimId::from_bits);
    let number = store::claims::next_number(&mut tx).await?;
    let submission = numbered(read.submission.clone(), id, number);
    let file = exchange::x12::write(&submission, std::slice::from_ref(&prepared.claim))
        .map_err(|error| Error::refused(error.to_string()))?;
    let original = Original { media_type: MEDIA_TYPE.into(), bytes: file.into_bytes() };
    let digest = store::originals::put(&mut tx, &[&original]).await?;
    let [original] = digest.as_slice() else { return Err(Error::refused("the file was not kept")) };
    let claim = Claim {
        id,
        version: 1,
        patient: read.patient.id,
        encounter,
        number,
        control_number: prepared.claim.patient_control_number.clone(),
        code_set: from.0,
        code_set_version: from.1,
        type_of_bill: prepared.claim.type_of_bill.clone(),
        payer: prepared.claim.payer.name.clone(),
        charge_cents: cents(prepared.claim.total_charges),
        original: *original,
        standing: if prepared.is_trial { Standing::Trial } else { Standing::Out },
        replaces: prepared.replaces.as_ref().map(|one| one.id),
        history: History::begin("write", stamp.clone(), ""),
    };
    store::claims::insert(&mut tx, &claim, context.at).await?;
    if !prepared.is_trial {
        goes_out(&mut tx, context, (&claim, prepared.replaces.clone()), stamp).await?;
    }
    let event = context.event("claim-write").patient(claim.patient).object("encounter", encounter);
    tx.commit(event.detail(json!({ "claim": claim.id, "bill": claim.type_of_bill }))).await?;
    Ok(claim)
}

/// The bill stands from now on, and the one before it no more.
async fn goes_out(
    tx: &mut Tx,
    context: &Context,
    (claim, replaces): (&Claim, Option<Claim>),
    stamp: Stamp,
) -> Result<()> {
    if let Some(before) = replaces {
        store::claims::update(tx, &before.replace(stamp, claim.id)?).await?;
    }
    let before = store::amendments::billing(tx, claim.encounter).await?;
    let billed = Billing { billed: before.billed.or(Some(context.at)), ..before };
    store::amendments::set_billing(tx, claim.encounter, billed).await?;
    Ok(store::claims::bill_stands(tx, claim.encounter, Some(context.at)).await?)
}

fn says_the_same(claim: &Claim, from: (CodeSetId, i64)) -> bool {
    claim.standing == Standing::Out && (claim.code_set, claim.code_set_version) == from
}

/// The submission under the numbers of this claim.
fn numbered(submission: Submission, id: ClaimId, number: i64) -> Submission {
    // Nine digits: after a thousand million claims they begin anew, as the guide allows.
    let number = u32::try_from((number - 1).rem_euclid(999_999_999) + 1).unwrap_or(1);
    Submission { interchange_number: number, group_number: number, batch: id.to_string(), ..submission }
}

/// The file of a claim that went out.
///
/// # Errors
/// [`Error::Missing`] when the encounter has no such claim.
pub async fn file(store: &Store, context: &Context, of: (EncounterId, ClaimId)) -> Result<(Claim, Vec<u8>)> {
    context.must(Permission::ClaimWrite)?;
    kept(store, context, of, "claim-file").await
}

/// A claim that went out, as its file says it: to be printed.
///
/// # Errors
/// [`Error::Missing`] when the encounter has no such claim.
pub async fn printed(
    store: &Store,
    context: &Context,
    of: (EncounterId, ClaimId),
) -> Result<InstitutionalClaim> {
    context.must(Permission::ClaimRead)?;
    let (claim, bytes) = kept(store, context, of, "claim-print").await?;
    let read = exchange::x12::read(&bytes).next();
    let read = read.and_then(std::result::Result::ok).and_then(|one| one.claim.ok());
    read.ok_or_else(|| Error::refused(format!("the file of claim {} cannot be read back", claim.number)))
}

async fn kept(
    store: &Store,
    context: &Context,
    (encounter, id): (EncounterId, ClaimId),
    action: &'static str,
) -> Result<(Claim, Vec<u8>)> {
    let mut view = store.view().await?;
    auditing::must_not_be_blind(&mut view, context, encounter).await?;
    let claim = store::claims::get(&mut view, id).await?;
    if claim.encounter != encounter {
        return Err(Error::Missing { what: "claim", id: id.to_string() });
    }
    gate::open(&mut view, context, claim.patient, Permission::ChartRead).await?;
    let original = store::originals::get(&mut view, claim.original).await?;
    let event = context.event(action).patient(claim.patient).object("encounter", encounter);
    view.finish(event.detail(json!({ "claim": id }))).await?;
    let original = original.ok_or_else(|| Error::Missing { what: "file of claim", id: id.to_string() })?;
    Ok((claim, original.bytes))
}

/// A claim that was written from this code set has to be replaced: its codes are opened again.
pub(crate) async fn codes_opened(tx: &mut Tx, set: &CodeSet, stamp: Stamp, why: &str) -> Result<()> {
    let claims = store::claims::of_encounter(tx, set.encounter).await?;
    let out = claims.into_iter().find(|one| one.standing == Standing::Out && one.code_set == set.id);
    let Some(claim) = out else { return Ok(()) };
    store::claims::update(tx, &claim.open_again(stamp, why)?).await?;
    Ok(store::claims::bill_stands(tx, set.encounter, None).await?)
}

/// Reads what the record holds and puts the claim together.
async fn prepare(
    reader: &mut Reader,
    context: &Context,
    (id, earlier): (EncounterId, &str),
    zone: &TimeZone,
) -> Result<Read> {
    let encounter = store::encounters::get(reader, id).await?;
    let patient = gate::open(reader, context, encounter.patient, Permission::ChartRead).await?;
    let biller: Biller = facility::kept(reader).await?.value;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    let sets = store::coding::of_encounter(reader, id).await?;
    let set = sets.iter().find(|set| set.purpose == Purpose::Claim).or(sets.first());
    let claims = store::claims::of_encounter(reader, id).await?;
    let answers: Vec<Answer<RemittedClaim>> = store::remittances::of_encounter(reader, id).await?;
    let number = answers.iter().rev().map(|one| one.payer_number.as_str()).find(|number| !number.is_empty());
    let earlier = if earlier.trim().is_empty() { number.unwrap_or_default() } else { earlier };
    let charges = charges(reader, id).await?;
    let coverage = coverage(reader, &encounter, &facts).await?;
    let attending = encounter.visit.attending(Attends::Attending).next();
    let operated = set.and_then(|set| set.codes.procedures.iter().find_map(|one| one.performer.as_ref()));
    let attending = party(reader, attending).await?;
    let operating = party(reader, operated).await?;
    let standing = |one: &&Claim| matches!(one.standing, Standing::Out | Standing::ToReplace);
    let is_trial = !biller.is_production;
    let replaces = claims.iter().find(standing).filter(|one| {
        set.is_some_and(|set| {
            one.standing == Standing::ToReplace
                || (one.code_set, one.code_set_version) != (set.id, set.version)
        })
    });
    let mut draft = Prepared { is_trial, replaces: replaces.cloned(), ..Prepared::default() };
    let (sender, receiver, submitter, recipient) = parties::envelope(&mut draft, &biller);
    let holding = Holding {
        patient: &patient.demographics,
        encounter: &encounter,
        facts: &facts,
        set,
        charges: &charges,
        coverage: coverage.as_ref(),
        attending: attending.as_ref().map(|(named, party)| (*named, party.as_ref())),
        operating: operating.as_ref().map(|(named, party)| (*named, party.as_ref())),
    };
    let mut prepared = assemble::claim(draft, &holding, (&biller, zone), earlier);
    let submission = Submission {
        sender,
        receiver,
        submitter,
        recipient,
        interchange_number: 1,
        group_number: 1,
        set_number: 1,
        batch: id.to_string(),
        written: context.at.to_zoned(zone.clone()).datetime(),
        is_test: is_trial,
    };
    // What the guide does not take is told before somebody wants to write the claim.
    if prepared.missing.is_empty()
        && let Err(error) = exchange::x12::write(&submission, std::slice::from_ref(&prepared.claim))
    {
        prepared.lacks(error.to_string());
    }
    Ok(Read { patient, encounter, prepared, submission, claims, answers })
}

async fn charges(reader: &mut Reader, encounter: EncounterId) -> Result<Vec<Charge>> {
    let filter =
        store::entries::Filter { encounter: Some(encounter), ..Default::default() }.kinds(&["charge"]);
    let entries = store::entries::list(reader, &filter, MOST).await?;
    let charge = |content| if let EntryContent::Charge(charge) = content { Some(charge) } else { None };
    Ok(entries.into_iter().filter_map(|entry| charge(entry.content)).collect())
}

/// The coverage that pays first on the day of discharge.
async fn coverage(reader: &mut Reader, encounter: &Encounter, facts: &Facts) -> Result<Option<Coverage>> {
    let filter = store::entries::Filter { patient: Some(encounter.patient), ..Default::default() }
        .kinds(&["coverage"]);
    let entries = store::entries::list(reader, &filter, MOST).await?;
    let covers = |one: &Coverage| {
        let day = |when: &chart::date::When| when.sort_key().to_zoned(TimeZone::UTC).date();
        one.status != "cancelled"
            && one.start.as_ref().is_none_or(|start| day(start) <= facts.discharged)
            && one.end.as_ref().is_none_or(|end| day(end) >= facts.discharged)
    };
    let coverages = entries.into_iter().filter_map(|entry| match entry.content {
        EntryContent::Coverage(coverage) if covers(&coverage) => Some(coverage),
        _ => None,
    });
    Ok(coverages.min_by_key(|one| one.rank.unwrap_or(u32::MAX)))
}

/// Somebody as the record names them, with their entry in the directory.
async fn party<'n>(
    reader: &mut Reader,
    named: Option<&'n Named>,
) -> Result<Option<(&'n Named, Option<Party>)>> {
    let Some(named) = named else { return Ok(None) };
    let Some(key) = &named.key else { return Ok(Some((named, None))) };
    let target = store::keys::find(reader, key).await?;
    let id: Option<PartyId> = target.and_then(|target| target.id.parse().ok());
    let filed = match id {
        Some(id) => store::parties::by_id(reader, id).await?,
        None => None,
    };
    Ok(Some((named, filed.map(|filed| filed.party))))
}
