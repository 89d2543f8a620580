//! The body: sections with their narrative, or one embedded file.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use chart::document::{Attachment, Section};
use chart::id::Digest;
use chart::intake::{Original, Refusal};
use roxmltree::Node;

use super::desk::Desk;
use super::narrative;
use super::types;
use super::xml::{at, attribute, child, children, place, words};

/// The deepest nesting of sections that keeps its depth; deeper ones are as deep as this.
const MAX_SECTION_DEPTH: u8 = 20;

/// Reads base64 with its line breaks taken out, padded or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What the body holds.
#[derive(Debug, Default)]
pub(super) struct Body<'a, 'i> {
    /// The sections as text.
    pub(super) sections: Vec<Section>,
    /// The same sections as elements, for their entries.
    pub(super) elements: Vec<Node<'a, 'i>>,
    /// An embedded file, and pictures of sections.
    pub(super) attachments: Vec<Attachment>,
    /// Their bytes.
    pub(super) files: Vec<Original>,
}

/// Reads the body.
///
/// # Errors
/// When there is none of the two kinds.
pub(super) fn read<'a, 'i>(root: Node<'a, 'i>, desk: &Desk<'_, '_>) -> Result<Body<'a, 'i>, Refusal> {
    let mut body = Body::default();
    let Some(component) = child(root, "component") else {
        desk.note("/ClinicalDocument/component: the document has no body".into());
        return Ok(body);
    };
    if let Some(structured) = child(component, "structuredBody") {
        sections(structured, 0, desk, &mut body);
    } else if let Some(other) = child(component, "nonXMLBody") {
        unstructured(other, desk, &mut body);
    } else {
        let what = "neither structuredBody nor nonXMLBody; there is nothing to read";
        return Err(Refusal { place: place(component), what: what.into() });
    }
    Ok(body)
}

/// The sections below `node`, each before those within it.
fn sections<'a, 'i>(node: Node<'a, 'i>, depth: u8, desk: &Desk<'_, '_>, body: &mut Body<'a, 'i>) {
    for section in children(node, "component").filter_map(|component| child(component, "section")) {
        body.sections.push(one(section, depth, desk));
        body.elements.push(section);
        pictures(section, desk, body);
        sections(section, (depth + 1).min(MAX_SECTION_DEPTH), desk, body);
    }
}

fn one(section: Node<'_, '_>, depth: u8, desk: &Desk<'_, '_>) -> Section {
    let code = child(section, "code").and_then(|code| types::coded(code, desk));
    let title = child(section, "title").map(words).filter(|title| !title.is_empty());
    let title = title.or_else(|| code.as_ref().map(|code| code.text.clone())).unwrap_or_default();
    let text = child(section, "text").map(narrative::plain).unwrap_or_default();
    if text.is_empty() && child(section, "component").is_none() {
        desk.remark(section, "the section has no text");
    }
    Section { title, code, depth, text }
}

/// Pictures within a section (observationMedia).
fn pictures(section: Node<'_, '_>, desk: &Desk<'_, '_>, body: &mut Body<'_, '_>) {
    let media = children(section, "entry").filter_map(|entry| child(entry, "observationMedia"));
    for value in media.filter_map(|media| child(media, "value")) {
        take(value, "picture", desk, body);
    }
}

/// The file of an unstructured document, or the reference to one.
fn unstructured(node: Node<'_, '_>, desk: &Desk<'_, '_>, body: &mut Body<'_, '_>) {
    let Some(text) = child(node, "text") else {
        desk.remark(node, "the body is empty");
        return;
    };
    if let Some(target) = at(text, &["reference"]).and_then(|reference| attribute(reference, "value")) {
        desk.remark(text, &format!("the document is elsewhere, at `{target}`; it was not fetched"));
        return;
    }
    if attribute(text, "representation") == Some("B64") {
        take(text, "document", desk, body);
        return;
    }
    let inside = words(text);
    if !inside.is_empty() {
        body.sections.push(Section { text: inside, ..Section::default() });
    }
}

/// Takes a base64 file out; a plain text is also shown as a section.
fn take(node: Node<'_, '_>, title: &str, desk: &Desk<'_, '_>, body: &mut Body<'_, '_>) {
    if let Some(target) = at(node, &["reference"]).and_then(|reference| attribute(reference, "value")) {
        desk.remark(node, &format!("a file elsewhere, at `{target}`; it was not fetched"));
        return;
    }
    let digits: String = node.text().unwrap_or_default().split_whitespace().collect();
    let Some(bytes) = BASE64.decode(digits).ok().filter(|bytes| !bytes.is_empty()) else {
        desk.remark(node, "an embedded file that is empty or not base64; left out");
        return;
    };
    let media_type = attribute(node, "mediaType").unwrap_or("text/plain").to_ascii_lowercase();
    if media_type == "text/plain" {
        body.sections.push(Section {
            text: String::from_utf8_lossy(&bytes).trim_end().to_owned(),
            ..Section::default()
        });
    }
    body.attachments.push(Attachment {
        media_type: media_type.clone(),
        title: title.into(),
        digest: Digest::of(&bytes),
        bytes: bytes.len() as u64,
    });
    body.files.push(Original { media_type, bytes });
}
