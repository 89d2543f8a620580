//! Claims that went out.

use chart::claim::Claim;
use chart::id::{ClaimId, EncounterId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::{Error, Page, Reader, Result, Tx, version};

/// Claims of an encounter that are read at most; the latest.
const OF_ENCOUNTER: Page = Page { skip: 0, take: 100 };

const NEXT: &str = "
select coalesce(max(number), 0) + 1 as next
from claim
";

/// The number of the next claim. Two that are written at the same moment on PostgreSQL get the same; the second is
/// refused by [`insert`].
pub async fn next_number(tx: &mut Tx) -> Result<i64> {
    row::int(&sqlx::query(NEXT).fetch_one(tx.sql()).await?, "next")
}

const INSERT: &str = "
insert into claim (id, version, patient, encounter, number, control_number, standing, made, original, body)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
";

/// Adds a claim that is new.
///
/// # Errors
/// [`Error::Refused`] when another took its number at the same moment.
pub async fn insert(tx: &mut Tx, claim: &Claim, at: Timestamp) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(claim.id.to_string())
        .bind(claim.version)
        .bind(claim.patient.to_string())
        .bind(claim.encounter.to_string())
        .bind(claim.number)
        .bind(claim.control_number.as_str())
        .bind(claim.standing.key())
        .bind(micros(at))
        .bind(claim.original.to_string())
        .bind(body(claim)?);
    match query.execute(tx.sql()).await.map_err(Error::from) {
        Err(error) if error.is_duplicate() => {
            Err(Error::Refused("another claim was written at the same moment: write it once more".into()))
        }
        done => done.map(|_| ()),
    }
}

const UPDATE: &str = "
update claim
set version = $3, standing = $4, body = $5
where id = $1
  and version = $2
";

/// Keeps a claim in its next standing; the verb has counted its version on by one.
pub async fn update(tx: &mut Tx, claim: &Claim) -> Result<()> {
    let before = claim.version - 1;
    let query = sqlx::query(UPDATE)
        .bind(claim.id.to_string())
        .bind(before)
        .bind(claim.version)
        .bind(claim.standing.key())
        .bind(body(claim)?);
    version::after(&query.execute(tx.sql()).await?, "claim", claim.id, before).map(|_| ())
}

const ROWS: &str = "
select patient, body
from claim
";

/// The claim, which must be there.
pub async fn get(reader: &mut Reader, id: ClaimId) -> Result<Claim> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "claim", id: id.to_string() })?)
}

/// The claims of an encounter, the latest first.
pub async fn of_encounter(reader: &mut Reader, encounter: EncounterId) -> Result<Vec<Claim>> {
    let mut conditions = Conditions::default();
    conditions.with("encounter =", Some(encounter.to_string()))?;
    row::all(&conditions.rows(reader, ROWS, "order by number desc", OF_ENCOUNTER).await?, read)
}

/// The latest claim with this patient control number.
pub async fn by_control_number(reader: &mut Reader, number: &str) -> Result<Option<Claim>> {
    let mut conditions = Conditions::default();
    conditions.with("control_number =", Some(number.to_owned()))?;
    let rows = conditions.rows(reader, ROWS, "order by number desc", Page::first(1)).await?;
    rows.first().map(read).transpose()
}

const BILL_STANDS: &str = "
update encounter
set final_bill = $2
where id = $1
";

/// Since when the encounter has a bill that stands; with `None` it waits for one again.
pub async fn bill_stands(tx: &mut Tx, encounter: EncounterId, since: Option<Timestamp>) -> Result<()> {
    let query = sqlx::query(BILL_STANDS).bind(encounter.to_string()).bind(since.map(micros));
    query.execute(tx.sql()).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Claim> {
    // The row says whose it is: encounters move when charts are merged or parted.
    Ok(Claim { patient: row::parsed(row, "patient")?, ..row::json(row, "body")? })
}
