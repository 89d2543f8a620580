//! The ladder of a query: `data/record/query-escalation.tsv`, or a facility's own.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Query, Timing};
use crate::clock::{Span, due};
use crate::keyed::keyed;
use crate::table::{TableError, lines};

static LADDER: &str = include_str!("../../../../data/record/query-escalation.tsv");

keyed! {
    /// What is done on a rung.
    Measure, "measure":
    /// The answer is due; nothing is done yet.
    Due = "due",
    /// The practitioner is reminded.
    Remind = "remind",
    /// Somebody above is told.
    Escalate = "escalate",
}

/// A rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// For queries of this timing.
    pub timing: Timing,
    /// 0 for when the answer is due, then from 1.
    pub level: u8,
    /// So long after the query was issued.
    pub after: Span,
    /// What is done.
    pub measure: Measure,
    /// Its key: `physician-advisor`.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What happens.
    pub what_happens: String,
}

/// The rungs of every timing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryLadder(Vec<Rung>);

/// The ladder that ships with the product.
pub fn query_ladder() -> &'static QueryLadder {
    static SHIPPED: LazyLock<QueryLadder> =
        LazyLock::new(|| QueryLadder::read(LADDER).expect("the shipped table is read by a test"));
    &SHIPPED
}

impl QueryLadder {
    /// Reads a ladder.
    ///
    /// # Errors
    /// The first line that cannot be understood or whose level does not follow on the one before; a timing without
    /// rungs.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let mut rungs: Vec<Rung> = Vec::new();
        for line in lines::<7>(text) {
            let line = line?;
            let (timing, level) = (line.read(0)?, line.read(1)?);
            let expected = rungs.iter().filter(|rung| rung.timing == timing).count();
            if usize::from(level) != expected {
                return Err(line.wrong("the levels of a timing count from 0, when the answer is due"));
            }
            let [.., key, title, what_happens] = line.cells.map(str::to_owned);
            let (after, measure) = (line.read(2)?, line.read(3)?);
            if (measure == Measure::Due) != (level == 0) {
                return Err(line.wrong("level 0, and no other, says when the answer is due"));
            }
            rungs.push(Rung { timing, level, after, measure, key, title, what_happens });
        }
        let without = Timing::ALL.iter().find(|timing| !rungs.iter().any(|rung| rung.timing == **timing));
        match without {
            Some(timing) => Err(TableError { line: 0, what: format!("no rung for {timing} queries") }),
            None => Ok(Self(rungs)),
        }
    }

    /// The rungs for queries of this timing, lowest first.
    pub fn rungs(&self, timing: Timing) -> impl Iterator<Item = &Rung> {
        self.0.iter().filter(move |rung| rung.timing == timing)
    }

    /// How long an answer may take.
    #[must_use]
    pub fn span(&self, timing: Timing) -> Span {
        let mut rungs = self.rungs(timing);
        rungs.next().map_or(Span::days(0), |rung| rung.after)
    }

    /// The rung that `query` has reached at `now` and that was not taken; the highest, if there are several.
    #[must_use]
    pub fn reached(&self, query: &Query, now: Timestamp, zone: &TimeZone) -> Option<&Rung> {
        let issued = query.issued_at().filter(|_| query.is_owed())?;
        let above = self.rungs(query.ask.timing).filter(|rung| rung.level > query.level);
        above.filter(|rung| now > due(issued, rung.after, zone)).last()
    }
}
