//! Posting what payers answer: by the number of the claim that went out, else by the account number of the encounter.

use chart::access::Permission;
use chart::id::{Digest, EncounterId, PatientId, RemittanceId, RemittedClaimId};
use chart::intake::Original;
use exchange::x12::{Remittance, RemittedClaim, read_remittances};
use serde_json::json;
use store::remittances::{self as kept, Answer, Denial, DenialSum, Listed};
use store::{Page, Reader, Store, Tx};

use super::cents;
use crate::{Context, Error, Result, gate};

/// The kind of file.
const MEDIA_TYPE: &str = "application/edi-x12";
/// Answers without an encounter that are listed.
const UNMATCHED: Page = Page { skip: 0, take: 200 };
/// Denials that are listed.
const DENIALS: Page = Page { skip: 0, take: 500 };

/// A payment as it is kept: its claims stand by themselves.
pub type Payment = kept::Remittance<Remittance>;
/// What a payment decided on a claim.
pub type Decided = Answer<RemittedClaim>;

/// What posting a file did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted {
    /// The payments that were posted.
    pub payments: Vec<RemittanceId>,
    /// Claims whose encounter was found.
    pub matched: usize,
    /// Claims kept without one.
    pub unmatched: usize,
    /// Payments that had been posted before; nothing was changed.
    pub before: usize,
    /// What of the file could not be read.
    pub problems: Vec<String>,
}

/// Posts the remittances of a file (835). The same file, or the same payment in another, changes nothing.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Refused`] when the file holds no remittance.
pub async fn post(store: &Store, context: &mut Context, bytes: Vec<u8>) -> Result<Posted> {
    context.must(Permission::RemittancePost)?;
    let (remittances, problems) = read_file(&bytes)?;
    let mut posted = Posted { problems, ..Posted::default() };
    let mut tx = store.begin().await?;
    let original = Original { media_type: MEDIA_TYPE.into(), bytes };
    let digest = Digest::of(&original.bytes);
    if kept::count_of_file(&mut tx, digest).await? > 0 {
        posted.before = remittances.len();
        tx.roll_back().await?;
        return Ok(posted);
    }
    store::originals::put(&mut tx, &[&original]).await?;
    for (place, remittance) in (0..).zip(remittances) {
        post_one(&mut tx, context, (digest, place), remittance, &mut posted).await?;
    }
    if posted.payments.is_empty() {
        tx.roll_back().await?;
        return Ok(posted);
    }
    let event = context.event("remittance-post").detail(json!({
        "file": digest, "payments": posted.payments, "matched": posted.matched, "unmatched": posted.unmatched,
    }));
    tx.commit(event).await?;
    Ok(posted)
}

/// The remittances of a file, and what could not be read.
fn read_file(bytes: &[u8]) -> Result<(Vec<Remittance>, Vec<String>)> {
    let (mut remittances, mut problems) = (Vec::new(), Vec::new());
    for read in read_remittances(bytes) {
        match read {
            Ok(remittance) => {
                problems.extend(remittance.faults.iter().map(ToString::to_string));
                problems.extend(remittance.imbalances().iter().map(ToString::to_string));
                remittances.push(remittance);
            }
            Err(error) => problems.push(error.to_string()),
        }
    }
    match (remittances.is_empty(), problems.is_empty()) {
        (false, _) => Ok((remittances, problems)),
        (true, true) => Err(Error::refused("the file holds no remittance: choose an 835")),
        (true, false) => Err(Error::refused(problems.join("; "))),
    }
}

async fn post_one(
    tx: &mut Tx,
    context: &mut Context,
    (original, place): (Digest, i64),
    mut remittance: Remittance,
    posted: &mut Posted,
) -> Result<()> {
    let payer = [&remittance.payment.trace_payer, &remittance.payer.id, &remittance.payer.name];
    let payer = payer.into_iter().find(|one| !one.is_empty()).cloned().unwrap_or_default();
    let trace = remittance.payment.trace.clone();
    if !trace.is_empty() && kept::has_trace(tx, &payer, &trace).await? {
        posted.before += 1;
        return Ok(());
    }
    let claims = std::mem::take(&mut remittance.claims);
    let id = context.id(RemittanceId::from_bits);
    let one = Payment { id, original, place, payer, trace, posted: context.at, said: remittance };
    kept::insert(tx, &one).await?;
    let mut answers = Vec::with_capacity(claims.len());
    for (place, said) in (0..).zip(claims) {
        let whose = whose(tx, &said.patient_control_number).await?;
        let found = if whose.is_some() { &mut posted.matched } else { &mut posted.unmatched };
        *found += 1;
        answers.push(Decided {
            id: context.id(RemittedClaimId::from_bits),
            remittance: id,
            place,
            whose,
            control_number: said.patient_control_number.clone(),
            payer_number: said.payer_control_number.clone(),
            at: context.at,
            said,
        });
    }
    kept::insert_answers(tx, &answers).await?;
    let denials: Vec<Denial> = answers.iter().flat_map(denials_of).collect();
    kept::put_denials(tx, &denials).await?;
    posted.payments.push(id);
    Ok(())
}

