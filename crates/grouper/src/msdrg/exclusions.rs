//! Whether a principal diagnosis takes away a secondary diagnosis' severity (the CC exclusion list, Definitions
//! Manual appendix C): one bit per exclusion group and class of secondary diagnoses.

use super::tables::Exclusions;

/// The exclusion lists of all versions.
#[derive(Debug)]
pub(crate) struct ExclusionMatrix {
    words_per_group: usize,
    bits: Vec<u64>,
}

impl ExclusionMatrix {
    pub(crate) fn new(exclusions: &Exclusions) -> Self {
        let classes = exclusions.class_of.iter().map(|&(_, class)| usize::from(class) + 1).max().unwrap_or(1);
        let words_per_group = classes.div_ceil(64);
        let mut bits = vec![0; words_per_group * exclusions.groups.len()];
        for (group, excluded) in exclusions.groups.iter().enumerate() {
            for &class in excluded {
                bits[group * words_per_group + usize::from(class) / 64] |= 1 << (class % 64);
            }
        }
        Self { words_per_group, bits }
    }

    /// Whether `group`, a principal diagnosis', excludes secondary diagnoses of `class`. Group and class 0 are none.
    #[inline]
    pub(crate) fn excludes(&self, group: u16, class: u16) -> bool {
        let word = usize::from(group) * self.words_per_group + usize::from(class) / 64;
        self.bits.get(word).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }
}
