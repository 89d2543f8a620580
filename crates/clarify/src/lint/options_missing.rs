//! The rule `options-missing`.

use chart::query::{ChoiceKind, Form};

use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether a multiple choice has two clinical choices at least, a yes/no question *yes* and *no*, and both end with
/// *other* and *unable to determine*.
/// # Why
/// A single choice is a suggestion, and a list without a way out forces an answer.
/// # Example
/// "Acute tubular necrosis" as the only choice.
pub(super) const RULE: Rule = Rule {
    key: "options-missing",
    title: "Fewer choices than the form needs",
    advice: "Add what is missing, or ask an open question",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    if draft.ask.form == Form::Open {
        return Vec::new();
    }
    missing(draft).into_iter().map(|what| rule.finding(Part::Whole, None, what.to_owned())).collect()
}

/// What the list of choices lacks.
fn missing(draft: &Draft<'_>) -> Vec<&'static str> {
    let count = |kind| draft.ask.choices.iter().filter(|choice| choice.kind == kind).count();
    let ends: Vec<ChoiceKind> = draft.ask.choices.iter().rev().take(2).map(|choice| choice.kind).collect();
    let first = match draft.ask.form {
        Form::MultipleChoice if count(ChoiceKind::Clinical) < 2 => {
            Some("a multiple choice offers two clinical choices at least")
        }
        form if form.is_yes_no() && (count(ChoiceKind::Yes), count(ChoiceKind::No)) != (1, 1) => {
            Some("a yes/no question offers yes and no")
        }
        _ => None,
    };
    let last = (ends != [ChoiceKind::Undetermined, ChoiceKind::Other])
        .then_some("the choices end with other and unable to determine");
    first.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use chart::query::{ChoiceKind, Form};

    use crate::lint::testing::{ask, found_by};

    #[test]
    fn a_multiple_choice_has_two_choices_and_a_way_out() {
        assert!(found_by("options-missing", &ask()).is_empty());
        let mut one = ask();
        one.choices.remove(0);
        assert_eq!(
            found_by("options-missing", &one),
            ["a multiple choice offers two clinical choices at least"]
        );
        let mut forced = ask();
        forced.choices.retain(|choice| choice.kind != ChoiceKind::Undetermined);
        assert_eq!(
            found_by("options-missing", &forced),
            ["the choices end with other and unable to determine"]
        );
    }

    #[test]
    fn an_open_question_needs_none_and_a_yes_no_question_both() {
        let mut open = ask();
        (open.form, open.choices) = (Form::Open, Vec::new());
        assert!(found_by("options-missing", &open).is_empty());
        let mut yes_no = ask();
        yes_no.form = Form::PresentOnAdmission;
        assert_eq!(found_by("options-missing", &yes_no), ["a yes/no question offers yes and no"]);
    }
}
