//! Words that turn what stands beside them: denied, ruled out, of the family.
//!
//! `data/signs/cue.tsv` has them. A cue `before` a term reaches to the end of its clause; one `after` it stands close; one of a
//! `sentence` anywhere before it; one of a `heading` counts for the whole section. What is left `open` (`cannot be
//! excluded`) denies nothing.

use std::sync::LazyLock;

use regex::Regex;

use super::whole_words;
use crate::table::lines;

static CUES: &str = include_str!("../../../../data/signs/cue.tsv");

/// How far before a term a denial is looked for, in bytes: a list such as `denies fever, chills, cough`.
const REACH: usize = 34;

struct Cues {
    before: Regex,
    after: Regex,
    open: Regex,
    sentence: Regex,
    heading: Regex,
}

static COMPILED: LazyLock<Cues> = LazyLock::new(|| {
    let of = |place: &str| {
        let rows = lines::<2>(CUES).map(|line| line.expect("the shipped table is read by a test"));
        let words = rows.filter(|line| line.cells[0] == place).map(|line| line.cells[1]);
        words.collect::<Vec<_>>().join("|")
    };
    let compiled = |pattern: String| whole_words(&pattern).expect("the shipped table is read by a test");
    Cues {
        before: compiled(format!(r"(?:{})\b", of("before"))),
        after: compiled(format!(r"(?:{})\b", of("after"))),
        open: compiled(of("open")),
        sentence: compiled(of("sentence")),
        heading: compiled(of("heading")),
    }
});

/// Whether a section under this heading speaks of somebody else, or of nothing found.
pub(super) fn is_aside(heading: &str) -> bool {
    COMPILED.heading.is_match(heading)
}

/// Whether the term between `before` and `after`, both of the same sentence, is affirmed.
pub(super) fn is_affirmed(before: &str, after: &str) -> bool {
    if COMPILED.sentence.is_match(before) {
        return false;
    }
    let start = before.len().saturating_sub(REACH);
    let start = (start..before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(before.len());
    let clause = before[start..].rsplit([';', ':', '(', ')']).next().unwrap_or_default();
    let clause = clause.rsplit(" but ").next().unwrap_or_default();
    let clause = clause.rsplit(" - ").next().unwrap_or_default();
    let near = after.char_indices().nth(40).map_or(after, |(at, _)| &after[..at]);
    let near = near.split([';', ',', '(']).next().unwrap_or_default();
    let is_turned_after = COMPILED.after.is_match(near) && !COMPILED.open.is_match(near);
    !COMPILED.before.is_match(clause) && !is_turned_after
}
