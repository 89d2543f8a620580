//! Synonym packs: phrases of other vocabularies with their codes, opened from a facility's folder.

use std::collections::BTreeMap;

use codeset::Code;
use serde::Deserialize;

/// A phrase with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The phrase.
    pub phrase: String,
    /// The code or header.
    pub code: Code,
}

/// Why a synonym pack cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SynonymError {
    /// It is no JSON of the form that the Disease Ontology's extract has.
    #[error(
        "{file}: is no synonym pack: {reason}. A JSON pack is an object whose 'synonym_to_icd10cm' leads from phrases to codes"
    )]
    Json {
        /// The file's name.
        file: String,
        /// What the reader said.
        reason: String,
    },
    /// A line is not a phrase, a tab and a code.
    #[error("{file}, line {line}: expected a phrase, a tab and an ICD-10-CM code")]
    Line {
        /// The file's name.
        file: String,
        /// The line's number, from 1.
        line: usize,
    },
}

#[derive(Deserialize)]
struct JsonPack {
    synonym_to_icd10cm: BTreeMap<String, String>,
}

/// Reads a pack: JSON if the file's name ends so, otherwise lines of a phrase, a tab and a code. In JSON, what is no
/// code of ICD-10 form is left out: the ontology also carries codes of other classifications.
pub fn read_synonyms(file: &str, text: &str) -> Result<Vec<Synonym>, SynonymError> {
    if file.ends_with(".json") {
        let pack: JsonPack = serde_json::from_str(text)
            .map_err(|error| SynonymError::Json { file: file.to_owned(), reason: error.to_string() })?;
        let synonyms = pack.synonym_to_icd10cm.into_iter();
        return Ok(synonyms.filter_map(|(phrase, code)| synonym(&phrase, &code)).collect());
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            let read = line.split_once('\t').and_then(|(phrase, code)| synonym(phrase, code));
            read.ok_or_else(|| SynonymError::Line { file: file.to_owned(), line: number })
        })
        .collect()
}

fn synonym(phrase: &str, code: &str) -> Option<Synonym> {
    let code = Code::parse(code).ok().filter(|code| !code.is_blank())?;
    Some(Synonym { phrase: phrase.trim().to_owned(), code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_json_are_read() {
        let lines = read_synonyms("ours.tsv", "# ours\nsugar disease\tE11.9\n").unwrap();
        assert_eq!(lines[0].phrase, "sugar disease");
        let json = r#"{"synonym_to_icd10cm": {"stye": "H00.01", "odd": "a-b"}, "stats": {}}"#;
        assert_eq!(read_synonyms("pack.json", json).unwrap().len(), 1);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = read_synonyms("ours.tsv", "stye H00\n").unwrap_err();
        assert!(error.to_string().contains("ours.tsv, line 1"));
        assert!(read_synonyms("pack.json", "[]").is_err());
    }
}
