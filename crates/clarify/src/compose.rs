//! Composing a query from a template and the record.

use std::collections::BTreeSet;

use chart::deficiency::Responsible;
use chart::query::{Ask, Author, Choice, ChoiceKind, Form, Group, Indicator, Retention, Timing};
use chart::sign::View;

use crate::template::{Template, TemplateChoice};

/// At most so many passages are quoted for one sign.
const PASSAGES_A_SIGN: usize = 4;

/// Who asks whom, and how the query is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Who is asked.
    pub addressed: Responsible,
    /// Who asks.
    pub author: Author,
    /// Why findings of another encounter are clinically pertinent to this one; empty where none are quoted.
    pub prior_reason: String,
    /// When in the life of the record.
    pub timing: Timing,
    /// How it is kept.
    pub retention: Retention,
}

/// The record holds too little for the query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{template}: the record holds {found} of the {least} indicators this query needs; quote them by hand, or do not ask"
)]
pub struct TooLittle {
    /// The template.
    pub template: String,
    /// How many were found.
    pub found: usize,
    /// How many are needed.
    pub least: usize,
}

/// A draft of `template`: the `evidence` of an alert first, then what else the record holds, each passage once.
///
/// A multiple choice of which the record supports fewer than two choices becomes an open question.
///
/// # Errors
/// When the record holds fewer indicators than the template needs.
pub fn compose(
    template: &Template,
    view: &View<'_>,
    evidence: &[Indicator],
    asking: Asking,
) -> Result<Ask, TooLittle> {
    let indicators = indicators(template, view, evidence);
    if indicators.len() < template.least {
        let (found, least) = (indicators.len(), template.least);
        return Err(TooLittle { template: template.key.clone(), found, least });
    }
    let clinical: Vec<Choice> =
        template.choices.iter().filter_map(|choice| supported(choice, &indicators)).collect();
    let form = match template.form {
        Form::MultipleChoice if clinical.len() < 2 => Form::Open,
        form => form,
    };
    let Asking { addressed, author, prior_reason, timing, retention } = asking;
    Ok(Ask {
        template: template.key.clone(),
        title: template.title.clone(),
        addressed,
        author,
        about: about(form, &indicators, view),
        indicators,
        question: template.question.clone(),
        form,
        choices: choices(form, clinical),
        prior_reason,
        timing,
        retention,
    })
}

/// What is quoted, in the order of the groups.
fn indicators(template: &Template, view: &View<'_>, evidence: &[Indicator]) -> Vec<Indicator> {
    let of_signs = template.signs.iter().flat_map(|sign| {
        let mut found = view.indicators(sign);
        found.truncate(PASSAGES_A_SIGN);
        found
    });
    let mut seen = BTreeSet::new();
    let mut all: Vec<Indicator> = evidence.iter().cloned().chain(of_signs).collect();
    all.retain(|one| seen.insert((one.document, one.entry, one.quote.clone(), one.key.clone())));
    all.sort_by_key(|one| one.group);
    all
}

/// A choice with the indicators that support it; `None` where none does.
fn supported(choice: &TemplateChoice, indicators: &[Indicator]) -> Option<Choice> {
    let supports = |one: &Indicator| choice.supported_by.contains(&one.key);
    let by: Vec<usize> =
        indicators.iter().enumerate().filter(|(_, one)| supports(one)).map(|(at, _)| at).collect();
    let (key, text) = (choice.key.clone(), choice.text.clone());
    (!by.is_empty()).then_some(Choice { key, text, kind: ChoiceKind::Clinical, supported_by: by })
}

/// The choices of a form; every list ends with *other* and *unable to determine*.
pub(crate) fn choices(form: Form, clinical: Vec<Choice>) -> Vec<Choice> {
    let fixed = |kind: ChoiceKind, text: &str| Choice {
        key: kind.key().to_owned(),
        text: text.to_owned(),
        kind,
        supported_by: Vec::new(),
    };
    let ends = [
        fixed(ChoiceKind::Other, "Other (please describe)"),
        fixed(ChoiceKind::Undetermined, "Unable to determine"),
    ];
    let first = match form {
        Form::Open => return Vec::new(),
        Form::MultipleChoice => clinical,
        _ => vec![fixed(ChoiceKind::Yes, "Yes"), fixed(ChoiceKind::No, "No")],
    };
    first.into_iter().chain(ends).collect()
}

/// The documented diagnosis a yes/no question is about: the first the query quotes, by the title of its sign.
fn about(form: Form, indicators: &[Indicator], view: &View<'_>) -> String {
    if !form.is_yes_no() {
        return String::new();
    }
    let quoted = indicators.iter().filter(|one| one.group == Group::Diagnosis);
    let signs = quoted.filter_map(|one| chart::sign::signs().by_key(&one.key));
    signs.filter(|sign| view.has(sign)).map(|sign| sign.title.clone()).next().unwrap_or_default()
}
