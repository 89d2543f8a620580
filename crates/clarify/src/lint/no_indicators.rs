//! The rule `no-indicators`.

use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether the query quotes anything of the record.
/// # Why
/// A question without clinical indicators invites an answer that nothing in the record supports.
/// # Example
/// "Does the patient have a kidney disease?" with no value quoted.
pub(super) const RULE: Rule = Rule {
    key: "no-indicators",
    title: "No clinical indicators",
    advice: "Quote the findings, values or treatment that give rise to the question, each with its place",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    let what = || "the query quotes nothing of the record".to_owned();
    draft.ask.indicators.is_empty().then(|| rule.finding(Part::Whole, None, what())).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{ask, found_by};

    #[test]
    fn a_query_quotes_the_record() {
        assert!(found_by("no-indicators", &ask()).is_empty());
        let mut bare = ask();
        bare.indicators.clear();
        assert_eq!(found_by("no-indicators", &bare), ["the query quotes nothing of the record"]);
    }
}
