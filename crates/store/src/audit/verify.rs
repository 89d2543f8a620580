//! Proving the trail: every row's hash is computed again from what it holds and from the row before.

use super::chain::Fields;
use super::read::{after, head};
use crate::{Reader, Result, row};

/// Rows read at a time.
const PAGE: i64 = 2_000;

/// A head of the trail that was written down elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The number of the last row at that time.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Rows whose hash is right, counted from the first.
    pub verified: i64,
    /// The first thing that is wrong; `None` when the trail is whole.
    pub fault: Option<Fault>,
}

/// The first thing that is wrong with a trail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The row does not hold what was written, or is not where it was written.
    #[error("row {seq} was altered, or put in the place of another")]
    Altered {
        /// Its number.
        seq: i64,
    },
    /// A row is not there.
    #[error("row {seq} was removed: row {next} follows row {before}", before = seq - 1)]
    Removed {
        /// Its number.
        seq: i64,
        /// The number of the row found instead.
        next: i64,
    },
    /// Rows at the end are not there.
    #[error("the end was cut off: the trail should reach row {expected} and ends at row {found}")]
    Truncated {
        /// The number of the last row that is there.
        found: i64,
        /// The number of the last row that was written.
        expected: i64,
    },
    /// The head says something else than the last row.
    #[error("the head was altered: it does not agree with row {seq}, the last")]
    Head {
        /// The number of the last row.
        seq: i64,
    },
    /// The trail is whole in itself, and is not the one that the anchor was taken from.
    #[error("the whole trail was written anew: row {seq} is not the row of which a hash was kept")]
    Anchor {
        /// The anchor's row.
        seq: i64,
    },
}

/// Walks the whole trail. With an `anchor`, it also proves that the trail up to there is the one of that time.
pub async fn verify(reader: &mut Reader, anchor: Option<&Anchor>) -> Result<Verdict> {
    let mut walk = Walk { seq: 0, hash: String::new(), anchor };
    loop {
        let rows = after(reader, walk.seq, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let (seq, fields, hash) = (row::int(row, "seq")?, Fields::stored(row)?, row::text(row, "hash")?);
            if let Err(fault) = walk.step(seq, &fields, hash) {
                return Ok(Verdict { verified: walk.seq, fault: Some(fault) });
            }
        }
    }
    let head = head(reader).await?;
    Ok(Verdict { verified: walk.seq, fault: walk.end(head.seq, &head.hash).err() })
}

/// The last row that was right.
struct Walk<'a> {
    seq: i64,
    hash: String,
    anchor: Option<&'a Anchor>,
}

impl Walk<'_> {
    fn step(&mut self, seq: i64, fields: &Fields, hash: String) -> std::result::Result<(), Fault> {
        let expected = self.seq + 1;
        if seq != expected {
            return Err(Fault::Removed { seq: expected, next: seq });
        }
        if fields.hash(seq, &self.hash) != hash {
            return Err(Fault::Altered { seq });
        }
        if self.anchor.is_some_and(|anchor| anchor.seq == seq && anchor.hash != hash) {
            return Err(Fault::Anchor { seq });
        }
        (self.seq, self.hash) = (seq, hash);
        Ok(())
    }

    fn end(&self, head: i64, hash: &str) -> std::result::Result<(), Fault> {
        let expected = head.max(self.anchor.map_or(0, |anchor| anchor.seq));
        if self.seq < expected {
            return Err(Fault::Truncated { found: self.seq, expected });
        }
        if self.seq != head || self.hash != hash {
            return Err(Fault::Head { seq: self.seq });
        }
        Ok(())
    }
}
