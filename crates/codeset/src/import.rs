//! Reading the files that CMS and CDC publish. Each importer is a pure function from text to rows; [`merge`] enters
//! the rows into the dated tables.

mod addenda;
mod code_list;
mod grouper_table;
pub mod merge;
mod order_file;
mod tabular;

pub use addenda::{Addenda, AddendaLine, parse_addenda, print_addenda};
pub use code_list::{ListedCode, parse_code_list, print_code_list};
pub use grouper_table::{GrouperTable, grouper_tables};
pub use order_file::{OrderLine, parse_order_file, print_order_file};
pub use tabular::{
    Range, SeventhCharacter, Tabular, TabularTitle, parse_tabular, print_blocks, print_chapters,
};

/// What is wrong in a published file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, {field}: {what}")]
pub struct ImportError {
    /// The file's name.
    pub file: String,
    /// The line's number, from 1.
    pub line: usize,
    /// The field, in the publication's own word.
    pub field: &'static str,
    /// What is wrong and what was expected.
    pub what: String,
}

/// Where in a file a reader is, for its errors.
#[derive(Debug, Clone, Copy)]
struct Place<'f> {
    file: &'f str,
    line: usize,
}

impl Place<'_> {
    fn error(self, field: &'static str, what: impl Into<String>) -> ImportError {
        ImportError { file: self.file.to_owned(), line: self.line, field, what: what.into() }
    }

    /// The code in `text`.
    fn code(self, text: &str) -> Result<crate::Code, ImportError> {
        match crate::Code::parse(text) {
            Ok(code) if !code.is_blank() => Ok(code),
            Ok(_) => Err(self.error("code", "the field is blank")),
            Err(error) => Err(self.error("code", error.to_string())),
        }
    }

    /// The title in `text`, white space evened out.
    fn title(self, field: &'static str, text: &str) -> Result<String, ImportError> {
        let title = even(text);
        if title.is_empty() { Err(self.error(field, "the title is blank")) } else { Ok(title) }
    }
}

/// `text` with single spaces between words and none around.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of `text` with their places, line ends of either kind removed.
fn lines<'t>(file: &'t str, text: &'t str) -> impl Iterator<Item = (Place<'t>, &'t str)> {
    let text = text.trim_start_matches('\u{feff}');
    text.lines().enumerate().map(move |(at, line)| (Place { file, line: at + 1 }, line.trim_end()))
}
