//! What coders did with suggested codes: kept for each encounter, and counted for each code and phrase.

use chart::id::EncounterId;
use codeset::Code;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::row::{self, key_of, micros};
use crate::{Reader, Result, Tx};

/// What a coder did with a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The code was taken into the code set.
    Accepted,
    /// Another code was taken in its place.
    Replaced,
    /// It was not taken, for a reason.
    Rejected,
}

/// A decision on a suggested code of an encounter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The encounter whose documents suggested it.
    pub encounter: EncounterId,
    /// The code that was suggested.
    pub code: Code,
    /// The phrase that spoke for it most, by its stems.
    pub phrase: String,
    /// What was done.
    pub decision: Decision,
    /// The code taken in its place.
    pub chosen: Option<Code>,
    /// Why it was not taken.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom, by name.
    pub by: String,
}

const PUT: &str = "
insert into suggestion_decision (encounter, code, phrase, verb, chosen, reason, at, by_whom)
values ($1, $2, $3, $4, $5, $6, $7, $8)
";

/// Keeps a decision.
///
/// # Errors
/// When there is one on this code of the encounter.
pub async fn put_decided(tx: &mut Tx, decided: &Decided) -> Result<()> {
    let query = sqlx::query(PUT)
        .bind(decided.encounter.to_string())
        .bind(decided.code.to_string())
        .bind(decided.phrase.as_str())
        .bind(key_of(&decided.decision)?)
        .bind(decided.chosen.map(|code| code.to_string()))
        .bind(decided.reason.as_str())
        .bind(micros(decided.at))
        .bind(decided.by.as_str());
    query.execute(tx.sql()).await?;
    Ok(())
}

const OF_ENCOUNTER: &str = "
select encounter, code, phrase, verb, chosen, reason, at, by_whom
from suggestion_decision
where encounter = $1
order by at, code
";

/// The decisions of an encounter, the oldest first.
pub async fn decided(reader: &mut Reader, encounter: EncounterId) -> Result<Vec<Decided>> {
    let rows = sqlx::query(OF_ENCOUNTER).bind(encounter.to_string()).fetch_all(reader.sql()).await?;
    row::all(&rows, read)
}

fn read(row: &AnyRow) -> Result<Decided> {
    Ok(Decided {
        encounter: row::parsed(row, "encounter")?,
        code: row::parsed(row, "code")?,
        phrase: row::text(row, "phrase")?,
        decision: row::choice(row, "verb")?,
        chosen: row::opt_parsed(row, "chosen")?,
        reason: row::text(row, "reason")?,
        at: row::instant(row, "at")?,
        by: row::text(row, "by_whom")?,
    })
}

/// How often coders here decided on a code for a phrase, since the code was last counted anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    /// The code that was suggested.
    pub code: Code,
    /// The phrase, by its stems.
    pub phrase: String,
    /// Times it was taken.
    pub accepted: i64,
    /// Times another was taken in its place.
    pub replaced: i64,
    /// Times it was not taken.
    pub rejected: i64,
}

const LEARNED: &str = "
select d.code as code, d.phrase as phrase,
  sum(case when d.verb = 'accepted' then 1 else 0 end) as accepted,
  sum(case when d.verb = 'replaced' then 1 else 0 end) as replaced,
  sum(case when d.verb = 'rejected' then 1 else 0 end) as rejected
from suggestion_decision d
where not exists (select 1 from suggestion_reset r where r.code = d.code and r.at >= d.at)
group by d.code, d.phrase
order by d.code, d.phrase
";

/// What was decided here, by code and phrase.
pub async fn learned(reader: &mut Reader) -> Result<Vec<Learned>> {
    let rows = sqlx::query(LEARNED).fetch_all(reader.sql()).await?;
    row::all(&rows, |row| {
        Ok(Learned {
            code: row::parsed(row, "code")?,
            phrase: row::text(row, "phrase")?,
            accepted: row::int(row, "accepted")?,
            replaced: row::int(row, "replaced")?,
            rejected: row::int(row, "rejected")?,
        })
    })
}

const RESET: &str = "
insert into suggestion_reset (code, at, by_whom, reason)
values ($1, $2, $3, $4)
";

/// From now on the decisions on a code are counted anew.
pub async fn reset(tx: &mut Tx, code: Code, at: Timestamp, by: &str, reason: &str) -> Result<()> {
    let query = sqlx::query(RESET).bind(code.to_string()).bind(micros(at)).bind(by).bind(reason);
    query.execute(tx.sql()).await?;
    Ok(())
}
