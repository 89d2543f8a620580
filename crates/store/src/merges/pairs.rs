//! Pairs of charts: what the comparison found, and what a person decided.

use chart::id::{PatientId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use crate::row::{self, key_of, micros};
use crate::write::{Insert, Values};
use crate::{Page, Reader, Result, Tx};

/// Two charts, in one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    lower: PatientId,
    higher: PatientId,
}

impl Pair {
    /// The pair of these two, whichever comes first.
    #[must_use]
    pub fn of(one: PatientId, other: PatientId) -> Self {
        Self { lower: one.min(other), higher: one.max(other) }
    }

    /// Both, the lower first.
    #[must_use]
    pub const fn both(self) -> (PatientId, PatientId) {
        (self.lower, self.higher)
    }
}

/// What a person decided about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// They are one person.
    SamePerson,
    /// They are two people, whatever the score says.
    DifferentPeople,
}

/// A decision with who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// About whom.
    pub pair: Pair,
    /// What.
    pub decision: Decision,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

const DECIDE: &str = "
insert into pair_decision (lower, higher, decision, decided_by, decided_at, reason)
values ($1, $2, $3, $4, $5, $6)
on conflict (lower, higher) do update
set decision = excluded.decision, decided_by = excluded.decided_by,
  decided_at = excluded.decided_at, reason = excluded.reason
";

/// Stores what a person decided; a later decision by a person takes the place of an earlier one.
pub async fn decide(tx: &mut Tx, decided: &Decided) -> Result<()> {
    let query = sqlx::query(DECIDE)
        .bind(decided.pair.lower.to_string())
        .bind(decided.pair.higher.to_string())
        .bind(key_of(&decided.decision)?)
        .bind(decided.by.to_string())
        .bind(micros(decided.at))
        .bind(decided.reason.as_str());
    query.execute(tx.sql()).await?;
    set_review_state(tx, decided.pair, ReviewState::Decided).await
}

const DECISION: &str = "
select decision, decided_by, decided_at, reason
from pair_decision
where lower = $1
  and higher = $2
";

/// What a person decided about the pair.
pub async fn decision(reader: &mut Reader, pair: Pair) -> Result<Option<Decided>> {
    let query = sqlx::query(DECISION).bind(pair.lower.to_string()).bind(pair.higher.to_string());
    let row = query.fetch_optional(reader.sql()).await?;
    row.map(|row| {
        Ok(Decided {
            pair,
            decision: row::choice(&row, "decision")?,
            by: row::parsed(&row, "decided_by")?,
            at: row::instant(&row, "decided_at")?,
            reason: row::text(&row, "reason")?,
        })
    })
    .transpose()
}

/// A pair that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Who.
    pub pair: Pair,
    /// The score: log2 of how much likelier they are one person.
    pub weight: f64,
    /// What the score suggests: `suggest-link`, `clerical-review`.
    pub outcome: String,
    /// How the score came about, field by field.
    pub fields: serde_json::Value,
    /// Whether it still waits.
    pub state: ReviewState,
    /// When it was found.
    pub found: Timestamp,
}

/// Whether a pair still waits to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// It waits.
    Open,
    /// A person decided.
    Decided,
    /// The score is no longer what it was, or one of the two was merged.
    Obsolete,
}

const PUT: Insert<'_> = Insert {
    head: "
insert into pair_review (lower, higher, weight, outcome, fields, state, found)
values",
    width: 7,
    tail: "
on conflict (lower, higher) do update
set weight = excluded.weight, outcome = excluded.outcome, fields = excluded.fields, state = excluded.state,
  found = excluded.found
where pair_review.state <> 'decided'",
};

/// Puts pairs into the queue, or their new scores. A pair that a person decided stays decided. No pair twice.
pub async fn put_reviews(tx: &mut Tx, reviews: &[Review]) -> Result<()> {
    let bind = |review: &Review, values: &mut Values| {
        values.add(review.pair.lower.to_string())?;
        values.add(review.pair.higher.to_string())?;
        values.add(review.weight)?;
        values.add(review.outcome.as_str())?;
        values.add(review.fields.to_string())?;
        values.add(key_of(&review.state)?)?;
        values.add(micros(review.found))
    };
    PUT.run(tx, reviews, bind).await.map(|_| ())
}

const SET_STATE: &str = "
update pair_review
set state = $3
where lower = $1
  and higher = $2
";

/// Says whether a pair still waits. Nothing happens when it is not in the queue.
pub async fn set_review_state(tx: &mut Tx, pair: Pair, state: ReviewState) -> Result<()> {
    let query = sqlx::query(SET_STATE)
        .bind(pair.lower.to_string())
        .bind(pair.higher.to_string())
        .bind(key_of(&state)?);
    query.execute(tx.sql()).await?;
    Ok(())
}

const REVIEWS: &str = "
select lower, higher, weight, outcome, fields, state, found
from pair_review
where state = $1
order by weight desc, lower, higher
limit $2 offset $3
";

/// The pairs in a state, those most alike first.
pub async fn reviews(reader: &mut Reader, state: ReviewState, page: Page) -> Result<Vec<Review>> {
    let query = sqlx::query(REVIEWS).bind(key_of(&state)?).bind(page.limit()).bind(page.offset());
    row::all(&query.fetch_all(reader.sql()).await?, read)
}

const COUNT: &str = "
select count(*) as count
from pair_review
where state = $1
";

/// How many pairs are in a state.
pub async fn count_reviews(reader: &mut Reader, state: ReviewState) -> Result<i64> {
    row::int(&sqlx::query(COUNT).bind(key_of(&state)?).fetch_one(reader.sql()).await?, "count")
}

fn read(row: &AnyRow) -> Result<Review> {
    Ok(Review {
        pair: Pair { lower: row::parsed(row, "lower")?, higher: row::parsed(row, "higher")? },
        weight: row::double(row, "weight")?,
        outcome: row::text(row, "outcome")?,
        fields: row::json(row, "fields")?,
        state: row::choice(row, "state")?,
        found: row::instant(row, "found")?,
    })
}
