//! Documents in chart order: by encounter, then as the department assembles a chart, then by time.

use std::collections::HashSet;

use chart::date::When;
use chart::document::{Attachment, Attestation, Document, DocumentContent, DocumentStatus, RelationKind};
use chart::document_type::document_types;
use chart::id::{DocumentId, EncounterId};
use jiff::Timestamp;

use super::shown::{Rows, SEPARATE, Shown, names};
use super::{ChartToPrint, DocumentToPrint, LeftOut, Scope, encounters, heading, section};
use crate::sheet::{Block, Level, PictureKind, Signature};
use crate::words::Words;
use chart::signature::Signature as Made;

/// The documents that the scope lets through, and those it leaves out.
pub(super) fn in_scope<'a>(chart: &ChartToPrint<'a>) -> (Vec<&'a DocumentToPrint<'a>>, Vec<LeftOut>) {
    let mut printed = Vec::new();
    let mut left_out = Vec::new();
    for one in chart.documents {
        match (chart.scope, of_legal_record(&one.document.content)) {
            (Scope::Whole, _) | (Scope::LegalRecord, Some(true)) => printed.push(one),
            (Scope::LegalRecord, Some(false)) => left_out.push(LeftOut::NotLegalRecord(one.document.id)),
            (Scope::LegalRecord, None) => left_out.push(LeftOut::NoType(one.document.id)),
        }
    }
    printed.sort_by_key(|one| order(&one.document.content, one.document));
    (printed, left_out)
}

/// Whether a document's type belongs to the legal health record; `None` without a type of the department's own.
fn of_legal_record(content: &DocumentContent) -> Option<bool> {
    document_types().by_key(content.type_key()?).map(|kind| kind.legal_health_record)
}

/// Its place in the chart: the order of assembly of its type, then its time. Unknown types come last.
fn order(content: &DocumentContent, document: &Document) -> (usize, Timestamp, DocumentId) {
    let known = |key: &str| document_types().all().iter().position(|kind| kind.key == key);
    let place = content.type_key().and_then(known).unwrap_or(usize::MAX);
    let written = content.written.map_or(document.origin.received, When::sort_key);
    (place, written, document.id)
}

/// A chapter of documents for each encounter, and one for those outside of any.
pub(super) fn documents(chart: &ChartToPrint, printed: &[&DocumentToPrint], shown: &Shown) -> Vec<Block> {
    let mut blocks = Vec::new();
    for encounter in encounters::in_order(chart) {
        let title = format!("Documents: {}", encounters::name(encounter, shown));
        blocks.extend(chapter(&title, printed, |of| of == Some(encounter.id), shown));
    }
    let known: HashSet<EncounterId> = chart.encounters.iter().map(|one| one.id).collect();
    let outside = |of: Option<EncounterId>| of.is_none_or(|id| !known.contains(&id));
    blocks.extend(chapter("Documents outside these encounters", printed, outside, shown));
    blocks
}

fn chapter(
    title: &str,
    printed: &[&DocumentToPrint],
    belongs: impl Fn(Option<EncounterId>) -> bool,
    shown: &Shown,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for one in printed.iter().filter(|one| belongs(one.document.encounter)) {
        blocks.push(Block::PageBreak);
        if blocks.len() == 1 {
            blocks.push(heading(Level::Chapter, title));
        }
        blocks.extend(document(one, shown));
    }
    blocks
}

fn document(one: &DocumentToPrint, shown: &Shown) -> Vec<Block> {
    let Document { content, version, origin, .. } = one.document;
    let written = content.written.map(|when| shown.when(when)).unwrap_or_default();
    let title = if written.is_empty() { named(content) } else { format!("{}, {written}", named(content)) };
    let mut blocks = vec![heading(Level::Part, title)];
    let newest = Stored {
        version: *version,
        signed: signed(one, *version),
        at: origin.received,
        newest: true,
        with_pages: !one.pages.is_empty(),
    };
    blocks.extend(version_blocks(content, &newest, shown));
    blocks.extend(one.pages.iter().cloned().map(Block::Scan));
    let mut earlier: Vec<_> = one.earlier.iter().filter(|earlier| earlier.version < *version).collect();
    earlier.sort_by_key(|earlier| std::cmp::Reverse(earlier.version));
    for version in earlier {
        let stored = Stored {
            version: version.version,
            signed: signed(one, version.version),
            at: version.stored,
            newest: false,
            with_pages: false,
        };
        let title = format!("Earlier version {} of {}", version.version, named(&version.content));
        blocks.push(heading(Level::Section, title));
        blocks.extend(version_blocks(&version.content, &stored, shown));
    }
    blocks
}

