//! Packs of synonyms that a hospital opens beside the manual: our own simple table, or the Disease Ontology's file.

use std::collections::BTreeMap;

use codeset::{Code, Table, TableError};
use serde::Deserialize;

use super::{Phrase, Source};

/// Why a pack of synonyms cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SynonymError {
    /// The table is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The file is no JSON with the expected member.
    #[error("{file}: {error}; expected an object 'synonym_to_icd10cm' of phrase to code")]
    Json {
        /// The file's name.
        file: String,
        /// What the reader says.
        error: serde_json::Error,
    },
    /// Neither of the two.
    #[error("{0} is neither a .tsv table with the columns 'phrase' and 'code' nor a .json file of synonyms")]
    Kind(String),
}

/// The member of the Disease Ontology's mapping file that is read.
#[derive(Deserialize)]
struct Ontology {
    synonym_to_icd10cm: BTreeMap<String, String>,
}

/// Reads a pack by its file name: `.tsv` with the columns `phrase` and `code`, or `.json` with an object
/// `synonym_to_icd10cm`. Phrases whose code is none (some name a range) are left out.
pub fn read_synonyms(file: &str, text: &str) -> Result<Vec<Phrase>, SynonymError> {
    if file.ends_with(".tsv") {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["phrase", "code"])?;
        let phrase = |row: codeset::Row<'_>| Ok(synonym(row.field(0), row.parse(1)?));
        return table.rows().map(phrase).collect();
    }
    if !file.ends_with(".json") {
        return Err(SynonymError::Kind(file.to_owned()));
    }
    let ontology: Ontology =
        serde_json::from_str(text).map_err(|error| SynonymError::Json { file: file.to_owned(), error })?;
    let phrase = |(phrase, code): (&String, &String)| Some(synonym(phrase, Code::parse(code).ok()?));
    Ok(ontology.synonym_to_icd10cm.iter().filter_map(phrase).collect())
}

fn synonym(phrase: &str, code: Code) -> Phrase {
    Phrase { code, source: Source::Synonym, text: phrase.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_are_read_and_others_refused() {
        let table = read_synonyms("own.tsv", "# Source: us\nphrase\tcode\nrabbit fever\tA21\n").unwrap();
        let json = r#"{"synonym_to_icd10cm": {"rabbit fever": "A21", "rheumatic": "I00-I02"}}"#;
        assert_eq!(read_synonyms("do.json", json).unwrap(), table);
        assert!(matches!(read_synonyms("do.json", "{}"), Err(SynonymError::Json { .. })));
        assert!(matches!(read_synonyms("do.xml", ""), Err(SynonymError::Kind(_))));
    }
}
