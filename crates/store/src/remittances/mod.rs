//! What payers answered: payments, what each decided on which claim, and the denials among it.
//!
//! What a payer said is kept as the reader of remittances gives it, so its type is the caller's.

mod denials;

use chart::id::{Digest, EncounterId, PatientId, RemittanceId, RemittedClaimId};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx};

pub use denials::{Denial, DenialSum, Listed, denial_sums, denials, put_denials};

/// A payment with what the payer said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remittance<T> {
    /// Our identifier.
    pub id: RemittanceId,
    /// The file it came in.
    pub original: Digest,
    /// Its place in the file, from 0.
    pub place: i64,
    /// The payer, by its identifier or name.
    pub payer: String,
    /// The number of the check or transfer.
    pub trace: String,
    /// When it was posted.
    pub posted: Timestamp,
    /// What the payer said.
    pub said: T,
}

/// What a payment decided on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// Our identifier.
    pub id: RemittedClaimId,
    /// Of which payment.
    pub remittance: RemittanceId,
    /// Its place in it, from 0.
    pub place: i64,
    /// Whose encounter it is of, where that was found.
    pub whose: Option<(PatientId, EncounterId)>,
    /// The patient control number that the payer gave back.
    pub control_number: String,
    /// The payer's own number of the claim.
    pub payer_number: String,
    /// When it was posted.
    pub at: Timestamp,
    /// What the payer said.
    pub said: T,
}

const INSERT: &str = "
insert into remittance (id, original, place, payer, trace, posted, body)
values ($1, $2, $3, $4, $5, $6, $7)
";

/// Adds a payment that is new.
pub async fn insert<T: Serialize>(tx: &mut Tx, one: &Remittance<T>) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(one.id.to_string())
        .bind(one.original.to_string())
        .bind(one.place)
        .bind(one.payer.as_str())
        .bind(one.trace.as_str())
        .bind(micros(one.posted))
        .bind(body(&one.said)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const INSERT_ANSWERS: Insert<'_> = Insert {
    head: "
insert into remitted_claim (
  id, remittance, place, patient, encounter, control_number, payer_number, at, body
)
values",
    width: 9,
    tail: "",
};

/// Adds what a payment decided.
pub async fn insert_answers<T: Serialize>(tx: &mut Tx, answers: &[Answer<T>]) -> Result<()> {
    let bind = |one: &Answer<T>, values: &mut Values| {
        values.add(one.id.to_string())?;
        values.add(one.remittance.to_string())?;
        values.add(one.place)?;
        values.add(one.whose.map(|(patient, _)| patient.to_string()))?;
        values.add(one.whose.map(|(_, encounter)| encounter.to_string()))?;
        values.add(one.control_number.as_str())?;
        values.add(one.payer_number.as_str())?;
        values.add(micros(one.at))?;
        values.add(body(&one.said)?)
    };
    INSERT_ANSWERS.run(tx, answers, bind).await.map(|_| ())
}

const ASSIGN: &str = "
update remitted_claim
set patient = $2, encounter = $3
where id = $1
  and encounter is null
";

/// Says of which encounter an answer is that was found for none.
///
/// # Errors
/// [`Error::Refused`] when it has one already.
pub async fn assign(
    tx: &mut Tx,
    id: RemittedClaimId,
    (patient, encounter): (PatientId, EncounterId),
) -> Result<()> {
    let query =
        sqlx::query(ASSIGN).bind(id.to_string()).bind(patient.to_string()).bind(encounter.to_string());
    match query.execute(tx.sql()).await?.rows_affected() {
        0 => Err(Error::Refused("it stands with an encounter already: look at it again".into())),
        _ => Ok(()),
    }
}

const ROWS: &str = "
select id, original, place, payer, trace, posted, body
from remittance
";

const COUNT: &str = "
select count(*) as count
from remittance
";

