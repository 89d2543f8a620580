//! The rule `option-without-indicator`.

use chart::query::{Choice, ChoiceKind};

use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether every clinical choice is supported by an indicator of the query.
/// # Why
/// A choice that the record does not support introduces a diagnosis.
/// # Example
/// "Septic shock" among the choices, and no blood pressure, lactate or drug quoted.
pub(super) const RULE: Rule = Rule {
    key: "option-without-indicator",
    title: "Choice without an indicator",
    advice: "Quote what supports the choice, or take it out",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    let known = draft.ask.indicators.len();
    let unsupported = |choice: &Choice| {
        choice.kind == ChoiceKind::Clinical && !choice.supported_by.iter().any(|at| *at < known)
    };
    let choices = draft.ask.choices.iter().enumerate().filter(|(_, choice)| unsupported(choice));
    let finding = |(at, choice): (usize, &Choice)| {
        let what = format!("nothing quoted supports “{}”", choice.text);
        rule.finding(Part::Choice(at), Some(0..choice.text.len()), what)
    };
    choices.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{ask, marked};

    #[test]
    fn a_choice_rests_on_an_indicator_of_the_query() {
        assert!(marked("option-without-indicator", &ask()).is_empty());
        let mut unsupported = ask();
        unsupported.choices[0].supported_by.clear();
        unsupported.choices[1].supported_by = vec![9];
        assert_eq!(marked("option-without-indicator", &unsupported), ["Prerenal", "Tubular necrosis"]);
    }
}
