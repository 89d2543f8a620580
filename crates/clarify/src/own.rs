//! Composing a query in one's own words. It quotes the record like every other, and the linter reads it like every other.

use chart::query::{Ask, Choice, ChoiceKind, Form, Indicator};
use chart::sign::{Sign, View};

use crate::compose::{Asking, choices};

/// At most so many passages are quoted for one word; the draft lets those go that do not belong.
const PASSAGES_A_WORD: usize = 8;

/// A query as its author words it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// Its neutral title.
    pub title: String,
    /// The question.
    pub question: String,
    /// The words by which passages of the record are quoted: `creatinine`, `fluid bolus`.
    pub quoted_by: Vec<String>,
    /// The clinical choices; none makes it an open question.
    pub choices: Vec<OwnChoice>,
}

/// A choice in the author's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnChoice {
    /// What it says.
    pub text: String,
    /// The words, of those the query quotes by, whose passages support it; empty for all of them.
    pub supported_by: Vec<String>,
}

/// Why nothing can be composed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnWordsError {
    /// Title or question is not said.
    #[error("say the title and the question")]
    Unsaid,
    /// Nothing to quote by.
    #[error(
        "say the words by which findings are quoted: a query without clinical indicators is not compliant"
    )]
    NoWords,
    /// The record says nothing with these words.
    #[error("the record of this encounter says nothing with “{0}”")]
    NotFound(String),
    /// A choice rests on words that nothing is quoted by.
    #[error("the choice “{choice}” rests on “{words}”, which is not among the words to quote by")]
    Unsupported {
        /// The choice.
        choice: String,
        /// The words.
        words: String,
    },
}

/// A draft in the author's own words, with every passage that has the words to quote by.
///
/// # Errors
/// [`OwnWordsError`], in words for the author.
pub fn compose_own(own: &OwnWords, view: &View<'_>, asking: Asking) -> Result<Ask, OwnWordsError> {
    let (title, question) = (own.title.trim(), own.question.trim());
    if title.is_empty() || question.is_empty() {
        return Err(OwnWordsError::Unsaid);
    }
    let indicators = quoted(&own.quoted_by, view)?;
    let clinical = own
        .choices
        .iter()
        .enumerate()
        .map(|(at, one)| choice(at, one, &indicators))
        .collect::<Result<Vec<_>, _>>()?;
    let form = if clinical.is_empty() { Form::Open } else { Form::MultipleChoice };
    let Asking { addressed, author, prior_reason, timing, retention } = asking;
    Ok(Ask {
        template: String::new(),
        title: title.to_owned(),
        addressed,
        author,
        indicators,
        question: question.to_owned(),
        form,
        choices: choices(form, clinical),
        about: String::new(),
        prior_reason,
        timing,
        retention,
    })
}

fn quoted(words: &[String], view: &View<'_>) -> Result<Vec<Indicator>, OwnWordsError> {
    let mut all: Vec<Indicator> = Vec::new();
    for one in words {
        let sign = Sign::of_words(one).ok_or_else(|| OwnWordsError::NotFound(one.clone()))?;
        let mut found = view.passages(&sign);
        found.truncate(PASSAGES_A_WORD);
        if found.is_empty() {
            return Err(OwnWordsError::NotFound(one.clone()));
        }
        all.extend(found);
    }
    if all.is_empty() {
        return Err(OwnWordsError::NoWords);
    }
    all.sort_by_key(|one| one.group);
    Ok(all)
}

fn choice(at: usize, own: &OwnChoice, indicators: &[Indicator]) -> Result<Choice, OwnWordsError> {
    let key = |words: &String| Sign::of_words(words).map_or_else(|| words.clone(), |sign| sign.key);
    let keys: Vec<String> = own.supported_by.iter().map(key).collect();
    let unknown = keys.iter().find(|key| indicators.iter().all(|one| one.key != **key));
    if let Some(words) = unknown {
        let (choice, words) = (own.text.clone(), words.clone());
        return Err(OwnWordsError::Unsupported { choice, words });
    }
    let supports = |one: &Indicator| keys.is_empty() || keys.contains(&one.key);
    let places = indicators.iter().enumerate().filter(|(_, one)| supports(one));
    Ok(Choice {
        key: format!("own-{}", at + 1),
        text: own.text.trim().to_owned(),
        kind: ChoiceKind::Clinical,
        supported_by: places.map(|(at, _)| at).collect(),
    })
}
