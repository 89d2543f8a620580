//! Documents and reports of a chart, and the files that belong to them.

use chart::amendment::{Amendment, AmendmentKind};
use chart::document::{Document, DocumentContent, DocumentStatus};
use chart::document_type::document_types;
use chart::entry::EntryContent;
use chart::id::{DocumentId, EntryId, PatientId};
use chart::intake::Original;
use chart::signature::Signature;
use store::Page;
use workflow::charts::{self, Of, Part};

use super::chart::top;
use super::input;
use crate::call::{Call, Reply, file};
use crate::pages::chart::document::{DocumentPage, DocumentsPage, groups};
use crate::pages::parts::Choice;
use crate::pages::signing::SignatureView;
use crate::pages::signing::amend::AmendmentView;
use crate::problem::Problem;
use chart::access::Permission;

/// Documents listed at once.
const DOCUMENTS: u32 = 500;
/// Reports among which one is looked up.
const REPORTS: u32 = 2_000;

pub(crate) async fn list(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let shown = call.query.text("show");
    let page = input::page(&call.query, DOCUMENTS);
    let documents = Some((store::documents::Filter::default(), page));
    let part = Part { name: "documents", documents, ..Part::default() };
    let found = charts::read(&call.house.store, &call.context()?, id, part).await?;
    let wanted: Vec<Document> =
        found.documents.0.into_iter().filter(|one| shown != "legal" || is_legal(&one.content)).collect();
    let top = top(&call, &found.banner, "Documents");
    let groups = groups(&wanted, &top.base, &call.show());
    let filters =
        vec![Choice::new("", "All documents", shown), Choice::new("legal", "Legal health record", shown)];
    let upload = call.may(Permission::DocumentUpload).then(|| format!("/upload?patient={id}"));
    let write = call.may(Permission::DocumentWrite).then(|| top.base.clone());
    call.page(&DocumentsPage { filters, groups, upload, write, top })
}

/// Whether documents of this type belong to the legal health record. One without a type of ours does, until somebody
/// says otherwise.
pub(crate) fn is_legal(content: &DocumentContent) -> bool {
    let kind = content.type_key().and_then(|key| document_types().by_key(key));
    kind.is_none_or(|kind| kind.legal_health_record)
}

pub(crate) async fn read(call: Call) -> Reply {
    let id: DocumentId = call.id("document")?;
    let found = charts::document(&call.house.store, &call.context()?, id).await?;
    let top = top(&call, &found.banner, "Documents");
    let shown = call.query.read("version").unwrap_or(found.document.version);
    let base = top.base.clone();
    let mut page = DocumentPage::new(top, &found.document, &found.versions, shown, &call.show());
    page.signed = signed(&found, shown);
    page.amendments = found.amendments.iter().map(|one| amendment(&call, one, &base)).collect();
    page.actions = actions(&call, &found.document, &base);
    call.page(&page)
}

/// The signatures, each held against the version shown.
fn signed(found: &charts::DocumentRead, shown: i64) -> Vec<SignatureView> {
    let version = found.versions.iter().find(|one| one.version == shown);
    let content = version.map_or(&found.document.content, |one| &one.content);
    let holds = |one: &Signature| (one.version == shown).then(|| one.verify(content));
    found.signatures.iter().map(|one| SignatureView::new(one, holds(one))).collect()
}

fn amendment(call: &Call, one: &Amendment, base: &str) -> AmendmentView {
    let show = call.show();
    let about = one.about.map_or_else(String::new, |about| format!(", about {}", show.when(about)));
    let flag = |flag: &chart::amendment::Flag| format!("{} ({})", flag.says(), show.day(flag.since()));
    AmendmentView {
        href: format!("{base}/documents/{}", one.document),
        title: one.kind.title().into(),
        about: format!("{}, {}{about}", one.author.name, show.moment(one.written)),
        text: one.text.clone(),
        passage: one.passage.clone(),
        reason: one.reason.clone(),
        flags: one.flags.iter().map(flag).collect(),
    }
}

/// What this reader may do with the document as it stands.
fn actions(call: &Call, document: &Document, base: &str) -> Vec<(String, &'static str)> {
    let sign = (format!("{base}/documents/{}/sign", document.id), "Read and sign");
    let amend = |kind: AmendmentKind| format!("{base}/amend?kind={kind}&document={}", document.id);
    let mut actions = Vec::new();
    if call.may(Permission::DocumentSign) {
        actions.push(sign);
    }
    if call.may(Permission::DocumentWrite) {
        match document.content.status {
            DocumentStatus::Final | DocumentStatus::Amended => {
                actions.push((amend(AmendmentKind::Addendum), "Addendum"));
                actions.push((amend(AmendmentKind::Correction), "Correction"));
            }
            DocumentStatus::Preliminary => actions.push((amend(AmendmentKind::Attestation), "Attest")),
            _ => {}
        }
    }
    actions
}

pub(crate) async fn original(call: Call) -> Reply {
    let id: DocumentId = call.id("document")?;
    let original = charts::original(&call.house.store, &call.context()?, Of::Document(id)).await?;
    Ok(send(&call, original, "original"))
}

pub(crate) async fn attachment(call: Call) -> Reply {
    let (id, digest) = (call.id::<DocumentId>("document")?, call.id("digest")?);
    let original = charts::attachment(&call.house.store, &call.context()?, id, digest).await?;
    Ok(send(&call, original, "file"))
}

fn send(call: &Call, original: Original, name: &str) -> axum::response::Response {
    let download = !call.query.text("download").is_empty() || name == "original";
    let name = format!("{name}.{}", ending(&original.media_type));
    file(&original.media_type, &name, original.bytes, download)
}

/// What a file of this kind is commonly called at its end.
fn ending(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/tiff" => "tif",
        "image/gif" => "gif",
        "application/fhir+json" => "json",
        "application/hl7-cda+xml" => "xml",
        "x-application/hl7-v2+er7" => "hl7",
        _ => "txt",
    }
}

/// A report reads like a document: its text, its conclusion, who made it.
pub(crate) async fn report(call: Call) -> Reply {
    let (id, patient): (EntryId, PatientId) = (call.id("entry")?, call.id("patient")?);
    let filter = store::entries::Filter { with_errors: true, ..Default::default() }.kinds(&["report"]);
    let part = Part { name: "report", entries: Some((filter, Page::first(REPORTS))), ..Part::default() };
    let found = charts::read(&call.house.store, &call.context()?, patient, part).await?;
    let entry = found.entries.0.into_iter().find(|one| one.id == id).ok_or(Problem::Missing)?;
    let EntryContent::Report(report) = &entry.content else { return Err(Problem::Missing) };
    let top = top(&call, &found.banner, "Results");
    call.page(&DocumentPage::of_report(top, &entry, report, &call.show()))
}

pub(crate) async fn report_original(call: Call) -> Reply {
    let id: EntryId = call.id("entry")?;
    let original = charts::original(&call.house.store, &call.context()?, Of::Entry(id)).await?;
    Ok(send(&call, original, "original"))
}

pub(crate) async fn report_file(call: Call) -> Reply {
    let (id, digest) = (call.id::<EntryId>("entry")?, call.id("digest")?);
    let original = charts::report_file(&call.house.store, &call.context()?, id, digest).await?;
    Ok(send(&call, original, "file"))
}
