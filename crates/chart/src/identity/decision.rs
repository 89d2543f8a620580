//! What a person has decided about a pair. It outranks every score, now and later.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::score::{Outcome, Score};

/// A person's word on whether two records are of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// They are.
    SamePerson(Ruling),
    /// They are not: twins, a father and his son, two people of one name.
    DifferentPeople(Ruling),
}

/// Who decided, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The id of the person who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What holds for a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A person has decided; the score is of interest only.
    Decided(Decision),
    /// Nobody has; this is what the score proposes.
    Proposed(Outcome),
}

/// The verdict on a pair: the decision where there is one, else what the score proposes.
pub fn decide(score: &Score, decision: Option<Decision>) -> Verdict {
    decision.map_or(Verdict::Proposed(score.outcome), Verdict::Decided)
}

impl Verdict {
    /// Whether a person still has to look at the pair.
    pub fn needs_a_person(&self) -> bool {
        matches!(self, Self::Proposed(Outcome::SuggestLink | Outcome::ClericalReview))
    }

    /// Whether the two may be shown and counted as one person: only when a person has said so.
    pub fn is_one_person(&self) -> bool {
        matches!(self, Self::Decided(Decision::SamePerson(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Weight;

    fn ruling() -> Ruling {
        Ruling { by: "01J00000000000000000000000".into(), at: Timestamp::UNIX_EPOCH }
    }

    /// Every outcome with every decision: the person's word stands, whatever the score.
    #[test]
    fn a_decision_outranks_every_score() {
        let outcomes = [Outcome::NoLink, Outcome::ClericalReview, Outcome::SuggestLink];
        let decisions =
            [None, Some(Decision::SamePerson(ruling())), Some(Decision::DifferentPeople(ruling()))];
        let mut table = String::new();
        for outcome in outcomes {
            for decision in &decisions {
                let score = Score { weight: Weight::ZERO, probability: 0.5, outcome, fields: Vec::new() };
                let verdict = decide(&score, decision.clone());
                let word = match &verdict {
                    Verdict::Decided(Decision::SamePerson(_)) => "same",
                    Verdict::Decided(Decision::DifferentPeople(_)) => "different",
                    Verdict::Proposed(Outcome::NoLink) => "no link",
                    Verdict::Proposed(Outcome::ClericalReview) => "review",
                    Verdict::Proposed(Outcome::SuggestLink) => "suggest",
                };
                table +=
                    &format!("{word}, look {}, one {}\n", verdict.needs_a_person(), verdict.is_one_person());
            }
        }
        let expected = "no link, look false, one false\nsame, look false, one true\ndifferent, look false, one false\n\
                        review, look true, one false\nsame, look false, one true\ndifferent, look false, one false\n\
                        suggest, look true, one false\nsame, look false, one true\ndifferent, look false, one false\n";
        assert_eq!(table, expected);
    }
}
