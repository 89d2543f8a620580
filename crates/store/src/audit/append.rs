//! Adding to the trail, inside the transaction that the events speak of.

use super::chain::Fields;
use super::event::Events;
use crate::write::{Insert, Values};
use crate::{Result, Tx, row};

/// Where the events of a commit stand in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The number of the first.
    pub first: i64,
    /// The number of the last.
    pub last: i64,
    /// The trail's hash after it, 64 hex digits. Kept elsewhere, it proves later that nothing was cut off.
    pub hash: String,
}

impl Receipt {
    /// The receipt of one event of a batch, by its place from 0. The hash is that after the whole batch.
    pub(crate) fn only(mut self, place: usize) -> Self {
        self.first += i64::try_from(place).unwrap_or_default();
        self.last = self.first;
        self
    }
}

// Taking the numbers locks the head until the commit, so that two transactions never chain to the same row.
const TAKE: &str = "
update audit_head
set seq = seq + $1
where id = 1
returning seq, hash
";

const LEAVE: &str = "
update audit_head
set hash = $1
where id = 1
";

const INSERT: Insert<'_> = Insert {
    head: "
insert into audit (
  seq, at, actor_user, actor_system, role, action, patient, object_kind, object_id,
  outcome, reason, detail, session, source, hash
)
values",
    width: 15,
    tail: "",
};

/// Appends `events` to the chain.
pub(crate) async fn append(tx: &mut Tx, events: &Events) -> Result<Receipt> {
    let events = events.as_slice();
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let head = sqlx::query(TAKE).bind(count).fetch_one(tx.sql()).await?;
    let last = row::int(&head, "seq")?;
    let first = last - count + 1;
    let mut hash = row::text(&head, "hash")?;
    let mut rows = Vec::with_capacity(events.len());
    for (seq, event) in (first..).zip(events) {
        let fields = Fields::of(event)?;
        hash = fields.hash(seq, &hash);
        rows.push((seq, fields, hash.clone()));
    }
    INSERT.run(tx, &rows, bind).await?;
    sqlx::query(LEAVE).bind(hash.as_str()).execute(tx.sql()).await?;
    Ok(Receipt { first, last, hash })
}

fn bind((seq, fields, hash): &(i64, Fields, String), values: &mut Values) -> Result<()> {
    values.add(*seq)?;
    values.add(fields.at)?;
    fields.texts.iter().try_for_each(|text| values.add(text.as_deref()))?;
    values.add(hash.as_str())
}
