//! What the tabular list calls a condition where it is not coded: an Excludes note names it in words and says in
//! brackets which code it has, and so do the notes that ask for another code.

use std::collections::BTreeSet;

use codeset::Code;

use crate::search::{Phrase, Source};
use crate::tabular::{Note, Reference};

/// A longer remark explains rather than names.
const MOST_WORDS: usize = 12;
/// A note that names more codes than these names no condition.
const MOST_CODES: usize = 2;

/// The phrases of `notes` that name a code standing elsewhere, each once.
pub(super) fn phrases<'n>(notes: impl Iterator<Item = &'n Note>) -> Vec<Phrase> {
    let phrases: BTreeSet<(Code, String)> =
        notes.filter(|note| names_another(note)).flat_map(named).collect();
    let phrase = |(code, text)| Phrase { code, source: Source::Note, text };
    phrases.into_iter().map(phrase).collect()
}

fn names_another(note: &Note) -> bool {
    use crate::NoteKind::{CodeAlso, CodeFirst, Excludes1, Excludes2, UseAdditional};
    matches!(note.kind, Excludes1 | Excludes2 | CodeFirst | UseAdditional | CodeAlso)
}

/// The condition that a note names and the codes it gives for it.
fn named(note: &Note) -> Vec<(Code, String)> {
    let Some(text) = condition(&note.text) else { return Vec::new() };
    let codes: Vec<Code> = note.targets.iter().filter_map(single).collect();
    if codes.len() != note.targets.len() || codes.len() > MOST_CODES {
        return Vec::new();
    }
    codes.into_iter().map(|code| (code, text.to_owned())).collect()
}

/// The words before the brackets that hold the codes, unless they are instructions.
fn condition(text: &str) -> Option<&str> {
    /// How a note speaks that asks for a code rather than naming a condition.
    const INSTRUCTIONS: [&str; 4] = ["code", "if ", "any ", "use "];
    let (words, _) = text.trim_end().strip_suffix(')')?.rsplit_once(" (")?;
    let is_instruction = INSTRUCTIONS.iter().any(|begin| words.to_lowercase().starts_with(begin));
    (!is_instruction && words.split_whitespace().count() <= MOST_WORDS).then_some(words)
}

/// The code a reference names, if it is one and not a range.
fn single(reference: &Reference) -> Option<Code> {
    (reference.first == reference.last && reference.only.is_none()).then_some(reference.first)
}

#[cfg(test)]
mod tests {
    use super::condition;

    #[test]
    fn a_condition_stands_before_its_codes() {
        assert_eq!(condition("neonatal candidiasis (P37.5)"), Some("neonatal candidiasis"));
        assert_eq!(condition("traumatic otorrhagia - code to injury"), None);
        assert_eq!(condition("code to identify the virus (B97.-)"), None);
    }
}
