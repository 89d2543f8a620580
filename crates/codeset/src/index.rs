//! Dense numbers for codes, given once at the door so that engines index arrays instead of comparing text.

use crate::{Code, Pack, PackError};

/// The dense number of a code within one opened pack; [`CodeNumber::UNKNOWN`] for a code no table mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CodeNumber(pub u32);

impl CodeNumber {
    /// The number of every code that no table of the pack mentions.
    pub const UNKNOWN: Self = Self(0);

    /// The number as an index into an engine's arrays.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The codes of one classification in order, each with its number.
#[derive(Debug, Clone)]
pub struct CodeNumbers {
    /// `codes[n]` is the code numbered `n`; `codes[0]` is blank.
    codes: Vec<Code>,
    /// By the category (first three characters) of a code: where its codes begin. One longer than the categories.
    starts: Vec<u32>,
}

impl CodeNumbers {
    /// Numbers `codes` in their order, duplicates once.
    pub fn new(codes: impl IntoIterator<Item = Code>) -> Self {
        let mut codes: Vec<_> = codes.into_iter().filter(|c| !c.is_blank()).collect();
        codes.push(Code::BLANK);
        codes.sort_unstable();
        codes.dedup();
        Self::from_sorted(codes)
    }

    /// Sorting by text sorts by category too, so the codes of a category lie together.
    fn from_sorted(codes: Vec<Code>) -> Self {
        let mut starts = vec![0; Code::CATEGORIES + 1];
        codes.iter().for_each(|code| starts[code.category_number() + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { codes, starts }
    }

    /// The number of `code`.
    #[inline]
    pub fn number(&self, code: Code) -> CodeNumber {
        let category = code.category_number();
        let (from, to) = (self.starts[category] as usize, self.starts[category + 1] as usize);
        let found = self.codes[from..to].binary_search(&code);
        CodeNumber(found.ok().and_then(|at| u32::try_from(from + at).ok()).unwrap_or(0))
    }

    /// The code that has `number`; blank for the unknown one.
    pub fn code(&self, number: CodeNumber) -> Code {
        self.codes.get(number.index()).copied().unwrap_or(Code::BLANK)
    }

    /// All codes in order; the first is blank, so that a code's place is its number.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// How many numbers there are, the unknown one included: the length of an array indexed by number.
    pub fn count(&self) -> usize {
        self.codes.len()
    }

    /// The codes as a text in which each shares the beginning of the one before: a byte that holds how many
    /// characters are shared and how many follow, then those that follow.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut before = [0; Code::MAX_LEN];
        for code in &self.codes {
            let mut buffer = [0; Code::MAX_LEN];
            let text = code.write_to(&mut buffer).as_bytes();
            let shared = text.iter().zip(&before).take_while(|(a, b)| a == b).count();
            bytes.push((shared << 4 | (text.len() - shared)) as u8);
            bytes.extend(&text[shared..]);
            before = buffer;
        }
        bytes
    }

    /// Reads what `to_bytes` wrote; `None` if it cannot have.
    fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut codes = Vec::with_capacity(bytes.len() / 3);
        let mut text = [0; Code::MAX_LEN];
        while let Some((&lengths, rest)) = bytes.split_first() {
            let (shared, following) = (usize::from(lengths >> 4), usize::from(lengths & 15));
            let characters = rest.get(..following)?;
            text.get_mut(shared..shared + following)?.copy_from_slice(characters);
            text[shared + following..].fill(0);
            codes.push(Code::from_bytes(text)?);
            bytes = &rest[following..];
        }
        (codes.first() == Some(&Code::BLANK) && codes.is_sorted()).then(|| Self::from_sorted(codes))
    }
}

/// Both classifications of an inpatient claim.
#[derive(Debug, Clone)]
pub struct CodeIndex {
    /// ICD-10-CM diagnosis codes.
    pub diagnoses: CodeNumbers,
    /// ICD-10-PCS procedure codes and the grouper's cluster pseudo-codes.
    pub procedures: CodeNumbers,
}

impl CodeIndex {
    /// The pack section that holds the index.
    pub const SECTION: &'static str = "codes.bin";

    /// Opens the index of `pack`.
    pub fn open(pack: &Pack) -> Result<Self, PackError> {
        let section = pack.section(Self::SECTION)?;
        let read = || {
            let (len, rest) = section.split_first_chunk::<4>()?;
            let (diagnoses, procedures) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
            let diagnoses = CodeNumbers::from_bytes(diagnoses)?;
            Some(Self { diagnoses, procedures: CodeNumbers::from_bytes(procedures)? })
        };
        read().ok_or_else(|| PackError::Format(Self::SECTION.to_owned()))
    }

    /// The content of [`CodeIndex::SECTION`].
    pub fn to_section(&self) -> Vec<u8> {
        let (diagnoses, procedures) = (self.diagnoses.to_bytes(), self.procedures.to_bytes());
        let len = u32::try_from(diagnoses.len()).unwrap_or(u32::MAX).to_le_bytes();
        [&len[..], &diagnoses, &procedures].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_follow_the_order_and_zero_is_unknown() {
        let codes = ["B20", "A000", "B20", "", "Z@0217", "5A1955Z"].map(|c| Code::parse(c).unwrap());
        let numbers = CodeNumbers::new(codes);
        assert_eq!(numbers.count(), 5);
        assert_eq!(numbers.number(Code::parse("A000").unwrap()), CodeNumber(2));
        assert_eq!(numbers.code(CodeNumber(3)).to_string(), "B20");
        assert_eq!(numbers.number(Code::parse("C50").unwrap()), CodeNumber::UNKNOWN);
        assert_eq!(numbers.number(Code::BLANK), CodeNumber::UNKNOWN);
    }

    proptest! {
        #[test]
        fn an_index_comes_back_as_it_went_in(
            diagnoses in prop::collection::vec("[A-Z0-9@]{1,8}", 0..50),
            procedures in prop::collection::vec("[A-Z0-9@]{1,8}", 0..50),
        ) {
            let numbers = |codes: &[String]| CodeNumbers::new(codes.iter().map(|c| Code::parse(c).unwrap()));
            let index = CodeIndex { diagnoses: numbers(&diagnoses), procedures: numbers(&procedures) };
            let mut writer = crate::PackWriter::default();
            writer.add(CodeIndex::SECTION, index.to_section());
            let read = CodeIndex::open(&Pack::open(writer.finish(1).unwrap()).unwrap()).unwrap();
            prop_assert_eq!(read.diagnoses.codes(), index.diagnoses.codes());
            prop_assert_eq!(read.procedures.codes(), index.procedures.codes());
            for code in index.diagnoses.codes().iter().skip(1) {
                prop_assert_eq!(read.diagnoses.code(read.diagnoses.number(*code)), *code);
            }
        }
    }
}
