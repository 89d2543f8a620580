//! Parts of the classification: a code with all that lies under it, or a range of them.

use codeset::Code;
use serde::{Deserialize, Serialize};

/// From a code or header to another, all that lies under the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Span {
    first: Code,
    last: Code,
}

impl Span {
    /// From `first` to the last code under `last`.
    pub(crate) fn between(first: Code, last: Code) -> Option<Self> {
        let last = Code::parse(&format!("{last:Z<width$}", width = Code::MAX_LEN)).ok()?;
        (!first.is_blank() && first <= last).then_some(Self { first, last })
    }

    /// Reads `I50`, `I50.2` or `I11-I13`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        Self::between(Code::parse(first).ok()?, Code::parse(last).ok()?)
    }

    /// Whether `code` lies in it.
    #[inline]
    pub(crate) fn holds(self, code: Code) -> bool {
        self.first <= code && code <= self.last
    }

    /// The first code or header.
    pub(crate) fn first(self) -> Code {
        self.first
    }

    /// The places of the codes in it, of codes in order with their places.
    pub(crate) fn places_in(self, sorted: &[(Code, usize)]) -> impl Iterator<Item = usize> + '_ {
        let from = sorted.partition_point(|&(code, _)| code < self.first);
        sorted[from..].iter().take_while(move |(code, _)| *code <= self.last).map(|&(_, place)| place)
    }
}

/// The first `len` characters of a code; the code itself if it is shorter.
pub(crate) fn prefix(code: Code, len: usize) -> Code {
    let mut buffer = [0; Code::MAX_LEN];
    let text = code.write_to(&mut buffer);
    text.get(..len).and_then(|text| Code::parse(text).ok()).unwrap_or(code)
}

/// The character at `place`, from 0.
pub(crate) fn character(code: Code, place: usize) -> Option<u8> {
    code.write_to(&mut [0; Code::MAX_LEN]).as_bytes().get(place).copied()
}

/// The seventh character, if the code has seven.
pub(crate) fn seventh(code: Code) -> Option<u8> {
    character(code, 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_what_lies_under_its_last_header() {
        let code = |text| Code::parse(text).expect("a code");
        let span = Span::parse("I11-I13").expect("a span");
        for held in ["I11", "I119", "I132"] {
            assert!(span.holds(code(held)), "{held}");
        }
        for not_held in ["I10", "I14", "I150"] {
            assert!(!span.holds(code(not_held)), "{not_held}");
        }
        assert!(Span::parse("A00").is_some_and(|span| span.holds(code("A009"))));
        assert_eq!((Span::parse("I13-I11"), Span::parse("")), (None, None));
        assert_eq!((seventh(code("S72001A")), seventh(code("I10"))), (Some(b'A'), None));
    }
}
