//! What the checks know of each code: when it may be reported, what the Medicare Code Editor marks it with, which
//! codes are its other sides. The pack section `guidelines/facts.bin`.

use codeset::Code;
use serde::{Deserialize, Serialize};

use crate::days::Days;
use crate::span::{prefix, seventh};

/// Everything known of codes, for all dates of the pack. Every list is in order of code.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) diagnoses: Vec<Dated<()>>,
    pub(crate) procedures: Vec<Dated<()>>,
    pub(crate) marks: Vec<Dated<Mark>>,
    pub(crate) ages: Vec<AgeRange>,
    /// Codes on the lists of hospital-acquired conditions, with the number of the condition.
    pub(crate) hospital_acquired: Vec<Dated<u8>>,
    pub(crate) sides: Vec<SideRow>,
    /// By group: its places in `sides`.
    pub(crate) side_groups: Vec<Vec<u32>>,
    pub(crate) multiple_sites: Vec<MultipleSites>,
}

/// Something that holds of a code on some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dated<T> {
    pub(crate) code: Code,
    pub(crate) days: Days,
    pub(crate) value: T,
}

/// A mark of the Medicare Code Editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Mark {
    Manifestation,
    Newborn,
    Pediatric,
    Maternity,
    Adult,
}

/// The ages a mark allows, both included, in years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AgeRange {
    pub(crate) mark: Mark,
    pub(crate) from: u16,
    pub(crate) to: u16,
    pub(crate) days: Days,
}

/// A side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Side {
    Right,
    Left,
    Both,
    Unspecified,
}

/// A code that names a side, or leaves it open; codes of one group are the same condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SideRow {
    pub(crate) code: Code,
    pub(crate) side: Side,
    pub(crate) group: u32,
}

/// A code for several sites; its single sites stand under the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MultipleSites {
    pub(crate) code: Code,
    pub(crate) header: Code,
}

/// Whether a code may be reported on a day, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It may.
    Valid,
    /// A header: more characters are needed. With some of the codes under it.
    Header(Vec<Code>),
    /// It lacks a seventh character, or has one that does not belong. With the codes that do.
    Seventh(Vec<Code>),
    /// It may be reported on other days.
    OtherDays(String),
    /// No manual has it.
    Unknown,
}

impl Mark {
    /// The mark as the editor's table writes it; `None` for those that are the editor's own business.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "manifestation" => Self::Manifestation,
            "newborn" => Self::Newborn,
            "pediatric" => Self::Pediatric,
            "maternity" => Self::Maternity,
            "adult" => Self::Adult,
            _ => return None,
        })
    }
}

/// The rows of `code` that hold on `day`.
fn on<T: Copy>(rows: &[Dated<T>], code: Code, day: u32) -> impl Iterator<Item = T> + '_ {
    of(rows, code).iter().filter(move |row| row.days.hold(day)).map(|row| row.value)
}

/// The rows of `code`.
fn of<T>(rows: &[Dated<T>], code: Code) -> &[Dated<T>] {
    let from = rows.partition_point(|row| row.code < code);
    let len = rows[from..].iter().take_while(|row| row.code == code).count();
    &rows[from..from + len]
}

/// The codes under `header` that hold on `day`, at most `limit`.
fn under(rows: &[Dated<()>], header: Code, day: u32, limit: usize) -> Vec<Code> {
    let from = rows.partition_point(|row| row.code < header);
    let under = rows[from..].iter().take_while(|row| row.code.starts_with(header));
    under.filter(|row| row.days.hold(day)).map(|row| row.code).take(limit).collect()
}

impl Facts {
    /// Whether a diagnosis code may be reported on `day`.
    pub(crate) fn diagnosis(&self, code: Code, day: u32) -> Standing {
        if self.is_valid(code, day) {
            return Standing::Valid;
        }
        let stem = prefix(code, 6);
        let padded = Code::parse(&format!("{stem:X<6}")).unwrap_or(stem);
        let with_seventh: Vec<Code> = under(&self.diagnoses, padded, day, 16)
            .into_iter()
            .filter(|code| seventh(*code).is_some())
            .collect();
        if !with_seventh.is_empty() && !code.is_blank() {
            return Standing::Seventh(with_seventh);
        }
        other_standing(&self.diagnoses, code, day)
    }

    /// Whether a procedure code may be reported on `day`.
    pub(crate) fn procedure(&self, code: Code, day: u32) -> Standing {
        if on(&self.procedures, code, day).next().is_some() {
            return Standing::Valid;
        }
        other_standing(&self.procedures, code, day)
    }

    /// Whether a diagnosis code may be reported on `day`.
    pub(crate) fn is_valid(&self, code: Code, day: u32) -> bool {
        on(&self.diagnoses, code, day).next().is_some()
    }

    /// Whether the editor marks `code` so on `day`.
    pub(crate) fn has_mark(&self, code: Code, mark: Mark, day: u32) -> bool {
        on(&self.marks, code, day).any(|found| found == mark)
    }

    /// The number of the hospital-acquired condition that `code` may be.
    pub(crate) fn hospital_acquired(&self, code: Code, day: u32) -> Option<u8> {
        on(&self.hospital_acquired, code, day).next()
    }

    /// The row of a code for several sites.
    pub(crate) fn multiple_sites(&self, code: Code) -> Option<MultipleSites> {
        self.multiple_sites.binary_search_by_key(&code, |row| row.code).ok().map(|at| self.multiple_sites[at])
    }

    /// The side that `code` names, if the condition has codes for sides.
    pub(crate) fn side(&self, code: Code) -> Option<SideRow> {
        self.sides.binary_search_by_key(&code, |row| row.code).ok().map(|at| self.sides[at])
    }

    /// The codes of the same condition on other sides that may be reported on `day`.
    pub(crate) fn other_sides(&self, of: SideRow, day: u32) -> impl Iterator<Item = SideRow> + '_ {
        let group = self.side_groups.get(of.group as usize).into_iter().flatten();
        let rows = group.filter_map(|&at| self.sides.get(at as usize)).copied();
        rows.filter(move |row| row.code != of.code && self.is_valid(row.code, day))
    }
}

fn other_standing(rows: &[Dated<()>], code: Code, day: u32) -> Standing {
    let own = of(rows, code);
    if !own.is_empty() {
        let days: Vec<String> = own.iter().map(|row| row.days.describe()).collect();
        return Standing::OtherDays(days.join(", "));
    }
    let under = if code.is_blank() { Vec::new() } else { under(rows, code, day, 6) };
    if under.is_empty() { Standing::Unknown } else { Standing::Header(under) }
}
