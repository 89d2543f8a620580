//! The rows of a chart that move with a merge, and back. Only the column that says whose they are is touched.

use std::collections::BTreeMap;

use chart::id::{MergeId, PatientId};

use crate::{Result, Tx};

/// How many rows moved, by kind: `entry`, `document`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Kind and count, of those that are not 0.
    pub rows: BTreeMap<&'static str, u64>,
}

impl Moved {
    pub(super) fn count(&mut self, kind: &'static str, rows: u64) {
        if rows > 0 {
            *self.rows.entry(kind).or_default() += rows;
        }
    }
}

/// The statements for rows of one kind. `list` takes merge and absorbed chart; `there` the absorbed chart and the
/// survivor; `back` the merge, the absorbed chart and the survivor.
struct Room {
    kind: &'static str,
    list: &'static str,
    there: &'static str,
    back: &'static str,
}

/// The statements for a table, its column that says whose a row is, and what a row is known by. A key's kind is one
/// of a few words, so that three columns in one text are never another three.
macro_rules! room {
    ($table:literal, $patient:literal, $key:literal) => {
        Room {
            kind: $table,
            list: concat!(
                "
insert into patient_merge_moved (merge_id, kind, row_key)
select $1, '",
                $table,
                "', ",
                $key,
                "
from ",
                $table,
                "
where ",
                $patient,
                " = $2
"
            ),
            there: concat!(
                "
update ",
                $table,
                "
set ",
                $patient,
                " = $2
where ",
                $patient,
                " = $1
"
            ),
            back: concat!(
                "
update ",
                $table,
                "
set ",
                $patient,
                " = $2
where ",
                $patient,
                " = $3
  and ",
                $key,
                " in (
    select row_key
    from patient_merge_moved
    where merge_id = $1
      and kind = '",
                $table,
                "'
  )
"
            ),
        }
    };
}

/// Everything that is filed by patient. The audit trail is not: it says what was so at the time.
const ROOMS: [Room; 20] = [
    room!("encounter", "patient", "id"),
    room!("entry", "patient", "id"),
    room!("document", "patient", "id"),
    room!("deficiency", "patient", "id"),
    room!("analysis", "patient", "encounter"),
    room!("accuracy_finding", "patient", "id"),
    room!("arrival", "patient", "id"),
    room!("amendment", "patient", "id"),
    room!("patient_request", "patient", "id"),
    room!("dictation", "patient", "id"),
    room!("code_set", "patient", "id"),
    room!("claim", "patient", "id"),
    room!("remitted_claim", "patient", "id"),
    room!("audited_case", "patient", "id"),
    room!("shadow_codes", "patient", "encounter"),
    room!("query", "patient", "id"),
    room!("alert", "patient", "identity"),
    room!("kept", "patient", "(system || ' ' || kind || ' ' || source_key)"),
    room!("source_key", "target", "(system || ' ' || kind || ' ' || source_key)"),
    room!("search_text", "patient", "(kind || ' ' || object)"),
];

/// Lists what the absorbed chart has, and gives it to the survivor.
pub(super) async fn there(
    tx: &mut Tx,
    merge: MergeId,
    absorbed: PatientId,
    survivor: PatientId,
) -> Result<Moved> {
    let mut moved = Moved::default();
    for room in &ROOMS {
        sqlx::query(room.list).bind(merge.to_string()).bind(absorbed.to_string()).execute(tx.sql()).await?;
        let query = sqlx::query(room.there).bind(absorbed.to_string()).bind(survivor.to_string());
        moved.count(room.kind, query.execute(tx.sql()).await?.rows_affected());
    }
    Ok(moved)
}

/// Gives back what is listed, unless it has been moved elsewhere since.
pub(super) async fn back(
    tx: &mut Tx,
    merge: MergeId,
    absorbed: PatientId,
    survivor: PatientId,
) -> Result<Moved> {
    let mut moved = Moved::default();
    for room in &ROOMS {
        let query = sqlx::query(room.back)
            .bind(merge.to_string())
            .bind(absorbed.to_string())
            .bind(survivor.to_string());
        moved.count(room.kind, query.execute(tx.sql()).await?.rows_affected());
    }
    Ok(moved)
}
