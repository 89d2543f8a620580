//! Moving an episode: two people in one chart (an overlay) are parted by moving encounters; two numbers of one
//! encounter are put together.

use chart::id::{EncounterId, PatientId};

use super::moved::Moved;
use crate::{Result, Tx, version};

/// What was refiled.
pub type Refiled = Moved;

const MOVE: &str = "
update encounter
set patient = $3, version = version + 1
where id = $1
  and version = $2
";

const MOVE_PARTS: [(&str, &str); 15] = [
    (
        "deficiency",
        "
update deficiency
set patient = $2
where encounter = $1
",
    ),
    (
        "analysis",
        "
update analysis
set patient = $2
where encounter = $1
",
    ),
    (
        "entry",
        "
update entry
set patient = $2
where encounter = $1
",
    ),
    (
        "document",
        "
update document
set patient = $2
where encounter = $1
",
    ),
    (
        "accuracy_finding",
        "
update accuracy_finding
set patient = $2
where encounter = $1
",
    ),
    (
        "dictation",
        "
update dictation
set patient = $2
where encounter = $1
",
    ),
    (
        "code_set",
        "
update code_set
set patient = $2
where encounter = $1
",
    ),
    (
        "claim",
        "
update claim
set patient = $2
where encounter = $1
",
    ),
    (
        "audited_case",
        "
update audited_case
set patient = $2
where encounter = $1
",
    ),
    (
        "remitted_claim",
        "
update remitted_claim
set patient = $2
where encounter = $1
",
    ),
    (
        "shadow_codes",
        "
update shadow_codes
set patient = $2
where encounter = $1
",
    ),
    (
        "query",
        "
update query
set patient = $2
where encounter = $1
",
    ),
    (
        "alert",
        "
update alert
set patient = $2
where encounter = $1
",
    ),
    (
        "amendment",
        "
update amendment
set patient = $2
where document in (select id from document where encounter = $1)
   or original in (select id from document where encounter = $1)
",
    ),
    (
        "search_text",
        "
update search_text
set patient = $2
where encounter = $1
",
    ),
];

/// Files an encounter that was read in `read`, with its entries and documents, in another patient's chart.
pub async fn move_encounter(
    tx: &mut Tx,
    encounter: EncounterId,
    read: i64,
    to: PatientId,
) -> Result<Refiled> {
    let query = sqlx::query(MOVE).bind(encounter.to_string()).bind(read).bind(to.to_string());
    let changed = query.execute(tx.sql()).await?;
    version::after(&changed, "encounter", encounter, read)?;
    let mut moved = Moved::default();
    moved.count("encounter", 1);
    for (kind, statement) in MOVE_PARTS {
        let query = sqlx::query(statement).bind(encounter.to_string()).bind(to.to_string());
        moved.count(kind, query.execute(tx.sql()).await?.rows_affected());
    }
    Ok(moved)
}

const REFILE: [(&str, &str); 5] = [
    (
        "entry",
        "
update entry
set encounter = $2
where encounter = $1
",
    ),
    (
        "document",
        "
update document
set encounter = $2
where encounter = $1
",
    ),
    (
        "dictation",
        "
update dictation
set encounter = $2
where encounter = $1
",
    ),
    (
        "query",
        "
update query
set encounter = $2
where encounter = $1
",
    ),
    (
        "search_text",
        "
update search_text
set encounter = $2
where encounter = $1
",
    ),
];

/// Files the entries, documents, dictations and queries of one encounter in another of the same patient. What becomes of the
/// emptied one, and of its keys ([`crate::keys::redirect`]), is said by the caller; what it lacked is no longer owed,
/// and the next evaluation says what the other one lacks now.
pub async fn merge_encounters(tx: &mut Tx, from: EncounterId, into: EncounterId) -> Result<Refiled> {
    let mut moved = Moved::default();
    for (kind, statement) in REFILE {
        let query = sqlx::query(statement).bind(from.to_string()).bind(into.to_string());
        moved.count(kind, query.execute(tx.sql()).await?.rows_affected());
    }
    Ok(moved)
}
