//! The linter: a query that has a finding is not sent.
//!
//! The rules are one file each; a rule's doc comment is its page of the manual.

mod indicator_without_place;
mod leading;
mod no_indicators;
mod option_without_indicator;
mod options_missing;
mod payment_or_quality;
mod prior_encounter;
mod undocumented_diagnosis;
mod words;
mod yes_no_purpose;

#[cfg(test)]
mod testing;

use std::ops::Range;

use chart::query::Ask;
use chart::sign::View;

/// The practice brief the rules rest on.
pub(crate) const BRIEF: &str =
    "AHIMA/ACDIS, Guidelines for Achieving a Compliant Query Practice, 2022 update";

/// A rule of the linter.
#[derive(Debug)]
pub struct Rule {
    /// Its key: `no-indicators`.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What to do about a finding.
    pub advice: &'static str,
    /// By whose rule.
    pub source: &'static str,
    check: fn(&Rule, &Draft<'_>) -> Vec<Finding>,
}

/// Every rule, in the order of the manual.
pub static RULES: [&Rule; 9] = [
    &no_indicators::RULE,
    &indicator_without_place::RULE,
    &undocumented_diagnosis::RULE,
    &payment_or_quality::RULE,
    &leading::RULE,
    &options_missing::RULE,
    &option_without_indicator::RULE,
    &yes_no_purpose::RULE,
    &prior_encounter::RULE,
];

/// A part of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The query as a whole.
    Whole,
    /// Its title.
    Title,
    /// The question.
    Question,
    /// The choice at this place.
    Choice(usize),
    /// The indicator at this place.
    Indicator(usize),
}

/// Something for which a query is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The key of the rule.
    pub rule: &'static str,
    /// In which part of the query.
    pub part: Part,
    /// The words, as bytes of that part's text; `None` where something is missing.
    pub marked: Option<Range<usize>>,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do.
    pub advice: &'static str,
}

/// A query with the record it is read against.
pub(crate) struct Draft<'a> {
    pub(crate) ask: &'a Ask,
    pub(crate) view: &'a View<'a>,
}

/// What stands in the way of sending `ask`, in the order of the rules; nothing when it may be sent. `view` is the
/// encounter the query is about.
#[must_use]
pub fn lint(ask: &Ask, view: &View<'_>) -> Vec<Finding> {
    let draft = Draft { ask, view };
    RULES.iter().flat_map(|rule| (rule.check)(rule, &draft)).collect()
}

impl Rule {
    pub(crate) fn finding(&self, part: Part, marked: Option<Range<usize>>, what: String) -> Finding {
        Finding { rule: self.key, part, marked, what, advice: self.advice }
    }
}

impl<'a> Draft<'a> {
    /// What the asker wrote: title, question and choices. Quotes of the record are not theirs.
    pub(crate) fn own_words(&self) -> impl Iterator<Item = (Part, &'a str)> {
        let ask = self.ask;
        let choices = ask.choices.iter().enumerate();
        let choices = choices.map(|(at, choice)| (Part::Choice(at), choice.text.as_str()));
        self.headline().into_iter().chain(choices)
    }

    /// Title and question: what is read before any choice.
    pub(crate) fn headline(&self) -> [(Part, &'a str); 2] {
        [(Part::Title, self.ask.title.as_str()), (Part::Question, self.ask.question.as_str())]
    }
}
