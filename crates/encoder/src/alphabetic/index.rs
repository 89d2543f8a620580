//! The index to diseases and the index to external causes: main terms, subterms, and where each leads.

use codeset::Code;
use roxmltree::Node;

use super::reader::{Title, child_text, code, walk};
use super::{IndexError, with_document};
use crate::search::{Phrase, Source};

/// An alphabetic index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its own title, such as `ICD-10-CM External Cause of Injuries Index`.
    pub title: String,
    /// The fiscal year it is published for.
    pub version: String,
    /// Every term that leads somewhere, in the index's order.
    pub entries: Vec<Entry>,
}

/// A term of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The terms from the main term down to this one.
    pub path: Vec<String>,
    /// Words in brackets at any of them, whose presence or absence changes nothing.
    pub nonessential: String,
    /// Where it leads.
    pub lead: Lead,
}

/// Where a term of an index leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// To a code, or to a header of which more characters are to be looked up.
    Code(Code),
    /// To a code that is used for the cause together with a second one in brackets for the manifestation.
    Pair(Code, Code),
    /// *See*: to another term.
    See(String),
    /// *See also*: to another term, if this one does not fit.
    SeeAlso(String),
}

impl Index {
    /// Reads the official file.
    pub fn read(file: &str, text: &str) -> Result<Self, IndexError> {
        with_document(file, text, |document| {
            let root = document.root_element();
            let mut entries = Vec::new();
            for letter in root.children().filter(|child| child.has_tag_name("letter")) {
                walk(letter, &mut Vec::new(), &mut |term, path| entries.extend(leads(term, path)));
            }
            if entries.is_empty() {
                return Err(IndexError::Empty { file: file.to_owned(), what: "index terms" });
            }
            let text = |name| child_text(root, name).unwrap_or_default();
            Ok(Self { title: text("title"), version: text("version"), entries })
        })
    }

    /// The paths that lead to a code, as phrases for a search.
    pub fn phrases(&self) -> impl Iterator<Item = Phrase> {
        self.entries.iter().filter_map(|entry| {
            let (Lead::Code(code) | Lead::Pair(code, _)) = entry.lead else { return None };
            Some(Phrase { code, source: Source::Index, text: entry.path.join(", ") })
        })
    }
}

/// Everywhere the term itself leads.
fn leads(term: Node<'_, '_>, path: &[Title]) -> Vec<Entry> {
    let cause = child_text(term, "code").and_then(|text| code(&text));
    let manifestation = child_text(term, "manif").and_then(|text| code(&text));
    let to_code = cause.map(|cause| match manifestation {
        Some(manifestation) => Lead::Pair(cause, manifestation),
        None => Lead::Code(cause),
    });
    let see = child_text(term, "see").map(Lead::See);
    let see_also = child_text(term, "seeAlso").map(Lead::SeeAlso);
    let nonessential: Vec<&str> = path.iter().map(|title| title.may_be_said.as_str()).collect();
    let entry = |lead| Entry {
        path: path.iter().map(|title| title.words.clone()).collect(),
        nonessential: nonessential.join(" ").trim().to_owned(),
        lead,
    };
    [to_code, see, see_also].into_iter().flatten().map(entry).collect()
}
