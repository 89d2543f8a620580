//! Words of the vocabulary that differ by one letter: added, left out, exchanged, or two swapped. Found by walking the
//! vocabulary's own states, so that a letter no word has there ends the walk.

use fst::Map;
use fst::raw::{CompiledAddr, Fst};

/// Shorter words are too alike.
const MIN_LEN: usize = 4;
/// The longest names have fewer letters.
const MAX_LEN: usize = 32;
/// Words as long as this may differ by two letters, if none differs by one.
const LONG: usize = 9;

/// A word of the vocabulary that was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amended {
    /// Its term.
    pub term: u32,
    /// Letters that differ.
    pub edits: usize,
    /// The word.
    pub word: String,
}

/// A point of the walk.
#[derive(Clone, Copy)]
struct Point {
    state: CompiledAddr,
    /// The letters of the way.
    way: Way,
    /// The number summed up on the way.
    sum: u64,
    /// Letters of the word used.
    used: usize,
    edits: usize,
}

/// The letters passed on a walk. Longer words are not amended.
#[derive(Clone, Copy, Default)]
struct Way {
    letters: [u8; MAX_LEN],
    len: usize,
}

impl Way {
    fn with(mut self, letter: u8) -> Self {
        if let Some(place) = self.letters.get_mut(self.len) {
            *place = letter;
            self.len += 1;
        }
        self
    }

    fn word(&self) -> String {
        String::from_utf8_lossy(&self.letters[..self.len]).into_owned()
    }
}

/// The words that are `word` but for one letter (two in a long word).
pub(super) fn amended(map: &Map<Vec<u8>>, word: &str) -> Vec<Amended> {
    let is_amendable = (MIN_LEN..MAX_LEN - 1).contains(&word.len());
    if !is_amendable || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let one = within(map.as_fst(), word.as_bytes(), 1);
    if one.is_empty() && word.len() >= LONG { within(map.as_fst(), word.as_bytes(), 2) } else { one }
}

fn within(fst: &Fst<Vec<u8>>, word: &[u8], most: usize) -> Vec<Amended> {
    let mut found = Vec::new();
    let mut open = vec![Point { state: fst.root().addr(), way: Way::default(), sum: 0, used: 0, edits: 0 }];
    while let Some(point) = open.pop() {
        let state = fst.node(point.state);
        if state.is_final() && point.used == word.len() && point.edits > 0 {
            let number = point.sum + state.final_output().value();
            let word = point.way.word();
            found.extend(u32::try_from(number).map(|term| Amended { term, edits: point.edits, word }));
        }
        let may_edit = point.edits < most;
        let step = |used: usize, edits: usize| Point { used, edits, ..point };
        if may_edit && point.used < word.len() {
            open.push(step(point.used + 1, point.edits + 1));
        }
        for transition in state.transitions() {
            let next = |used: usize, edits: usize| Point {
                state: transition.addr,
                way: point.way.with(transition.inp),
                sum: point.sum + transition.out.value(),
                used,
                edits,
            };
            let is_next = word.get(point.used) == Some(&transition.inp);
            if is_next {
                open.push(next(point.used + 1, point.edits));
            }
            if may_edit {
                open.push(next(point.used, point.edits + 1));
                if !is_next && point.used < word.len() {
                    open.push(next(point.used + 1, point.edits + 1));
                }
                open.extend(swapped(fst, word, point, transition.inp, next(0, 0)));
            }
        }
    }
    found.sort_unstable_by(|a, b| (a.term, a.edits, &a.word).cmp(&(b.term, b.edits, &b.word)));
    found.dedup_by_key(|amended| amended.term);
    found
}

/// The point after the next two letters in each other's place; `after` is the one after the first of them.
fn swapped(fst: &Fst<Vec<u8>>, word: &[u8], point: Point, letter: u8, after: Point) -> Option<Point> {
    if word.get(point.used + 1) != Some(&letter) || word[point.used] == letter {
        return None;
    }
    let state = fst.node(after.state);
    let transition = state.transition(state.find_input(word[point.used])?);
    Some(Point {
        state: transition.addr,
        way: after.way.with(word[point.used]),
        sum: after.sum + transition.out.value(),
        used: point.used + 2,
        edits: point.edits + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_amended_in_each_way() {
        let words = [("appendicitis", 0), ("asthma", 1), ("diabetes", 2), ("diarrhea", 3)];
        let map = Map::from_iter(words).unwrap();
        for (typed, term) in
            [("astma", 1), ("asthmaa", 1), ("asthna", 1), ("ashtma", 1), ("diarhea", 3), ("apendicitsi", 0)]
        {
            let found: Vec<u32> = amended(&map, typed).into_iter().map(|amended| amended.term).collect();
            assert_eq!(found, [term], "{typed}");
        }
        assert!(amended(&map, "ast").is_empty() && amended(&map, "pneumonia").is_empty());
    }
}
