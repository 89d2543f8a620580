//! Drawing a sample of closed code sets.

use chart::access::Permission;
use chart::coding::{CodeSet, CodingState};
use chart::coding_audit::{AuditedCase, Coded, Criteria, Member, Sample, digest, draw as drawn};
use chart::id::{AuditedCaseId, CodeSetId, SampleId};
use chart::machine::{Actor, Stamp};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use store::coding::{self, ClosedFilter};
use store::{Page, Reader, Store};

use crate::signing::me;
use crate::{Context, Error, Result};

/// Code sets of a population at most; more are narrowed by the criteria.
const POPULATION: u32 = 20_000;
/// Encounters of a sample at most.
const LARGEST: usize = 500;
/// Characters of a seed.
const SEED: usize = 40;

/// Draws a sample by the criteria. Without a seed one is made. Restricted charts are left out: an auditor could not open
/// them.
///
/// # Errors
/// [`Error::Refused`] when nothing meets the criteria, or too much.
pub async fn draw(
    store: &Store,
    context: &mut Context,
    criteria: Criteria,
    seed: &str,
    zone: &TimeZone,
) -> Result<Sample> {
    context.must(Permission::CodingSample)?;
    if criteria.from > criteria.to {
        return Err(Error::refused("the period ends before it begins"));
    }
    let mut tx = store.begin().await?;
    let stamp = me(&mut tx, context).await?.stamp(context);
    let population = population(&mut tx, &criteria, zone).await?;
    let members: Vec<Member> = population.iter().map(member).collect();
    let id = context.id(SampleId::from_bits);
    let seed = match seed.trim() {
        "" => id.to_string(),
        typed => typed.chars().take(SEED).collect(),
    };
    let chosen = drawn(&members, &seed, criteria.size);
    if chosen.is_empty() {
        return Err(Error::refused("no closed codes meet these criteria: nothing was drawn"));
    }
    if chosen.len() > LARGEST {
        return Err(Error::refused(format!("a sample has {LARGEST} encounters at most: ask for fewer")));
    }
    let sample = Sample {
        id,
        seed,
        population: u32::try_from(members.len()).unwrap_or(u32::MAX),
        digest: digest(&members),
        drawn: stamp.clone(),
        criteria,
    };
    coding::insert_sample(&mut tx, &sample).await?;
    let by_id: HashMap<CodeSetId, &CodeSet> = population.iter().map(|set| (set.id, set)).collect();
    for (place, member) in (1_u32..).zip(&chosen) {
        let Some(set) = by_id.get(&member.code_set) else { continue };
        let Some(coded) = coded(set) else { continue };
        let id = context.id(AuditedCaseId::from_bits);
        let of = (set.patient, set.encounter);
        let case = AuditedCase::drawn(id, (sample.id, place), of, coded, stamp.clone());
        coding::insert_case(&mut tx, &case).await?;
    }
    let event = context.event("audit-draw").object("audit-sample", sample.id);
    let said = json!({ "seed": sample.seed, "population": sample.population, "digest": sample.digest,
        "drawn": chosen.len() });
    tx.commit(event.detail(said)).await?;
    Ok(sample)
}

const fn member(set: &CodeSet) -> Member {
    Member { code_set: set.id, version: set.version }
}

/// Every closed code set that meets the criteria.
async fn population(reader: &mut Reader, criteria: &Criteria, zone: &TimeZone) -> Result<Vec<CodeSet>> {
    let begins = |day: Date| zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().ok();
    let filter = ClosedFilter {
        from: begins(criteria.from),
        before: begins(criteria.to.saturating_add(1.day())),
        setting: criteria.setting,
        coder: criteria.coder,
        drg: criteria.drg,
    };
    if coding::count_closed(reader, &filter).await? > i64::from(POPULATION) {
        return Err(Error::refused(format!(
            "more than {POPULATION} closed codes meet these criteria: choose a shorter period"
        )));
    }
    let mut all = coding::closed(reader, &filter, Page::first(POPULATION)).await?;
    if !criteria.payer.is_empty() {
        let payer = criteria.payer.to_lowercase();
        let mut paid = Vec::new();
        for set in all {
            let encounter = store::encounters::get(reader, set.encounter).await?;
            let mut payers = encounter.visit.payers.iter();
            if payers.any(|one| one.name.to_lowercase().contains(&payer)) {
                paid.push(set);
            }
        }
        all = paid;
    }
    Ok(all)
}

/// The codes as they were closed.
fn coded(set: &CodeSet) -> Option<Coded> {
    let CodingState::Final { by: Stamp { by, at }, outcome } = &set.state else { return None };
    let worked: BTreeSet<_> = set.history.all().iter().filter_map(|one| user(&one.stamp.by)).collect();
    Some(Coded {
        code_set: set.id,
        version: set.version,
        coder: by.clone(),
        worked: worked.into_iter().collect(),
        closed: *at,
        codes: set.codes.clone(),
        drg: outcome.drg,
    })
}

const fn user(actor: &Actor) -> Option<chart::id::UserId> {
    actor.user
}
