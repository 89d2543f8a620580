//! The DRGs that a code set has reached: baseline, working, final.

use chart::coding::Codes;
use chart::id::CodeSetId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::row::{self, body, micros};
use crate::{Reader, Result, Tx};

/// At which step of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The first DRG that came of the codes.
    Baseline,
    /// As a documentation specialist left it.
    Working,
    /// As it was made final.
    Final,
}

impl Stage {
    /// Its key: `working`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Working => "working",
            Self::Final => "final",
        }
    }
}

/// A DRG that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// At which step.
    pub stage: Stage,
    /// When.
    pub at: Timestamp,
    /// By whom, by name.
    pub by: String,
    /// The MS-DRG.
    pub drg: u16,
    /// Its title.
    pub title: String,
    /// Its relative weight as it is printed, where the year's table is at hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub weight: String,
    /// The grouper version.
    pub grouper: String,
    /// The codes it came of.
    pub codes: Codes,
}

const PUT: &str = "
insert into drg_reached (code_set, stage, at, by_whom, drg, body)
values ($1, $2, $3, $4, $5, $6)
";

/// Keeps what was reached.
pub async fn put(tx: &mut Tx, set: CodeSetId, reached: &Reached) -> Result<()> {
    let query = sqlx::query(PUT)
        .bind(set.to_string())
        .bind(reached.stage.key())
        .bind(micros(reached.at))
        .bind(reached.by.as_str())
        .bind(i64::from(reached.drg))
        .bind(body(reached)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const OF_CODE_SET: &str = "
select body
from drg_reached
where code_set = $1
order by at, stage
";

/// Everything that a code set has reached, the oldest first.
pub async fn of_code_set(reader: &mut Reader, set: CodeSetId) -> Result<Vec<Reached>> {
    let rows = sqlx::query(OF_CODE_SET).bind(set.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

fn read(row: &AnyRow) -> Result<Reached> {
    row::json(row, "body")
}
