//! The rule `leading`.

use super::words::LEADING;
use super::{BRIEF, Draft, Finding, Rule};

/// # What it checks
/// Whether the query asks for words instead of asking a question.
/// # Why
/// A leading query is not supported by the record but by the one who asks.
/// # Example
/// "Please document acute respiratory failure."
pub(super) const RULE: Rule = Rule {
    key: "leading",
    title: "Leading words",
    advice: "Ask what the findings represent, and leave the answer open",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    let found =
        draft.own_words().flat_map(|(part, text)| LEADING.find_iter(text).map(move |one| (part, one)));
    let finding = |(part, one): (super::Part, regex::Match<'_>)| {
        rule.finding(part, Some(one.range()), format!("“{}” leads to an answer", one.as_str()))
    };
    found.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{ask, marked};

    #[test]
    fn an_open_question_passes_and_a_request_is_marked() {
        assert!(marked("leading", &ask()).is_empty());
        let mut leading = ask();
        leading.question = "Please document the kidney injury. Would you agree?".into();
        assert_eq!(marked("leading", &leading), ["Please document", "Would you agree"]);
    }
}
