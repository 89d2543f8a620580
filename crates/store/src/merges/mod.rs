//! One person, one chart: merging two charts, undoing it to the byte, moving an episode, and what people decided.

mod episode;
mod moved;
mod pairs;

use chart::id::{MergeId, PatientId};
use chart::patient::{Demographics, Patient, Standing};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::row::{self, body, micros};
use crate::{Error, Reader, Result, Tx, patients};

pub use episode::{Refiled, merge_encounters, move_encounter};
pub use moved::Moved;
pub use pairs::{
    Decided, Decision, Pair, Review, ReviewState, count_reviews, decide, decision, put_reviews, reviews,
    set_review_state,
};

/// A merge that is to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Request<'a> {
    /// The identifier it will have.
    pub id: MergeId,
    /// The chart that stays, in the version it was read in.
    pub survivor: &'a Patient,
    /// The chart that goes, in the version it was read in.
    pub absorbed: &'a Patient,
    /// Who the person is afterwards, by the survivor rules or by hand.
    pub demographics: &'a Demographics,
    /// Who makes it: a user's identifier, or the name of the program's part.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: &'a str,
}

/// A merge that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// Its identifier.
    pub id: MergeId,
    /// The chart that stayed, as it was before.
    pub survivor_before: Patient,
    /// The chart that went, as it was before.
    pub absorbed_before: Patient,
    /// The version of the chart that stayed, after the merge.
    pub survivor_version_after: i64,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Who undid it, and when.
    pub undone: Option<(String, Timestamp)>,
}

/// What undoing a merge did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// What went back.
    pub moved: Moved,
    /// The chart that stayed was changed after the merge, so who the person is was left as it is now: a person should
    /// look at it. Otherwise it is as it was before, to the byte.
    pub survivor_changed_since: bool,
}

const INSERT: &str = "
insert into patient_merge (
  id, survivor, absorbed, survivor_before, absorbed_before, survivor_version_after,
  made_by, made_at, reason, undone_by, undone_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null)
";

/// Merges: everything of the absorbed chart goes to the survivor, and is listed so that it can go back.
pub async fn merge(tx: &mut Tx, request: &Request<'_>) -> Result<Moved> {
    let (survivor, absorbed) = (request.survivor, request.absorbed);
    check(survivor, absorbed)?;
    let merged = Standing::Merged { into: survivor.id, merge: request.id };
    let gone = Patient { standing: merged, ..absorbed.clone() };
    patients::update(tx, &gone, request.at).await?;
    let stays = Patient { demographics: request.demographics.clone(), ..survivor.clone() };
    let version_after = patients::update(tx, &stays, request.at).await?;
    let query = sqlx::query(INSERT)
        .bind(request.id.to_string())
        .bind(survivor.id.to_string())
        .bind(absorbed.id.to_string())
        .bind(body(survivor)?)
        .bind(body(absorbed)?)
        .bind(version_after)
        .bind(request.by)
        .bind(micros(request.at))
        .bind(request.reason);
    query.execute(tx.sql()).await?;
    moved::there(tx, request.id, absorbed.id, survivor.id).await
}

fn check(survivor: &Patient, absorbed: &Patient) -> Result<()> {
    if survivor.id == absorbed.id {
        return Err(Error::Refused("a chart cannot be merged with itself".into()));
    }
    for one in [survivor, absorbed] {
        if let Standing::Merged { into, .. } = one.standing {
            return Err(Error::Refused(format!(
                "chart {} was merged into {into} already: merge that one",
                one.id
            )));
        }
    }
    Ok(())
}

const UNDONE: &str = "
update patient_merge
set undone_by = $2, undone_at = $3
where id = $1
  and undone_at is null
";

/// Undoes a merge: what had moved goes back, and both charts are what they were. What was filed in the survivor's
/// chart since stays there.
pub async fn unmerge(tx: &mut Tx, id: MergeId, by: &str, at: Timestamp) -> Result<Undone> {
    let merge = get(tx, id).await?;
    let changed =
        sqlx::query(UNDONE).bind(id.to_string()).bind(by).bind(micros(at)).execute(tx.sql()).await?;
    if changed.rows_affected() == 0 {
        return Err(Error::Refused(format!("merge {id} has been undone already")));
    }
    let survivor = patients::get(tx, merge.survivor_before.id).await?;
    if let Standing::Merged { into, merge } = survivor.standing {
        return Err(Error::Refused(format!(
            "chart {} has since been merged into {into}: undo merge {merge} first",
            survivor.id
        )));
    }
    let absorbed = patients::get(tx, merge.absorbed_before.id).await?;
    let moved = moved::back(tx, id, absorbed.id, survivor.id).await?;
    let restored = Patient { version: absorbed.version, ..merge.absorbed_before };
    patients::update(tx, &restored, at).await?;
    let survivor_changed_since = survivor.version != merge.survivor_version_after;
    if !survivor_changed_since {
        let restored = Patient { version: survivor.version, ..merge.survivor_before };
        patients::update(tx, &restored, at).await?;
    }
    Ok(Undone { moved, survivor_changed_since })
}

/// The columns of a merge, and what follows.
macro_rules! merge_rows {
    ($rest:literal) => {
        concat!(
            "
select id, survivor_before, absorbed_before, survivor_version_after,
  made_by, made_at, reason, undone_by, undone_at
from patient_merge
",
            $rest
        )
    };
}

const BY_ID: &str = merge_rows!("where id = $1");

/// The merge, which must be there.
pub async fn get(reader: &mut Reader, id: MergeId) -> Result<Merge> {
    let row = sqlx::query(BY_ID).bind(id.to_string()).fetch_optional(reader.sql()).await?;
    let row = row.ok_or_else(|| Error::Missing { what: "merge", id: id.to_string() })?;
    read(&row)
}

const OF_PATIENT: &str = merge_rows!(
    "where survivor = $1 or absorbed = $1
order by made_at desc, id desc"
);

/// The merges that a chart has had part in, the latest first.
pub async fn of_patient(reader: &mut Reader, patient: PatientId) -> Result<Vec<Merge>> {
    row::all(&sqlx::query(OF_PATIENT).bind(patient.to_string()).fetch_all(reader.sql()).await?, read)
}

fn read(row: &AnyRow) -> Result<Merge> {
    let undone_at = row::opt_instant(row, "undone_at")?;
    Ok(Merge {
        id: row::parsed(row, "id")?,
        survivor_before: row::json(row, "survivor_before")?,
        absorbed_before: row::json(row, "absorbed_before")?,
        survivor_version_after: row::int(row, "survivor_version_after")?,
        made_by: row::text(row, "made_by")?,
        made_at: row::instant(row, "made_at")?,
        reason: row::text(row, "reason")?,
        undone: row::opt_text(row, "undone_by")?.zip(undone_at),
    })
}
