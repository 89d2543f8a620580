//! The document as a tree, and short ways through it.
//!
//! A tree (`roxmltree`) and not a stream: entries refer to the narrative by id, headers are needed by entries, and
//! sections nest. Documents are of some hundred kilobytes. `roxmltree` reads no document type declaration, so that no
//! entity can be declared, let alone multiplied; depth and number of nodes are limited here.

use std::cell::RefCell;
use std::collections::HashMap;

use chart::intake::Refusal;
use encoding_rs::{Encoding, UTF_8};
use roxmltree::{Document, Node, NodeId, ParsingOptions};

/// The namespace of clinical documents.
pub(super) const CDA: &str = "urn:hl7-org:v3";
/// The namespace of the extensions for the United States (several races, dead patients).
const SDTC: &str = "urn:hl7-org:sdtc";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The most elements and texts of a document; large real ones have a few hundred thousand.
const MAX_NODES: u32 = 5_000_000;
/// The deepest nesting; real documents stay under 40.
const MAX_DEPTH: usize = 200;

/// The text of the bytes, in the encoding that the byte order mark or the XML declaration names.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let (encoding, skip) =
        Encoding::for_bom(bytes).or_else(|| declared(bytes).map(|known| (known, 0))).unwrap_or((UTF_8, 0));
    let (text, faulty) = encoding.decode_without_bom_handling(&bytes[skip..]);
    if faulty {
        let what =
            format!("bytes that are not {}; save the document in the encoding it declares", encoding.name());
        return Err(Refusal { place: "document".into(), what });
    }
    Ok(text.into_owned())
}

/// The encoding named in the first line: `<?xml version="1.0" encoding="ISO-8859-1"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let rest = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let quote = rest.chars().next().filter(|one| matches!(one, '"' | '\''))?;
    Encoding::for_label(rest[1..].split(quote).next()?.as_bytes())
}

/// Parses the text.
///
/// # Errors
/// When it is no XML, declares a document type, or is too deep or too large.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Refusal> {
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let too_deep = || Refusal {
        place: "document".into(),
        what: format!("elements nested deeper than {MAX_DEPTH}; no clinical document is"),
    };
    // Before the tree is built: the parser itself goes down with the nesting.
    if deeper_than(text, MAX_DEPTH) {
        return Err(too_deep());
    }
    Document::parse_with_options(text, options).map_err(|error| {
        let what = match error {
            roxmltree::Error::DtdDetected => "a document type declaration, which clinical documents do not have; it is not read, for safety".into(),
            other => format!("not well-formed XML: {other}"),
        };
        Refusal { place: "document".into(), what }
    })
}

/// Whether tags nest deeper than `limit`, counted without reading more of the XML than that.
fn deeper_than(text: &str, limit: usize) -> bool {
    let mut depth = 0usize;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .into_iter()
            .find(|(open, _)| rest.starts_with(open));
        let end = match skipped {
            Some((_, close)) => rest.find(close).map(|at| at + close.len()),
            None => tag_end(rest),
        };
        let Some(end) = end else { return false };
        let tag = &rest[..end];
        if skipped.is_none() {
            match (tag.starts_with("</"), tag.ends_with("/>")) {
                (true, _) => depth = depth.saturating_sub(1),
                (false, false) => depth += 1,
                (false, true) => {}
            }
        }
        if depth > limit {
            return true;
        }
        rest = &rest[end..];
    }
    false
}

/// Where the tag ends: at the first `>` outside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, one) in tag.bytes().enumerate() {
        match (quote, one) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(one),
            (Some(open), _) if open == one => quote = None,
            _ => {}
        }
    }
    None
}

/// Elements by their `ID` attribute, for references from entries into the narrative.
pub(super) fn by_id<'a, 'i>(document: &'a Document<'i>) -> HashMap<&'a str, Node<'a, 'i>> {
    document.descendants().filter_map(|node| Some((node.attribute("ID")?, node))).collect()
}

/// Children of this name, of CDA or its extension.
pub(super) fn children<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| is(*child, name))
}

/// The first child of this name.
pub(super) fn child<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The first element at the end of a path.
pub(super) fn at<'a, 'i: 'a>(node: Node<'a, 'i>, path: &[&'static str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

/// Whether the node is an element of this name.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    let named = node.tag_name();
    node.is_element() && named.name() == name && matches!(named.namespace(), Some(CDA | SDTC) | None)
}

/// An attribute that says something.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute(name).map(str::trim).filter(|text| !text.is_empty())
}

/// The type of a value: `PQ`, `CD`, `ST`, without a prefix.
pub(super) fn value_type<'a>(node: Node<'a, '_>) -> &'a str {
    let name = node.attribute((XSI, "type")).unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// The text within, blanks joined.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let all: String =
        node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect::<Vec<_>>().join(" ");
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where nodes stand: `/ClinicalDocument/component/section[3]`.
///
/// The ordinals of siblings are counted once for each parent, so that many places are found in a time that grows with
/// the document and not with its square.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// For an element its ordinal among siblings of its name, 0 when it is the only one.
    ordinals: RefCell<HashMap<NodeId, usize>>,
}

impl Places {
    /// The place of a node.
    pub(super) fn of(&self, node: Node<'_, '_>) -> String {
        let steps: Vec<String> =
            node.ancestors().filter(Node::is_element).map(|one| self.step(one)).collect();
        steps.into_iter().rev().map(|step| format!("/{step}")).collect()
    }

    fn step(&self, node: Node<'_, '_>) -> String {
        let name = node.tag_name().name();
        if !self.ordinals.borrow().contains_key(&node.id()) {
            self.count(node);
        }
        match self.ordinals.borrow().get(&node.id()) {
            Some(&ordinal) if ordinal > 0 => format!("{name}[{ordinal}]"),
            _ => name.to_owned(),
        }
    }

    /// Counts `node` and its siblings.
    fn count(&self, node: Node<'_, '_>) {
        let siblings =
            || node.parent().into_iter().flat_map(|parent| parent.children()).filter(Node::is_element);
        let mut totals: HashMap<&str, usize> = HashMap::new();
        siblings().for_each(|one| *totals.entry(one.tag_name().name()).or_default() += 1);
        let mut so_far: HashMap<&str, usize> = HashMap::new();
        let mut ordinals = self.ordinals.borrow_mut();
        for one in siblings() {
            let name = one.tag_name().name();
            let ordinal = so_far.entry(name).and_modify(|count| *count += 1).or_insert(1);
            ordinals.insert(one.id(), if totals[name] > 1 { *ordinal } else { 0 });
        }
    }
}

/// The place of one node, for a refusal.
pub(super) fn place(node: Node<'_, '_>) -> String {
    Places::default().of(node)
}
