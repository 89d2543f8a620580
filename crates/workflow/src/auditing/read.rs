//! Reading samples, and one encounter of a sample as those who take part may see it.

use std::collections::BTreeMap;

use chart::access::{Permission, Role};
use chart::coding::{CodeSet, Codes};
use chart::coding_audit::{AuditedCase, CaseState, CaseStateKey, Sample, Tally};
use chart::document::Document;
use chart::encounter::Encounter;
use chart::id::{AuditedCaseId, CodeSetId, SampleId, UserId};
use chart::machine::Stamp;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::coding::{self, CaseFilter};
use store::{Page, Reader, Store};

use crate::charts::{Banner, banner};
use crate::coding::{Books, Facts, Side, compute, rules_in_force};
use crate::{Context, Error, Result, gate};

/// Samples that are listed.
const SAMPLES: Page = Page::first(50);
/// Encounters of a sample that are read; a sample has no more.
const CASES: Page = Page::first(500);
/// Accounts that are looked through for coders.
const ACCOUNTS: Page = Page::first(500);
/// Documents of an encounter that lie on the desk at most.
const DOCUMENTS: Page = Page::first(500);

/// A sample with how far it has come.
#[derive(Debug, Clone)]
pub struct SampleRow {
    /// The sample.
    pub sample: Sample,
    /// Its encounters by state, those that are none left out.
    pub states: BTreeMap<CaseStateKey, i64>,
    /// What the settled ones count for.
    pub tally: Tally,
}

/// All samples.
#[derive(Debug, Clone)]
pub struct Samples {
    /// The latest first.
    pub rows: Vec<SampleRow>,
    /// People whose closed codes could be drawn.
    pub coders: Vec<(UserId, String)>,
}

/// Reads the samples.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn samples(store: &Store, context: &Context) -> Result<Samples> {
    context.must(Permission::CodingAuditRead)?;
    let mut view = store.view().await?;
    let mut rows = Vec::new();
    for sample in coding::samples(&mut view, SAMPLES).await? {
        let filter = CaseFilter { sample: Some(sample.id), ..CaseFilter::default() };
        let cases = coding::cases(&mut view, &filter, CASES).await?;
        rows.push(SampleRow { states: states(&cases), tally: tally(&cases), sample });
    }
    let closes = chart::access::Grants::shipped().holders(Permission::CodingFinalize);
    let may = |roles: &[String]| {
        roles.iter().filter_map(|role| role.parse::<Role>().ok()).any(|role| closes.contains(&role))
    };
    let accounts = store::access::accounts::list(&mut view, ACCOUNTS).await?;
    let coders = accounts.into_iter().filter(|one| may(&one.roles)).map(|one| (one.id, one.name)).collect();
    view.finish(context.event("audit-samples-read")).await?;
    Ok(Samples { rows, coders })
}

fn states(cases: &[AuditedCase]) -> BTreeMap<CaseStateKey, i64> {
    let mut states = BTreeMap::new();
    for case in cases {
        *states.entry(case.key()).or_default() += 1;
    }
    states
}

/// What settled encounters count for together.
pub(super) fn tally<'a>(cases: impl IntoIterator<Item = &'a AuditedCase>) -> Tally {
    let mut sum = Tally::default();
    for one in cases.into_iter().filter_map(AuditedCase::tally) {
        sum += one;
    }
    sum
}

/// An encounter of a sample as a list shows it: nothing of what was coded.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Which.
    pub id: AuditedCaseId,
    /// Its place in the sample.
    pub place: u32,
    /// Whose; nothing for a chart that has been restricted since.
    pub patient: Option<String>,
    /// How far it has come.
    pub state: CaseStateKey,
    /// Who codes it again.
    pub auditor: String,
    /// Whose codes they are; empty for who codes again, before that is done.
    pub coder: String,
    /// When they were closed.
    pub closed: Timestamp,
    /// Differences that count as errors, once they are compared.
    pub errors: Option<usize>,
}

/// A sample with its encounters.
#[derive(Debug, Clone)]
pub struct OneSample {
    /// The sample, and how far it has come.
    pub row: SampleRow,
    /// Its encounters, in the order of chance.
    pub cases: Vec<CaseRow>,
}

/// Reads a sample.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn sample(store: &Store, context: &Context, id: SampleId) -> Result<OneSample> {
    context.must(Permission::CodingAuditRead)?;
    let sees_coders = context.must(Permission::CodingSample).is_ok();
    let mut view = store.view().await?;
    let sample = coding::sample(&mut view, id).await?;
    let filter = CaseFilter { sample: Some(id), ..CaseFilter::default() };
    let all = coding::cases(&mut view, &filter, CASES).await?;
    let mut cases = Vec::new();
    for case in &all {
        cases.push(case_row(&mut view, case, sees_coders).await?);
    }
    view.finish(context.event("audit-sample-read").object("audit-sample", id)).await?;
    let row = SampleRow { sample, states: states(&all), tally: tally(&all) };
    Ok(OneSample { row, cases })
}

