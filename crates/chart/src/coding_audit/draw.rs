//! Which closed code sets are drawn. Chance comes from the seed alone: each code set has its number from the seed and
//! its identifier, and those with the least numbers are drawn, so that anybody can draw the sample again.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::encounter::Setting;
use crate::id::{CodeSetId, Digest, UserId};

/// What is asked for. Everything that is said must be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    /// Closed on this day or later.
    pub from: Date,
    /// Closed on this day or earlier.
    pub to: Date,
    /// In this setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
    /// Closed by this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coder: Option<UserId>,
    /// With this MS-DRG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drg: Option<u16>,
    /// With a payer whose name has these words in it; empty for any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payer: String,
    /// How many.
    pub size: Size,
}

/// How many are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// So many, or all where there are fewer.
    Count(u32),
    /// So many in a hundred, rounded up: at least one of a population that is not empty.
    Percent(u32),
}

impl Size {
    /// How many of so many.
    #[must_use]
    pub fn of(self, population: usize) -> usize {
        let wanted = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let size = match self {
            Self::Count(count) => wanted(count),
            Self::Percent(percent) => wanted(percent).saturating_mul(population).div_ceil(100),
        };
        size.min(population)
    }

    /// In words: `30`, `5 %`.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Percent(percent) => format!("{percent} %"),
        }
    }
}

/// A closed code set of the population.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// Which.
    pub code_set: CodeSetId,
    /// In which version.
    pub version: i64,
}

/// What a population is known by. In which order it was read does not matter.
#[must_use]
pub fn digest(population: &[Member]) -> Digest {
    let line = |one: &Member| format!("{} {}\n", one.code_set, one.version);
    let text: String = in_order(population).iter().map(line).collect();
    Digest::of(text.as_bytes())
}

/// The sample, in the order of chance.
#[must_use]
pub fn draw(population: &[Member], seed: &str, size: Size) -> Vec<Member> {
    let mut all = in_order(population);
    let count = size.of(all.len());
    all.sort_by_cached_key(|one| *Digest::of(format!("{seed}\n{}", one.code_set).as_bytes()).bytes());
    all.truncate(count);
    all
}

fn in_order(population: &[Member]) -> Vec<Member> {
    let mut all = population.to_vec();
    all.sort_unstable();
    all.dedup();
    all
}