/// The signatures made here under one version.
fn signed<'a>(one: &DocumentToPrint<'a>, version: i64) -> Vec<&'a Made> {
    one.signatures.iter().filter(|signature| signature.version == version).collect()
}

fn named(content: &DocumentContent) -> String {
    let kind = content.type_key().and_then(|key| document_types().by_key(key)).map(|kind| kind.title);
    let title = [content.title.as_str(), kind.unwrap_or_default(), content.kind.text.as_str()];
    title.into_iter().find(|text| !text.trim().is_empty()).unwrap_or("Document without a title").to_owned()
}

/// A version as it was stored.
struct Stored<'a> {
    version: i64,
    /// Signatures made here under it.
    signed: Vec<&'a Made>,
    at: Timestamp,
    newest: bool,
    /// Whether its scanned pages are printed after it.
    with_pages: bool,
}

fn version_blocks(content: &DocumentContent, stored: &Stored<'_>, shown: &Shown) -> Vec<Block> {
    let kind = content.type_key().and_then(|key| document_types().by_key(key));
    let kind = kind.map_or(content.kind.text.as_str(), |kind| kind.title);
    let standing = if stored.newest { "the latest" } else { "replaced by a later one" };
    let version = format!("{} ({standing}), stored {}", stored.version, shown.instant(stored.at));
    let rows = Rows::default()
        .row("Type", kind)
        .row("Status", status(content.status))
        .row("Written", shown.maybe(content.written))
        .row("Author", names(&content.authors))
        .row("Version", version)
        .row("Relation", relation(content));
    let mut blocks = vec![Block::KeyValues(rows.0)];
    for part in &content.sections {
        let level = if part.depth == 0 { Level::Section } else { Level::Detail };
        blocks.extend((!part.title.is_empty()).then(|| heading(level, part.title.as_str())));
        blocks.extend(section::blocks(&part.text));
    }
    blocks.extend(attachments(content, stored.with_pages));
    blocks.push(Block::Signatures(signatures(content, &stored.signed, shown)));
    blocks
}

fn relation(content: &DocumentContent) -> String {
    let Some(relation) = &content.relation else { return String::new() };
    let does = match relation.kind {
        RelationKind::Replaces => "replaces",
        RelationKind::Amends => "amends",
        RelationKind::Appends => "adds to",
    };
    format!("{does} {}", relation.target.key)
}

/// The files of a document by name: a reader must know that they exist, and whether they are printed here.
fn attachments(content: &DocumentContent, with_pages: bool) -> Vec<Block> {
    if content.attachments.is_empty() {
        return Vec::new();
    }
    let line = |one: &Attachment| -> Words {
        let title = if one.title.is_empty() { "file without a name" } else { &one.title };
        let is_page = with_pages && PictureKind::of_media_type(&one.media_type).is_some();
        let place = if is_page { "printed on the pages after this document" } else { SEPARATE };
        format!("{title} ({}, {} bytes): {place}", one.media_type, one.bytes).into()
    };
    let files = content.attachments.iter().map(line).collect();
    vec![heading(Level::Detail, "Files of this document"), Block::List(files)]
}

fn signatures(content: &DocumentContent, here: &[&Made], shown: &Shown) -> Vec<Signature> {
    if content.signatures.is_empty() && here.is_empty() {
        return vec![Signature::NotSigned { by: names(&content.authors) }];
    }
    let signed = |one: &Attestation| Signature::Signed {
        by: one.by.name.clone(),
        meaning: one.meaning.clone(),
        at: shown.maybe(one.at),
    };
    content.signatures.iter().map(signed).chain(here.iter().map(|one| made(one))).collect()
}

/// A signature made here, with the zone it was made in and the digest of what it covers.
fn made(one: &Made) -> Signature {
    let by = match one.signer.credentials.as_str() {
        "" => one.signer.name.clone(),
        credentials => format!("{}, {credentials}", one.signer.name),
    };
    let at = one.signed_at().strftime("%Y-%m-%d %H:%M:%S %:z");
    Signature::Signed {
        by,
        meaning: one.meaning.says(),
        at: format!("{at}; version {}, {}, BLAKE3 {}", one.version, one.method.title(), one.digest),
    }
}

const fn status(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::Dictated => "Dictated, not yet typed",
        DocumentStatus::Preliminary => "Preliminary, not authenticated",
        DocumentStatus::Final => "Final",
        DocumentStatus::Amended => "Amended after it was authenticated",
        DocumentStatus::Superseded => "Superseded by a later document",
        DocumentStatus::EnteredInError => "ENTERED IN ERROR: kept as part of the record, not to be relied on",
    }
}