fn denials_of(answer: &Decided) -> Vec<Denial> {
    let denials = (0..).zip(answer.said.denials()).map(|(place, one)| Denial {
        answer: answer.id,
        place,
        category: one.category.key.to_owned(),
        group: one.adjustment.group.clone(),
        reason: one.adjustment.reason.clone(),
        amount_cents: cents(one.adjustment.amount),
        at: answer.at,
    });
    denials.collect()
}

/// The encounter that a patient control number means: that of the claim that went out under it, or the only one with
/// this account number. A number that several encounters have means none.
async fn whose(reader: &mut Reader, number: &str) -> Result<Option<(PatientId, EncounterId)>> {
    if number.is_empty() {
        return Ok(None);
    }
    if let Some(claim) = store::claims::by_control_number(reader, number).await? {
        return Ok(Some((claim.patient, claim.encounter)));
    }
    let mut found = store::encounters::by_identifier(reader, number).await?;
    found.dedup_by_key(|one| one.id);
    let [one] = found.as_slice() else { return Ok(None) };
    Ok(Some((one.patient, one.id)))
}

/// The payments, the latest first, how many there are, and what no encounter was found for.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The payments of this page.
    pub payments: Vec<Payment>,
    /// How many there are in all.
    pub count: i64,
    /// Claims that no encounter was found for, the oldest first.
    pub unmatched: Vec<Decided>,
}

/// Reads the payments.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn list(store: &Store, context: &Context, page: Page) -> Result<Ledger> {
    context.must(Permission::ClaimRead)?;
    let mut view = store.view().await?;
    let payments = kept::list(&mut view, page).await?;
    let count = kept::count(&mut view).await?;
    let unmatched = kept::unmatched(&mut view, UNMATCHED).await?;
    view.finish(context.event("remittances-read")).await?;
    Ok(Ledger { payments, count, unmatched })
}

/// Reads one payment with what it decided.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Missing`] when there is none.
pub async fn read(store: &Store, context: &Context, id: RemittanceId) -> Result<(Payment, Vec<Decided>)> {
    context.must(Permission::ClaimRead)?;
    let mut view = store.view().await?;
    let payment = kept::get(&mut view, id).await?;
    let answers = kept::answers(&mut view, id).await?;
    view.finish(context.event("remittance-read").object("remittance", id)).await?;
    Ok((payment, answers))
}

/// Says by its account number of which encounter an answer is that none was found for.
///
/// # Errors
/// [`Error::Refused`] when no encounter, or more than one, has this number, or when it has one already.
pub async fn assign(store: &Store, context: &Context, id: RemittedClaimId, number: &str) -> Result<()> {
    context.must(Permission::RemittancePost)?;
    let mut tx = store.begin().await?;
    let found = whose(&mut tx, number.trim()).await?;
    let Some((patient, encounter)) = found else {
        return Err(Error::refused("no encounter, or more than one, has this account number"));
    };
    gate::open(&mut tx, context, patient, Permission::ChartRead).await?;
    kept::assign(&mut tx, id, (patient, encounter)).await?;
    let event = context.event("remittance-assign").patient(patient).object("encounter", encounter);
    tx.commit(event.detail(json!({ "answer": id }))).await?;
    Ok(())
}

/// Reads the denials of a category, or of all: their sums, and the latest.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn denials(
    store: &Store,
    context: &Context,
    category: Option<&str>,
) -> Result<(Vec<DenialSum>, Vec<Listed>)> {
    context.must(Permission::ClaimRead)?;
    let mut view = store.view().await?;
    let sums = kept::denial_sums(&mut view).await?;
    let listed = kept::denials(&mut view, category, DENIALS).await?;
    view.finish(context.event("denials-read")).await?;
    Ok((sums, listed))
}
