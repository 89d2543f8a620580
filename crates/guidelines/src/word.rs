//! Words by which a note says whether its code is needed, dated rows of `data/guidelines/word.tsv`.

use codeset::{Table, TableError};

use crate::days::Days;

/// The words of notes.
#[derive(Debug)]
pub(crate) struct Words(Vec<Word>);

#[derive(Debug)]
struct Word {
    is_firm: bool,
    text: String,
    days: Days,
}

/// A word in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FoundWord {
    /// Whether it asks for the code although another word of the note leaves it open.
    pub(crate) is_firm: bool,
    /// When it is taken so.
    pub(crate) days: Days,
}

/// The columns of the table.
const COLUMNS: [&str; 5] = ["kind", "word", "first", "last", "because"];

impl Words {
    /// Reads the table.
    pub(crate) fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&COLUMNS)?;
        let read = |row: codeset::Row<'_>| {
            let is_firm = match row.field(0) {
                "firm" => true,
                "open" => false,
                other => return Err(row.error(format!("'{other}' is neither open nor firm"))),
            };
            Ok(Word { is_firm, text: row.field(1).to_lowercase(), days: Days::of_row(&row, 2)? })
        };
        table.rows().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The words that stand in a note.
    pub(crate) fn found_in(&self, note: &str) -> Vec<FoundWord> {
        let note = note.to_lowercase();
        let found = self.0.iter().filter(|word| note.contains(&word.text));
        found.map(|word| FoundWord { is_firm: word.is_firm, days: word.days }).collect()
    }
}
