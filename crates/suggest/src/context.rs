//! What the words around a mention say of it: denied, uncertain, past, of a relative, to come.
//!
//! A cue (`data/suggest/context.tsv`) rules the words after or before it, up to a word that ends scopes, to the end
//! of the sentence, or as far as its reach. The longest cue at a place wins, so that *gram negative* denies nothing.

use codeset::{Row, Table, TableError};

use crate::suggestion::Status;
use crate::words::Word;

/// The cues, `data/suggest/context.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct Cues {
    /// Longest first.
    rows: Vec<Cue>,
}

#[derive(Debug, Clone)]
struct Cue {
    words: Vec<String>,
    effect: Effect,
    rules_before: bool,
    reach_words: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// The words it rules have this status.
    Status(Status),
    /// Scopes end here.
    End,
    /// It means nothing, and hides shorter cues within it.
    Nothing,
}

/// The words that a cue rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    /// What it makes of them.
    pub status: Status,
    /// The first word it rules.
    pub from: usize,
    /// After the last.
    pub to: usize,
    /// The cue, as the table writes it.
    pub cue: String,
}

impl Cues {
    /// Reads the table.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["cue", "effect", "rules", "reach_words"])?;
        let mut rows = table.rows().map(|row| cue(&row)).collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|cue| std::cmp::Reverse(cue.words.len()));
        Ok(Self { rows })
    }

    /// The scopes in a sentence.
    pub(crate) fn scopes(&self, sentence: &[Word]) -> Vec<Scope> {
        let found = self.found(sentence);
        let ends: Vec<(usize, usize)> = found
            .iter()
            .filter(|(_, cue)| cue.effect == Effect::End)
            .map(|(at, cue)| (*at, at + cue.words.len()))
            .collect();
        found.iter().filter_map(|(at, cue)| scope(*at, cue, &ends, sentence.len())).collect()
    }

    /// The cues of a sentence with their places; none lies within another.
    fn found(&self, sentence: &[Word]) -> Vec<(usize, &Cue)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < sentence.len() {
            let here = self.rows.iter().find(|cue| stands_at(cue, &sentence[at..]));
            if let Some(cue) = here {
                found.push((at, cue));
            }
            at += here.map_or(1, |cue| cue.words.len());
        }
        found
    }
}

fn stands_at(cue: &Cue, words: &[Word]) -> bool {
    words.len() >= cue.words.len() && cue.words.iter().zip(words).all(|(cue, word)| *cue == word.folded)
}

fn scope(at: usize, cue: &Cue, ends: &[(usize, usize)], len: usize) -> Option<Scope> {
    let Effect::Status(status) = cue.effect else { return None };
    let after = at + cue.words.len();
    let (from, to) = if cue.rules_before {
        let end = ends.iter().rfind(|(_, end)| *end <= at).map_or(0, |(_, end)| *end);
        (end.max(at.saturating_sub(cue.reach_words)), at)
    } else {
        let end = ends.iter().find(|(start, _)| *start >= after).map_or(len, |(start, _)| *start);
        (after, end.min(after.saturating_add(cue.reach_words)))
    };
    Some(Scope { status, from, to, cue: cue.words.join(" ") })
}

fn cue(row: &Row<'_>) -> Result<Cue, TableError> {
    let effect =
        match row.field(1) {
            "end" => Effect::End,
            "nothing" => Effect::Nothing,
            status => Effect::Status(Status::parse(status).ok_or_else(|| {
                row.error(format!("'{status}' is neither a status, nor 'end', nor 'nothing'"))
            })?),
        };
    let rules_before = match row.field(2) {
        "before" => true,
        "after" | "" => false,
        other => return Err(row.error(format!("a cue rules what is 'before' or 'after' it, not '{other}'"))),
    };
    let words = row.field(0).split(' ').map(str::to_owned).collect();
    let reach_words = row.parse_opt(3)?.unwrap_or(usize::MAX);
    Ok(Cue { words, effect, rules_before, reach_words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    const TABLE: &str = "# Source: test\ncue\teffect\trules\treach_words\nno\tnegated\tafter\t\nno increase\tnothing\t\t\n\
        but\tend\t\t\nruled out\tnegated\tbefore\t4\nhistory of\thistory\tafter\t3\n";

    /// The words of `sentence` that have a status, with it.
    fn ruled(sentence: &str) -> Vec<(String, Status)> {
        let cues = Cues::parse("context.tsv", TABLE).unwrap();
        let words = words(sentence, 0, sentence.len());
        let scopes = cues.scopes(&words);
        let of = |scope: &Scope| {
            let status = scope.status;
            words[scope.from..scope.to]
                .iter()
                .map(move |word| (word.folded.clone(), status))
                .collect::<Vec<_>>()
        };
        scopes.iter().flat_map(of).collect()
    }

    #[test]
    fn a_cue_rules_to_the_word_that_ends_scopes() {
        let found = ruled("no fever but cough");
        assert_eq!(found, [("fever".to_owned(), Status::Negated)]);
    }

    #[test]
    fn a_longer_cue_hides_the_shorter() {
        assert!(ruled("no increase of pain").is_empty());
    }

    #[test]
    fn a_cue_may_rule_what_stands_before_it() {
        let found = ruled("cough but embolism ruled out");
        assert_eq!(found, [("embolism".to_owned(), Status::Negated)]);
    }

    #[test]
    fn the_reach_is_counted_in_words() {
        assert_eq!(ruled("history of stroke with weakness today").len(), 3);
    }

    #[test]
    fn an_unknown_effect_is_refused_with_its_line() {
        let error =
            Cues::parse("context.tsv", "# Source: x\ncue\teffect\trules\treach_words\nno\tgone\t\t\n");
        assert_eq!(error.unwrap_err().line, 3);
    }
}
