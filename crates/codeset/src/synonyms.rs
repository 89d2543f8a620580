//! Synonym packs: phrases of other vocabularies with their ICD-10-CM codes, which a facility opens beside the manual.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Code;

/// A phrase with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The phrase.
    pub phrase: String,
    /// The code or header.
    pub code: Code,
    /// Whether somebody wrote it down for this facility, phrase by phrase; what an ontology carries is wider, and counts
    /// for less where documents are read.
    pub is_own: bool,
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
    /// It holds no phrase at all.
    #[error("{file}: holds no phrase")]
    Empty {
        /// The file's name.
        file: String,
    },
}

/// The member of the Disease Ontology's mapping file that is read.
#[derive(Deserialize)]
struct JsonPack {
    synonym_to_icd10cm: BTreeMap<String, String>,
}

/// Reads a pack: JSON if the file's name ends so, otherwise lines of a phrase, a tab and a code, under a first line
/// `phrase`, `code` or none. In JSON, what is no code is left out: the ontology also carries ranges and codes of other
/// classifications.
pub fn read_synonyms(file: &str, text: &str) -> Result<Vec<Synonym>, SynonymError> {
    let synonyms = if file.ends_with(".json") { json(file, text)? } else { lines(file, text)? };
    if synonyms.is_empty() {
        return Err(SynonymError::Empty { file: file.to_owned() });
    }
    Ok(synonyms)
}

fn json(file: &str, text: &str) -> Result<Vec<Synonym>, SynonymError> {
    let pack: JsonPack = serde_json::from_str(text)
        .map_err(|error| SynonymError::Json { file: file.to_owned(), reason: error.to_string() })?;
    let synonyms = pack.synonym_to_icd10cm.into_iter();
    Ok(synonyms.filter_map(|(phrase, code)| synonym(&phrase, &code, false)).collect())
}

fn lines(file: &str, text: &str) -> Result<Vec<Synonym>, SynonymError> {
    let is_said = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
    let mut lines = (1..).zip(text.trim_start_matches('\u{feff}').lines()).filter(|(_, line)| is_said(line));
    let read = |(number, line): (usize, &str)| {
        let read = line.split_once('\t').and_then(|(phrase, code)| synonym(phrase, code, true));
        read.ok_or_else(|| SynonymError::Line { file: file.to_owned(), line: number })
    };
    let first = lines.next().filter(|(_, line)| line.trim_end() != "phrase\tcode");
    first.into_iter().chain(lines).map(read).collect()
}

fn synonym(phrase: &str, code: &str, is_own: bool) -> Option<Synonym> {
    let code = Code::parse(code.trim()).ok().filter(|code| !code.is_blank())?;
    let phrase = phrase.trim();
    (!phrase.is_empty()).then(|| Synonym { phrase: phrase.to_owned(), code, is_own })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_and_without_their_heading_and_json_are_read_the_same() {
        let lines = read_synonyms("ours.tsv", "# ours\nstye\tH00.01\n").unwrap();
        assert_eq!(lines, read_synonyms("ours.tsv", "# ours\n\nphrase\tcode\r\nstye\tH00.01\r\n").unwrap());
        let json = r#"{"synonym_to_icd10cm": {"stye": "H00.01", "odd": "a-b", "rheumatic": "I00-I02"}, "stats": {}}"#;
        let wide = read_synonyms("pack.json", json).unwrap();
        assert_eq!((&wide[0].phrase, wide[0].code), (&lines[0].phrase, lines[0].code));
        assert_eq!((wide.len(), wide[0].is_own, lines[0].is_own), (1, false, true));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let said = |file, text| read_synonyms(file, text).unwrap_err().to_string();
        assert!(said("ours.tsv", "# ours\nstye H00\n").contains("ours.tsv, line 2"));
        assert!(said("ours.tsv", "\tH00\n").contains("line 1"));
        assert!(said("ours.tsv", "phrase\tcode\n").contains("holds no phrase"));
        assert!(said("pack.json", "[]").contains("pack.json"));
    }
}
