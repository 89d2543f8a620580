//! Many short texts in one, and lists of small numbers in bytes: what a pack unpacks at once instead of a piece at a
//! time.

use serde::{Deserialize, Serialize};

/// Short texts, one after the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// The text numbered `number`; empty if there is none.
    pub(crate) fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Lists of bytes, one after the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Lists {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Lists {
    /// Adds a list that `write` fills.
    pub(crate) fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The list numbered `number`; empty if there is none.
    pub(crate) fn get(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.bytes.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Appends `number`, seven bits a byte.
pub(crate) fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes the number that `bytes` begins with.
#[inline]
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back() {
        let mut bytes = Vec::new();
        let numbers = [0, 1, 127, 128, 300_000, u32::MAX];
        for number in numbers {
            put(&mut bytes, number);
        }
        let mut rest = bytes.as_slice();
        assert_eq!(numbers.map(|_| take(&mut rest)), numbers.map(Some));
        assert_eq!(take(&mut rest), None);
        let mut texts = Texts::default();
        texts.push("gout");
        texts.push("");
        texts.push("croup");
        assert_eq!([0, 1, 2, 3].map(|at| texts.get(at)), ["gout", "", "croup", ""]);
    }
}
