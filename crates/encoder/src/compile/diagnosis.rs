//! What the search over ICD-10-CM is made of: titles and inclusion terms, codes that differ in the seventh character
//! only taken as one.

use std::collections::BTreeMap;

use codeset::rows::{CodeRow, TitleRow, read_codes, read_titles};
use codeset::{Code, OPEN_END};

use super::{CompileError, Files, elsewhere, former, text, words};
use crate::NoteKind;
use crate::search::build::Material;
use crate::search::{Findable, Phrase, Source};
use crate::tabular::Node;

/// A code without its seventh character has at most six.
const STEM_LEN: usize = 6;

pub(super) fn material(files: &Files) -> Result<Material, CompileError> {
    let (codes, titles) = ("icd10cm/codes.tsv", "icd10cm/titles.tsv");
    let nodes = nodes(&read_titles(titles, text(files, titles)?)?, &read_codes(codes, text(files, codes)?)?);
    let notes = super::notes(files)?;
    let included =
        notes.notes().iter().filter(|note| matches!(note.kind, NoteKind::InclusionTerm | NoteKind::Includes));
    let included = included.filter_map(|note| match note.node {
        Node::Code(code) => Some(Phrase { code, source: Source::InclusionTerm, text: note.text.clone() }),
        Node::Chapter(_) | Node::Block(..) => None,
    });
    let mut phrases: Vec<Phrase> = included.collect();
    phrases.extend(elsewhere::phrases(notes.notes().iter()));
    phrases.extend(super::imported::phrases(files)?);
    let known = nodes.iter().map(|node| node.code).collect();
    phrases.extend(former::phrases(files, &known)?);
    Ok(Material { nodes, phrases, thesaurus: words::thesaurus(files)?, apart: words::apart(files)? })
}

/// The headers and codes with their newest titles, those dropped under which no code was ever valid.
fn nodes(titles: &[TitleRow], codes: &[CodeRow]) -> Vec<Findable> {
    let mut nodes: BTreeMap<Code, Findable> = BTreeMap::new();
    for row in titles.iter().filter(|row| row.code.to_string().len() <= STEM_LEN) {
        nodes.insert(row.code, untouched(row));
    }
    for row in codes {
        let text = row.code.to_string();
        let (stem, seventh) = text.split_at(text.len().min(STEM_LEN));
        let stem = if seventh.is_empty() { stem } else { written(&nodes, stem) };
        for len in 3..=stem.len() {
            if let Some(node) = Code::parse(&stem[..len]).ok().and_then(|code| nodes.get_mut(&code)) {
                touch(node, row, if len == stem.len() { Some(seventh) } else { None });
            }
        }
    }
    nodes.into_values().filter(|node| node.first <= node.last).collect()
}

/// A node under which no valid code has been seen: its days end before they begin.
fn untouched(row: &TitleRow) -> Findable {
    Findable {
        code: row.code,
        title: row.title.text.clone(),
        first: OPEN_END,
        last: jiff::civil::Date::MIN,
        is_code: false,
        seventh: String::new(),
    }
}

/// The stem as it is written out, without the placeholders before a seventh character.
fn written<'s>(nodes: &BTreeMap<Code, Findable>, stem: &'s str) -> &'s str {
    let short = stem.trim_end_matches('X');
    let is_node = |text: &str| Code::parse(text).is_ok_and(|code| nodes.contains_key(&code));
    if is_node(short) { short } else { stem }
}

/// Enters the days of a valid code into a node that it is, or lies under; `seventh` if it is the node, up to its
/// seventh character.
fn touch(node: &mut Findable, row: &CodeRow, seventh: Option<&str>) {
    node.first = node.first.min(row.valid.first);
    node.last = node.last.max(row.valid.last);
    match seventh {
        Some("") => node.is_code = true,
        Some(seventh) if !node.seventh.contains(seventh) => node.seventh.push_str(seventh),
        _ => {}
    }
}
