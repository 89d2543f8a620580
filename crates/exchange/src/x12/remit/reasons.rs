//! What the codes of a remittance mean, in our own short words, and what kind of denial a reason is. Rows of
//! `data/exchange/x12/`.

use std::sync::LazyLock;

/// A code with its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdjustmentReason {
    /// The code.
    pub code: &'static str,
    /// What it means.
    pub words: &'static str,
    /// The key of its [`DenialCategory`]; blank where codes have none.
    pub category: &'static str,
}

/// What a department does about an adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DenialCategory {
    /// Its key: `authorization`.
    pub key: &'static str,
    /// Whether it is a denial, and not an agreed reduction or the patient's share.
    pub is_denial: bool,
    /// What it is.
    pub title: &'static str,
    /// What to do next.
    pub next: &'static str,
}

type Rows = Vec<Vec<&'static str>>;

static REASONS: LazyLock<Rows> =
    LazyLock::new(|| rows(include_str!("../../../../../data/exchange/x12/adjustment-reason.tsv")));
static REMARKS: LazyLock<Rows> =
    LazyLock::new(|| rows(include_str!("../../../../../data/exchange/x12/remark.tsv")));
static WORDS: LazyLock<Rows> =
    LazyLock::new(|| rows(include_str!("../../../../../data/exchange/x12/remittance-words.tsv")));
static CATEGORIES: LazyLock<Vec<DenialCategory>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../../../../data/exchange/x12/denial-category.tsv"));
    let category = |row: &Vec<&'static str>| {
        let is_denial = row[1] == "yes";
        DenialCategory { key: row[0], is_denial, title: row[2], next: row[3] }
    };
    rows.iter().map(category).collect()
});

/// The claim adjustment reason `code`, if the table has it.
pub fn adjustment_reason(code: &str) -> Option<AdjustmentReason> {
    let row = REASONS.iter().find(|row| row[0] == code)?;
    Some(AdjustmentReason { code: row[0], words: row[1], category: row[2] })
}

/// What the remark code says, if the table has it.
pub fn remark_words(code: &str) -> Option<&'static str> {
    REMARKS.iter().find(|row| row[0] == code).map(|row| row[1])
}

/// What `code` of `table` says: `group`, `status`, `method` or `provider`.
pub fn remittance_words(table: &str, code: &str) -> Option<&'static str> {
    WORDS.iter().find(|row| row[0] == table && row[1] == code).map(|row| row[2])
}

/// The category with `key`.
pub fn denial_category(key: &str) -> Option<&'static DenialCategory> {
    CATEGORIES.iter().find(|category| category.key == key)
}

/// Rows of a table: no comment lines, no heading, cells parted by tabs.
fn rows(text: &'static str) -> Rows {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(|line| line.split('\t').collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_category_and_no_code_stands_twice() {
        for row in REASONS.iter() {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(denial_category(row[2]).is_some(), "{row:?} names no category");
            assert_eq!(REASONS.iter().filter(|other| other[0] == row[0]).count(), 1, "{row:?} twice");
        }
        assert!(REASONS.len() >= 60);
        assert!(denial_category("unknown").is_some_and(|category| category.is_denial));
    }

    #[test]
    fn words_are_found_by_table_and_code() {
        assert_eq!(remittance_words("group", "PR"), Some("owed by the patient"));
        assert_eq!(remittance_words("status", "PR"), None);
        assert_eq!(remark_words("MA130").map(|words| words.contains("new one")), Some(true));
        assert_eq!(adjustment_reason("197").map(|row| row.category), Some("authorization"));
    }
}