/// The payments, the latest first.
pub async fn list<T: DeserializeOwned>(reader: &mut Reader, page: Page) -> Result<Vec<Remittance<T>>> {
    let rows = Conditions::default().rows(reader, ROWS, "order by posted desc, id desc", page).await?;
    row::all(&rows, read)
}

/// How many payments there are.
pub async fn count(reader: &mut Reader) -> Result<i64> {
    Conditions::default().count(reader, COUNT).await
}

/// The payment, which must be there.
pub async fn get<T: DeserializeOwned>(reader: &mut Reader, id: RemittanceId) -> Result<Remittance<T>> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "remittance", id: id.to_string() })?)
}

/// How many payments of this file were posted.
pub async fn count_of_file(reader: &mut Reader, original: Digest) -> Result<i64> {
    let mut conditions = Conditions::default();
    conditions.with("original =", Some(original.to_string()))?;
    conditions.count(reader, COUNT).await
}

/// Whether a payment of this payer with this number of a check or transfer was posted.
pub async fn has_trace(reader: &mut Reader, payer: &str, trace: &str) -> Result<bool> {
    let mut conditions = Conditions::default();
    conditions.with("trace =", Some(trace.to_owned()))?;
    conditions.with("payer =", Some(payer.to_owned()))?;
    Ok(conditions.count(reader, COUNT).await? > 0)
}

fn read<T: DeserializeOwned>(row: &AnyRow) -> Result<Remittance<T>> {
    Ok(Remittance {
        id: row::parsed(row, "id")?,
        original: row::parsed(row, "original")?,
        place: row::int(row, "place")?,
        payer: row::text(row, "payer")?,
        trace: row::text(row, "trace")?,
        posted: row::instant(row, "posted")?,
        said: row::json(row, "body")?,
    })
}

const ANSWERS: &str = "
select id, remittance, place, patient, encounter, control_number, payer_number, at, body
from remitted_claim
";

/// Answers that one page holds at most: as many as the guide recommends for one payment.
const MOST_ANSWERS: Page = Page { skip: 0, take: 10_000 };

/// What a payment decided, in its order.
pub async fn answers<T: DeserializeOwned>(reader: &mut Reader, of: RemittanceId) -> Result<Vec<Answer<T>>> {
    let mut conditions = Conditions::default();
    conditions.with("remittance =", Some(of.to_string()))?;
    row::all(&conditions.rows(reader, ANSWERS, "order by place", MOST_ANSWERS).await?, answer)
}

/// What was decided on the claims of an encounter, the oldest first.
pub async fn of_encounter<T: DeserializeOwned>(
    reader: &mut Reader,
    encounter: EncounterId,
) -> Result<Vec<Answer<T>>> {
    let mut conditions = Conditions::default();
    conditions.with("encounter =", Some(encounter.to_string()))?;
    row::all(&conditions.rows(reader, ANSWERS, "order by at, remittance, place", MOST_ANSWERS).await?, answer)
}

/// What was decided on claims that no encounter was found for, the oldest first.
pub async fn unmatched<T: DeserializeOwned>(reader: &mut Reader, page: Page) -> Result<Vec<Answer<T>>> {
    let mut conditions = Conditions::default();
    conditions.plain("encounter is null");
    row::all(&conditions.rows(reader, ANSWERS, "order by at, id", page).await?, answer)
}

fn answer<T: DeserializeOwned>(row: &AnyRow) -> Result<Answer<T>> {
    let patient: Option<PatientId> = row::opt_parsed(row, "patient")?;
    let encounter: Option<EncounterId> = row::opt_parsed(row, "encounter")?;
    Ok(Answer {
        id: row::parsed(row, "id")?,
        remittance: row::parsed(row, "remittance")?,
        place: row::int(row, "place")?,
        whose: patient.zip(encounter),
        control_number: row::text(row, "control_number")?,
        payer_number: row::text(row, "payer_number")?,
        at: row::instant(row, "at")?,
        said: row::json(row, "body")?,
    })
}
