//! The code sets of encounters.

mod audits;
mod changes;
mod closed;
mod decided;
mod reached;
mod shadow;
mod waiting;

use chart::coding::{CodeSet, CodedDiagnosis, CodingState, Purpose};
use chart::id::{CodeSetId, EncounterId, UserId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, body, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, version};

pub use audits::{
    CaseFilter, ClosedFilter, case, cases, closed, count_closed, insert_case, insert_sample, sample, samples,
    update_case,
};
pub use changes::{Changed, changed, last_standing, put_changed};
pub use closed::{last_closed, used};
pub use decided::{Decided, Decision, Learned, decided, learned, put_decided, reset};
pub use reached::{Reached, Stage, of_code_set as reached, put as put_reached};
pub use shadow::{Shadow, ShadowCodes, put_shadow, shadows};
pub use waiting::{Stand, Unbilled, UnbilledSum, unbilled, unbilled_sums};

const INSERT: &str = "
insert into code_set (id, version, patient, encounter, purpose, state, updated, coder, drg, body)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
";

/// Adds a code set that is new.
///
/// # Errors
/// When the encounter has one for this purpose.
pub async fn insert(tx: &mut Tx, set: &CodeSet, at: Timestamp) -> Result<()> {
    let query = sqlx::query(INSERT)
        .bind(set.id.to_string())
        .bind(set.version)
        .bind(set.patient.to_string())
        .bind(set.encounter.to_string())
        .bind(set.purpose.key())
        .bind(set.state.key())
        .bind(micros(at))
        .bind(coder(set).map(|user| user.to_string()))
        .bind(drg(set))
        .bind(body(set)?);
    query.execute(tx.sql()).await?;
    stands(tx, set).await?;
    put_lines(tx, set).await
}

const UPDATE: &str = "
update code_set
set version = $3, state = $4, updated = $5, coder = $6, drg = $7, body = $8
where id = $1
  and version = $2
";

/// Keeps a code set in its next state; the verb has counted its version on by one.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, set: &CodeSet, at: Timestamp) -> Result<()> {
    let before = set.version - 1;
    let query = sqlx::query(UPDATE)
        .bind(set.id.to_string())
        .bind(before)
        .bind(set.version)
        .bind(set.state.key())
        .bind(micros(at))
        .bind(coder(set).map(|user| user.to_string()))
        .bind(drg(set))
        .bind(body(set)?);
    version::after(&query.execute(tx.sql()).await?, "code set", set.id, before)?;
    stands(tx, set).await?;
    put_lines(tx, set).await
}

/// Who worked on it last.
fn coder(set: &CodeSet) -> Option<UserId> {
    set.history.all().iter().rev().find_map(|one| one.stamp.by.user)
}

fn drg(set: &CodeSet) -> Option<i64> {
    match &set.state {
        CodingState::Final { outcome, .. } => outcome.drg.map(i64::from),
        CodingState::Open | CodingState::Held { .. } => None,
    }
}

const STANDS: &str = "
update encounter
set coded = $2, pending = $3
where id = $1
";

/// The encounter says how far the codes of its record have come: the board of what is unbilled counts by that. Of
/// several reasons that it waits for, the one that was said first counts.
async fn stands(tx: &mut Tx, set: &CodeSet) -> Result<()> {
    if set.purpose == Purpose::Record {
        let query = sqlx::query(STANDS)
            .bind(set.encounter.to_string())
            .bind(set.state.key())
            .bind(set.state.pending().first().map(|one| one.key.as_str()));
        query.execute(tx.sql()).await?;
    }
    Ok(())
}

const WEIGH: &str = "
update encounter
set weight = $2
where id = $1
";

/// Keeps the relative weight of the DRG that the codes of the record have come to, in ten-thousandths; nothing where there
/// is none.
pub async fn weigh(tx: &mut Tx, set: &CodeSet, weight: Option<i64>) -> Result<()> {
    if set.purpose == Purpose::Record {
        sqlx::query(WEIGH).bind(set.encounter.to_string()).bind(weight).execute(tx.sql()).await?;
    }
    Ok(())
}

const CLEAR: &str = "
delete from code_line
where code_set = $1
";

const LINES: Insert<'_> = Insert {
    head: "insert into code_line (code_set, kind, place, code, present)\nvalues",
    width: 5,
    tail: "",
};

async fn put_lines(tx: &mut Tx, set: &CodeSet) -> Result<()> {
    sqlx::query(CLEAR).bind(set.id.to_string()).execute(tx.sql()).await?;
    let diagnosis = |one: &CodedDiagnosis| ("diagnosis", one.code.to_string(), one.present.key());
    let codes = &set.codes;
    let lines = numbered(codes.diagnoses.iter().map(diagnosis))
        .chain(numbered(codes.procedures.iter().map(|one| ("procedure", one.code.to_string(), ""))))
        .chain(numbered(codes.services.iter().map(|one| ("service", one.code.to_string(), ""))));
    let lines: Vec<Line> = lines.collect();
    let bind = |(place, (kind, code, present)): &Line, values: &mut Values| {
        values.add(set.id.to_string())?;
        values.add(*kind)?;
        values.add(*place)?;
        values.add(code.as_str())?;
        values.add(*present)
    };
    LINES.run(tx, &lines, bind).await.map(|_| ())
}

type Line = (i64, (&'static str, String, &'static str));

fn numbered<'a>(
    lines: impl Iterator<Item = (&'static str, String, &'static str)> + 'a,
) -> impl Iterator<Item = Line> + 'a {
    (0_i64..).zip(lines)
}

const ROWS: &str = "
select patient, body
from code_set
";

/// The code set, which must be there.
pub async fn get(reader: &mut Reader, id: CodeSetId) -> Result<CodeSet> {
    let mut conditions = Conditions::default();
    conditions.with("id =", Some(id.to_string()))?;
    let rows = conditions.rows(reader, ROWS, "", Page::first(1)).await?;
    read(rows.first().ok_or_else(|| Error::Missing { what: "code set", id: id.to_string() })?)
}

/// The code sets of an encounter, that of the record first; at most two.
pub async fn of_encounter(reader: &mut Reader, encounter: EncounterId) -> Result<Vec<CodeSet>> {
    let mut conditions = Conditions::default();
    conditions.with("encounter =", Some(encounter.to_string()))?;
    row::all(&conditions.rows(reader, ROWS, "order by purpose desc", Page::first(2)).await?, read)
}

/// The code set of an encounter for one purpose.
pub async fn find(reader: &mut Reader, encounter: EncounterId, purpose: Purpose) -> Result<Option<CodeSet>> {
    Ok(of_encounter(reader, encounter).await?.into_iter().find(|set| set.purpose == purpose))
}

/// Code sets that wait for something, in the order in which they began to.
pub async fn held(reader: &mut Reader, page: Page) -> Result<Vec<CodeSet>> {
    let mut conditions = Conditions::default();
    conditions.plain("state = 'held'");
    row::all(&conditions.rows(reader, ROWS, "order by updated, id", page).await?, read)
}

fn read(row: &AnyRow) -> Result<CodeSet> {
    // The row says whose it is: encounters move when charts are merged or parted.
    Ok(CodeSet { patient: row::parsed(row, "patient")?, ..row::json(row, "body")? })
}
