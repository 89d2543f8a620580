//! A diagnosis code in the tabular list: chapter, blocks, category, subcategories, the code, and what lies under it.

use jiff::civil::Date;

use super::{Classification, Entry, Manual, ManualError};
use crate::{Code, Table, TableError};

/// What the tabular list says of one code or header on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisCard {
    /// The code or header itself.
    pub entry: Entry,
    /// The chapter it stands in.
    pub chapter: Option<Division>,
    /// The blocks it stands in, widest first: ICD-10-CM nests some.
    pub blocks: Vec<Division>,
    /// Category and subcategories above it, category first.
    pub above: Vec<Entry>,
    /// The codes and headers directly under it.
    pub under: Vec<Entry>,
}

/// A chapter or block: a range of categories with a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Chapter number, or the range of categories: `9`, `I30-I5A`.
    pub name: String,
    /// First category.
    pub first: Code,
    /// Last category.
    pub last: Code,
    /// Title.
    pub title: String,
}

/// A category has three characters.
const CATEGORY_LEN: usize = 3;

pub(super) fn card(
    manual: &Manual<'_>,
    code: Code,
    date: Date,
) -> Result<Option<DiagnosisCard>, ManualError> {
    const CM: Classification = Classification::Icd10cm;
    let page = manual.page(CM, code)?;
    let Some(entry) = page.iter().find(|entry| entry.code == code).cloned() else {
        return Ok(None);
    };
    let category = prefix(code, CATEGORY_LEN);
    let chapters = manual.text(CM, "chapters.tsv")?;
    let blocks = manual.text(CM, "blocks.tsv")?;
    Ok(Some(DiagnosisCard {
        chapter: chapters_of("icd10cm/chapters.tsv", &chapters)?
            .into_iter()
            .find(|chapter| chapter.holds(category)),
        blocks: blocks_of("icd10cm/blocks.tsv", &blocks)?
            .into_iter()
            .filter(|block| block.holds(category))
            .collect(),
        above: above(&page, code),
        under: under(&page, code, date),
        entry,
    }))
}

impl Division {
    /// Whether `category` stands in it.
    pub fn holds(&self, category: Code) -> bool {
        (self.first..=self.last).contains(&category)
    }

    /// Whether `other` lies in it and is not the same.
    pub fn encloses(&self, other: &Self) -> bool {
        self.holds(other.first) && self.holds(other.last) && self.name != other.name
    }
}

/// Chapters and blocks of the manual; the blocks in the manual's order, the wider before those it encloses.
pub(super) fn divisions(manual: &Manual<'_>) -> Result<(Vec<Division>, Vec<Division>), ManualError> {
    const CM: Classification = Classification::Icd10cm;
    let (chapters, blocks) = (manual.text(CM, "chapters.tsv")?, manual.text(CM, "blocks.tsv")?);
    let chapters = chapters_of("icd10cm/chapters.tsv", &chapters)?;
    Ok((chapters, blocks_of("icd10cm/blocks.tsv", &blocks)?))
}

/// Reads the chapters: number, first and last category, title.
fn chapters_of(file: &str, text: &str) -> Result<Vec<Division>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&["chapter", "first_category", "last_category", "title"])?;
    let chapter = |row: crate::Row<'_>| {
        Ok(Division {
            name: row.field(0).to_owned(),
            first: row.parse(1)?,
            last: row.parse(2)?,
            title: row.field(3).to_owned(),
        })
    };
    table.rows().map(chapter).collect()
}

/// The blocks in order, the wider before those it encloses.
fn blocks_of(file: &str, text: &str) -> Result<Vec<Division>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&["first_category", "last_category", "chapter", "title"])?;
    let mut blocks = Vec::new();
    for row in table.rows() {
        let (first, last): (Code, Code) = (row.parse(0)?, row.parse(1)?);
        let name = if first == last { first.to_string() } else { format!("{first}-{last}") };
        let title = row.field(3).to_owned();
        blocks.push(Division { name, first, last, title });
    }
    blocks.sort_by_key(|block| (block.first, std::cmp::Reverse(block.last)));
    Ok(blocks)
}

/// The headers above `code`, category first.
fn above(page: &[Entry], code: Code) -> Vec<Entry> {
    let is_above = |entry: &&Entry| entry.code != code && code.starts_with(entry.code);
    page.iter().filter(is_above).cloned().collect()
}

/// What lies directly under `code`: of the entries that begin with it, those with no header between. A code that
/// ended before `date` is left out.
fn under(page: &[Entry], code: Code, date: Date) -> Vec<Entry> {
    let mut under: Vec<Entry> = Vec::new();
    for entry in page {
        let lies_under = entry.code != code && entry.code.starts_with(code);
        let ended = !entry.is_header() && entry.valid.iter().all(|interval| interval.last < date);
        let has_header_between = under.last().is_some_and(|last| entry.code.starts_with(last.code));
        if lies_under && !ended && !has_header_between {
            under.push(entry.clone());
        }
    }
    under
}

fn prefix(code: Code, len: usize) -> Code {
    let text = code.to_string();
    text.get(..len).and_then(|text| Code::parse(text).ok()).unwrap_or(code)
}
