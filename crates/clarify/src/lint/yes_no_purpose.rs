//! The rule `yes-no-purpose`.

use chart::query::{Form, Group};
use chart::sign::{SignKind, signs};

use super::{BRIEF, Draft, Finding, Part, Rule};

/// # What it checks
/// Whether a yes/no question serves one of the purposes it is allowed for: to confirm a diagnosis that is documented
/// elsewhere in the record, to tell whether something documented was present on admission, to relate two documented
/// things as cause and effect, to settle a conflict of documented statements.
/// # Why
/// Yes and no lead to the one diagnosis they name; for a new diagnosis they are never compliant.
/// # Example
/// "Does the patient have acute respiratory failure? Yes / No", where no provider has written it.
pub(super) const RULE: Rule = Rule {
    key: "yes-no-purpose",
    title: "Yes/no for something that is not documented",
    advice: "Ask an open question or a multiple choice, or quote where it is documented",
    source: BRIEF,
    check,
};

fn check(rule: &Rule, draft: &Draft<'_>) -> Vec<Finding> {
    let needed = match draft.ask.form {
        Form::Open | Form::MultipleChoice => return Vec::new(),
        Form::ConfirmDocumented | Form::PresentOnAdmission => 1,
        Form::CauseEffect | Form::ResolveConflict => 2,
    };
    let about = draft.ask.about.trim();
    let problem = if about.is_empty() {
        Some("a yes/no question says which documented condition it is about".to_owned())
    } else if !is_documented(draft, about) {
        Some(format!("“{about}” is documented by no provider in this encounter"))
    } else if documented(draft) < needed {
        let what = format!(
            "this form quotes {needed} documented statements; the query quotes {}",
            documented(draft)
        );
        Some(what)
    } else {
        None
    };
    problem.map(|what| rule.finding(Part::Question, None, what)).into_iter().collect()
}

/// How many different documented conditions or treatments are quoted.
fn documented(draft: &Draft<'_>) -> usize {
    let quoted = draft.ask.indicators.iter();
    let stated = quoted.filter(|one| matches!(one.group, Group::Diagnosis | Group::Treatment | Group::Text));
    stated.map(|one| one.key.as_str()).collect::<std::collections::BTreeSet<_>>().len()
}

/// Whether a provider has documented it in the encounter.
fn is_documented(draft: &Draft<'_>, about: &str) -> bool {
    let diagnoses = signs().all().iter().filter(|sign| sign.kind == SignKind::Diagnosis);
    let mut named = diagnoses.filter(|sign| sign.title == about || sign.is_named_in(about)).peekable();
    match named.peek() {
        Some(_) => named.any(|sign| draft.view.has(sign)),
        None => {
            let words = about.to_lowercase();
            let pages = draft.view.pages().iter().filter(|page| page.by_provider);
            let mut sections = pages.flat_map(|page| page.document.content.sections.iter());
            sections.any(|section| section.text.to_lowercase().contains(&words))
        }
    }
}

#[cfg(test)]
mod tests {
    use chart::query::{Ask, Form, Group};

    use crate::lint::testing::{ask, found_by};

    fn yes_no(form: Form, about: &str) -> Ask {
        let mut one = ask();
        (one.form, one.about) = (form, about.into());
        one.indicators[0].group = Group::Diagnosis;
        one
    }

    #[test]
    fn what_is_documented_may_be_confirmed() {
        assert!(found_by("yes-no-purpose", &ask()).is_empty(), "a multiple choice is not meant");
        assert!(found_by("yes-no-purpose", &yes_no(Form::ConfirmDocumented, "anemia")).is_empty());
        assert!(found_by("yes-no-purpose", &yes_no(Form::PresentOnAdmission, "anemia")).is_empty());
    }

    #[test]
    fn nothing_new_is_asked_by_yes_and_no() {
        assert_eq!(
            found_by("yes-no-purpose", &yes_no(Form::ConfirmDocumented, "sepsis")),
            ["“sepsis” is documented by no provider in this encounter"]
        );
        assert_eq!(
            found_by("yes-no-purpose", &yes_no(Form::PresentOnAdmission, "")),
            ["a yes/no question says which documented condition it is about"]
        );
        assert_eq!(
            found_by("yes-no-purpose", &yes_no(Form::CauseEffect, "anemia")),
            ["this form quotes 2 documented statements; the query quotes 1"]
        );
    }
}
