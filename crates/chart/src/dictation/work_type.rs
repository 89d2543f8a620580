//! Work types of dictation, and how soon each is due: `data/record/work-type.tsv`.

use std::sync::LazyLock;

use super::Priority;
use crate::clock::Span;
use crate::document_type::document_types;
use crate::table::{TableError, lines};

static TYPES: &str = include_str!("../../../../data/record/work-type.tsv");

/// A work type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkType {
    /// Its key: `operative-report`.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// The document type that its text becomes.
    pub document_type: String,
    /// Hours until the text is due, when wanted at once.
    pub stat_hours: u16,
    /// Hours until the text is due, in its turn.
    pub routine_hours: u16,
    /// Where the hours come from.
    pub source: String,
}

impl WorkType {
    /// How long the text may take.
    #[must_use]
    pub const fn within(&self, priority: Priority) -> Span {
        match priority {
            Priority::Routine => Span::hours(self.routine_hours),
            Priority::Stat => Span::hours(self.stat_hours),
        }
    }
}

/// The table of work types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkTypes(Vec<WorkType>);

/// The work types that ship with the product.
pub fn work_types() -> &'static WorkTypes {
    static SHIPPED: LazyLock<WorkTypes> =
        LazyLock::new(|| WorkTypes::read(TYPES).expect("the shipped table is read by a test"));
    &SHIPPED
}

impl WorkTypes {
    /// Reads a table of work types.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let rows = lines::<6>(text).map(|line| {
            let line = line?;
            let [key, title, document_type, _, _, source] = line.cells.map(str::to_owned);
            if document_types().by_key(&document_type).is_none() {
                return Err(line.wrong(&format!("`{document_type}` is no document type")));
            }
            let (stat_hours, routine_hours) = (line.read(3)?, line.read(4)?);
            Ok(WorkType { key, title, document_type, stat_hours, routine_hours, source })
        });
        rows.collect::<Result<_, _>>().map(Self)
    }

    /// Every work type, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[WorkType] {
        &self.0
    }

    /// The work type with this key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&WorkType> {
        self.0.iter().find(|one| one.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_read_and_stat_is_sooner() {
        assert!(work_types().all().len() >= 10);
        for one in work_types().all() {
            assert!(one.stat_hours < one.routine_hours, "{}", one.key);
            assert_eq!(work_types().by_key(&one.key), Some(one), "{} twice", one.key);
        }
    }

    #[test]
    fn a_wrong_row_is_named() {
        let error = WorkTypes::read("# Source: x\nhead\na\tA\tno-such\t1\t2\tx\n").unwrap_err();
        assert_eq!(error.to_string(), "line 3: `no-such` is no document type");
    }
}
