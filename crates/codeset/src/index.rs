//! Dense numbers for codes, given once at the door so that engines index arrays instead of comparing text.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

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
    numbers: HashMap<Code, u32, FxBuildHasher>,
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

    fn from_sorted(codes: Vec<Code>) -> Self {
        let mut numbers = HashMap::with_capacity_and_hasher(codes.len(), FxBuildHasher);
        numbers.extend(codes.iter().zip(0..).skip(1).map(|(&code, number)| (code, number)));
        Self { codes, numbers }
    }

    /// The number of `code`.
    pub fn number(&self, code: Code) -> CodeNumber {
        CodeNumber(self.numbers.get(&code).copied().unwrap_or(0))
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
        let (diagnoses, procedures): (Vec<Code>, Vec<Code>) = pack.decode(Self::SECTION)?;
        Ok(Self {
            diagnoses: CodeNumbers::from_sorted(diagnoses),
            procedures: CodeNumbers::from_sorted(procedures),
        })
    }

    /// The content of [`CodeIndex::SECTION`].
    pub fn to_section(&self) -> Result<Vec<u8>, PackError> {
        crate::pack::encode(Self::SECTION, &(&self.diagnoses.codes, &self.procedures.codes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_order_and_zero_is_unknown() {
        let codes = ["B20", "A000", "B20", ""].map(|c| Code::parse(c).unwrap());
        let numbers = CodeNumbers::new(codes);
        assert_eq!(numbers.count(), 3);
        assert_eq!(numbers.number(Code::parse("A000").unwrap()), CodeNumber(1));
        assert_eq!(numbers.code(CodeNumber(2)).to_string(), "B20");
        assert_eq!(numbers.number(Code::parse("C50").unwrap()), CodeNumber::UNKNOWN);
        assert_eq!(numbers.number(Code::BLANK), CodeNumber::UNKNOWN);
    }
}
