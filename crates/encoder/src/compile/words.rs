//! Our own tables of words, under `data/encoder/`.

use codeset::Table;

use super::{CompileError, Files, text};
use crate::search::Source;
use crate::search::packed::Thesaurus;

/// Reads `synonym.tsv`, `abbreviation.tsv` and `lay_term.tsv`.
pub(super) fn thesaurus(files: &Files) -> Result<Thesaurus, CompileError> {
    let mut thesaurus = Thesaurus::default();
    let file = "encoder/synonym.tsv";
    let table = Table::parse(file, text(files, file)?)?;
    table.expect_columns(&["words"])?;
    for row in table.rows() {
        let words: Vec<&str> = row.field(0).split(", ").collect();
        thesaurus.insert_words(&words);
    }
    for (file, column, source) in [
        ("encoder/abbreviation.tsv", "abbreviation", Source::Abbreviation),
        ("encoder/lay_term.tsv", "said", Source::LayTerm),
    ] {
        let table = Table::parse(file, text(files, file)?)?;
        table.expect_columns(&[column, "means"])?;
        for row in table.rows() {
            thesaurus.insert_phrase(row.field(0), row.field(1), source);
        }
    }
    Ok(thesaurus)
}

/// Reads `sets_apart.tsv`.
pub(super) fn apart(files: &Files) -> Result<Vec<String>, CompileError> {
    let file = "encoder/sets_apart.tsv";
    let table = Table::parse(file, text(files, file)?)?;
    table.expect_columns(&["word"])?;
    Ok(table.rows().map(|row| row.field(0).to_owned()).collect())
}
