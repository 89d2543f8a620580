//! What changed between two days, for one code, for a part of a manual, or for a list of codes such as those a
//! hospital uses.

use std::collections::BTreeSet;

use codeset::diff::{Diff, diff};
use codeset::manual::{Classification, Manual, ManualError};
use codeset::{Code, Pack, Table};
use jiff::civil::Date;

/// Whose changes are asked for.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Those of everything that begins with the characters: one code, a category, a table.
    Under(Code),
    /// Those of the categories from the first to the last, as of a chapter or block.
    Categories(Code, Code),
    /// Those of the codes listed.
    Listed(BTreeSet<Code>),
}

impl Asked {
    /// The categories of a chapter of ICD-10-CM by its number; `None` if it has no such chapter.
    pub fn chapter(pack: &Pack, number: u8) -> Result<Option<Self>, ManualError> {
        let text = pack.text(CHAPTERS)?;
        for row in Table::parse(CHAPTERS, &text)?.rows() {
            if row.parse::<u8>(0)? == number {
                return Ok(Some(Self::Categories(row.parse(1)?, row.parse(2)?)));
            }
        }
        Ok(None)
    }

    /// Whether `code` is asked for.
    pub fn holds(&self, code: Code) -> bool {
        match self {
            Self::Under(prefix) => code.starts_with(*prefix),
            Self::Categories(first, last) => {
                let category = code.to_string().get(..CATEGORY_LEN).and_then(|text| Code::parse(text).ok());
                category.is_some_and(|category| (*first..=*last).contains(&category))
            }
            Self::Listed(codes) => codes.contains(&code),
        }
    }
}

/// The table of chapters: number, first category, last category, title.
const CHAPTERS: &str = "icd10cm/chapters.tsv";

/// A category has three characters.
const CATEGORY_LEN: usize = 3;

/// What differs between `from` and `to` of all codes. Weights are of DRGs and left out.
pub fn changes(pack: &Pack, from: Date, to: Date) -> Result<Diff, ManualError> {
    let mut diff = diff(pack, from, to, None)?;
    diff.weights.clear();
    Ok(diff)
}

/// What of `all` is of the codes that `asked` holds.
pub fn changes_of(pack: &Pack, all: &Diff, asked: &Asked) -> Result<Diff, ManualError> {
    let mut diff = all.clone();
    diff.added.retain(|listed| asked.holds(listed.code));
    diff.deleted.retain(|listed| asked.holds(listed.code));
    diff.retitled.retain(|retitled| asked.holds(retitled.code));
    diff.changed.retain(|change| asked.holds(change.code));
    if let Asked::Categories(..) = asked {
        diagnoses_only(pack, &mut diff)?;
    }
    Ok(diff)
}

/// Drops procedures: some tables of ICD-10-PCS are named like categories of ICD-10-CM.
fn diagnoses_only(pack: &Pack, diff: &mut Diff) -> Result<(), ManualError> {
    let is_diagnosis = |of: Classification| of == Classification::Icd10cm;
    diff.added.retain(|listed| is_diagnosis(listed.classification));
    diff.deleted.retain(|listed| is_diagnosis(listed.classification));
    diff.retitled.retain(|retitled| is_diagnosis(retitled.classification));
    let manual = Manual::new(pack);
    let mut kept = Vec::new();
    for change in diff.changed.drain(..) {
        if manual.entry(Classification::Icd10cm, change.code)?.is_some() {
            kept.push(change);
        }
    }
    diff.changed = kept;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_a_chapter_or_a_list_is_asked_for() {
        let code = |text| Code::parse(text).unwrap();
        let asked = Asked::Under(code("E11"));
        assert!(asked.holds(code("E1121")) && !asked.holds(code("E1021")));
        let chapter = Asked::Categories(code("E00"), code("E89"));
        assert!(chapter.holds(code("E899")) && !chapter.holds(code("F010")));
        let listed = Asked::Listed(BTreeSet::from([code("I10")]));
        assert!(listed.holds(code("I10")) && !listed.holds(code("I11")));
    }
}
