//! Finished codes that somebody else looks at again before they are billed.

use std::sync::LazyLock;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{CodeSet, CodingState};
use crate::keyed::keyed;
use crate::machine::{InvalidTransition, Stamp, reason};
use crate::table::lines;

static CRITERIA: &str = include_str!("../../../../data/record/second-review.tsv");

keyed! {
    /// For what finished codes are looked at again.
    Criterion, "criterion of a second review":
    /// A diagnosis that is listed as hospital-acquired was not present on admission.
    HospitalAcquired = "hospital-acquired",
    /// The MS-DRG is on a list.
    ListedDrg = "listed-drg",
    /// The coder has closed few code sets.
    NewCoder = "new-coder",
    /// The DRG hangs on one CC or MCC.
    SingleCc = "single-cc",
}

/// A criterion with whether it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    /// Which.
    pub criterion: Criterion,
    /// Whether it is in force.
    pub on: bool,
    /// How many, or which MS-DRGs, with commas between.
    pub value: String,
}

impl ReviewRow {
    /// What it says.
    #[must_use]
    pub fn title(&self) -> &'static str {
        shipped().iter().find(|(row, _)| row.criterion == self.criterion).map_or("", |(_, title)| title)
    }
}

/// Every criterion as it ships, in the order of the table.
#[must_use]
pub fn review_criteria() -> Vec<ReviewRow> {
    shipped().iter().map(|(row, _)| row.clone()).collect()
}

fn shipped() -> &'static [(ReviewRow, String)] {
    static ROWS: LazyLock<Vec<(ReviewRow, String)>> = LazyLock::new(|| {
        let rows = lines::<4>(CRITERIA).map(|line| {
            let line = line.expect("the shipped table is read by a test");
            let criterion = line.read(0).expect("the shipped table is read by a test");
            let [_, on, value, title] = line.cells;
            (ReviewRow { criterion, on: on == "yes", value: value.to_owned() }, title.to_owned())
        });
        rows.collect()
    });
    &ROWS
}

/// The reason of `data/record/pending-reason.tsv` under which codes wait for a second review.
pub const SECOND_REVIEW: &str = "second-review";

/// A second review of a code set as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Who looked, when.
    pub by: Stamp,
    /// What came of it.
    pub words: String,
    /// Whether they are codes of the same person, looked at again after a time because there is nobody else.
    pub is_own: bool,
}

impl CodeSet {
    /// Somebody looked at the codes again; they wait for that no longer. `alone` is after which time a person may look
    /// at codes of their own, where there is nobody else.
    ///
    /// # Errors
    /// When it does not wait for a second review, without words, and for codes of one's own.
    pub fn review(
        mut self,
        stamp: Stamp,
        words: &str,
        alone: Option<SignedDuration>,
    ) -> Result<Self, InvalidTransition> {
        let CodingState::Held { pending } = &self.state else { return Err(self.cannot("review")) };
        let Some(asked) = pending.iter().find(|one| one.key == SECOND_REVIEW) else {
            return Err(InvalidTransition::Rule("it does not wait for a second review"));
        };
        let words = reason(words, "say what came of the review")?.to_owned();
        let worked = |one: &crate::machine::Happened| one.stamp.by.is_same_person(&stamp.by);
        let is_own = asked.since.by.is_same_person(&stamp.by) || self.history.all().iter().any(worked);
        match alone {
            None if is_own => {
                return Err(InvalidTransition::Rule(
                    "you worked on these codes: another person reviews them",
                ));
            }
            Some(after) if is_own && stamp.at < asked.since.at + after => {
                return Err(InvalidTransition::Rule(
                    "you worked on these codes and are alone: look at them again when the time of the self-check is over",
                ));
            }
            _ => {}
        }
        self.reviewed = Some(Reviewed { by: stamp.clone(), words, is_own });
        self.came(stamp, SECOND_REVIEW)
    }
}