async fn case_row(reader: &mut Reader, case: &AuditedCase, sees_coders: bool) -> Result<CaseRow> {
    let patient = store::patients::by_id(reader, case.patient).await?;
    let open = patient.filter(|one| one.restriction.is_none());
    let audited = case.audited();
    let coder = (sees_coders || audited.is_some()).then(|| case.coded.coder.name.clone());
    Ok(CaseRow {
        id: case.id,
        place: case.place,
        patient: open.map(|one| one.demographics.filed_name()),
        state: case.key(),
        auditor: case.auditor().map(|one| one.name.clone()).unwrap_or_default(),
        coder: coder.unwrap_or_default(),
        closed: case.coded.closed,
        errors: audited.map(|one| one.findings.iter().filter(|finding| finding.stands()).count()),
    })
}

/// What audits found in one's own codes.
#[derive(Debug, Clone)]
pub struct Mine {
    /// What waits for one's answer, is being decided, or is settled; the latest sample first.
    pub cases: Vec<CaseRow>,
    /// What the settled ones count for.
    pub tally: Tally,
}

/// Reads what audits found in the codes of who asks.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn mine(store: &Store, context: &Context) -> Result<Mine> {
    context.must(Permission::CodingWork)?;
    let coder = context.user().ok_or_else(|| Error::refused("only a person has audited codes"))?;
    let states = vec![CaseStateKey::Answering, CaseStateKey::Deciding, CaseStateKey::Settled];
    let filter = CaseFilter { coder: Some(coder), states, ..CaseFilter::default() };
    let mut view = store.view().await?;
    let all = coding::cases(&mut view, &filter, CASES).await?;
    let mut cases = Vec::new();
    for case in &all {
        cases.push(case_row(&mut view, case, true).await?);
    }
    view.finish(context.event("audit-mine-read")).await?;
    cases.sort_by_key(|one| one.state);
    Ok(Mine { cases, tally: tally(&all) })
}

/// One encounter of a sample.
#[derive(Debug, Clone)]
pub struct OneCase {
    /// Whose chart.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// As it stands. Before the comparison the coder's codes are not in it.
    pub case: AuditedCase,
    /// The documents, for who codes again.
    pub documents: Vec<Document>,
    /// The codes so far, for who codes again.
    pub desk: Option<Side>,
    /// Whether HCPCS Level II services are coded.
    pub takes_services: bool,
}

/// Reads an encounter of a sample: auditors, those who draw samples, and the coder once both codes may be seen.
///
/// # Errors
/// [`Error::Refused`] to others, and to the coder before that.
pub async fn case(
    store: &Store,
    context: &Context,
    books: &Books,
    id: AuditedCaseId,
    zone: &TimeZone,
) -> Result<OneCase> {
    context.must(Permission::CodingRead)?;
    let mut view = store.view().await?;
    let mut case = coding::case(&mut view, id).await?;
    let patient = gate::open(&mut view, context, case.patient, Permission::CodingRead).await?;
    must_take_part(context, &case)?;
    let encounter = store::encounters::get(&mut view, case.encounter).await?;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    let facts = facts.under(rules_in_force(&mut view).await?);
    let (mut documents, mut desk) = (Vec::new(), None);
    if let CaseState::Coding { auditor, codes } = &case.state
        && auditor.user == context.user()
    {
        let filter = store::documents::Filter { encounter: Some(case.encounter), ..Default::default() };
        documents = store::documents::list(&mut view, &filter, DOCUMENTS).await?;
        let computed = compute(books, &facts, codes);
        desk = Some(Side {
            set: as_set(&case, codes),
            computed,
            reached: Vec::new(),
            price: None,
            changes: Vec::new(),
        });
    }
    if case.audited().is_none() {
        (case.coded.codes, case.coded.drg) = (Codes::default(), None);
    }
    let banner = banner(&mut view, patient).await?;
    let event =
        context.event("audit-case-read").patient(banner.patient.id).object("encounter", case.encounter);
    view.finish(event).await?;
    let takes_services = facts.takes_services();
    Ok(OneCase { banner, encounter, case, documents, desk, takes_services })
}

/// Auditors and those who draw samples take part from the beginning, the coder once the auditor has reported.
fn must_take_part(context: &Context, case: &AuditedCase) -> Result<()> {
    let sees_all = context.must(Permission::CodingAuditRead).is_ok();
    let is_coder = case.coded.coder.user.is_some() && case.coded.coder.user == context.user();
    let is_reported =
        matches!(case.state, CaseState::Answering(_) | CaseState::Deciding(_) | CaseState::Settled { .. });
    if sees_all || (is_coder && is_reported) {
        return Ok(());
    }
    Err(Error::refused("this audit is open to the auditor, the supervisor and the coder it is about"))
}

/// The auditor's codes as the coder's desk shows codes.
fn as_set(case: &AuditedCase, codes: &Codes) -> CodeSet {
    let first = case.history.all().first().map(|one| one.stamp.clone());
    let stamp = first.unwrap_or(Stamp { by: case.coded.coder.clone(), at: case.coded.closed });
    let id = CodeSetId::from_bits(case.id.bits());
    let set = CodeSet::open(id, case.patient, case.encounter, stamp);
    CodeSet { version: case.version, codes: codes.clone(), ..set }
}
