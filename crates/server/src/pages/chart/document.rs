//! Documents: the list in the chart's order of assembly, and the reader.

use chart::document::{Attachment, Document, DocumentContent, DocumentStatus, DocumentVersion, Section};
use chart::document_type::document_types;
use chart::entry::{Entry, Report};
use serde::Serialize;

use super::super::frame::Crumb;
use super::super::parts::{Cell, Choice, Fact, FileView, Table};
use super::super::signing::SignatureView;
use super::super::signing::amend::AmendmentView;
use super::Top;
use super::text::{SectionView, sections};
use crate::show::{self, Show};

/// The documents of a chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DocumentsPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) filters: Vec<Choice>,
    /// In the order in which a paper chart is assembled.
    pub(crate) groups: Vec<Table>,
    /// Where one more can be uploaded, for those who may.
    pub(crate) upload: Option<String>,
    /// The chart's address, for those who may write in it.
    pub(crate) write: Option<String>,
}

impl super::super::Page for DocumentsPage {
    const TEMPLATE: &'static str = "chart/documents.html";
    fn title(&self) -> String {
        "Chart: documents".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}

/// A document or report to read.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DocumentPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) title: String,
    pub(crate) status: &'static str,
    pub(crate) status_tone: &'static str,
    /// Said above the text when it should be read with care.
    pub(crate) caution: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) sections: Vec<SectionView>,
    /// Signatures as the sender reports them.
    pub(crate) signatures: Vec<String>,
    /// Signatures made here.
    pub(crate) signed: Vec<SignatureView>,
    /// What was written to it afterwards.
    pub(crate) amendments: Vec<AmendmentView>,
    /// What may be done with it: address and words.
    pub(crate) actions: Vec<(String, &'static str)>,
    pub(crate) versions: Vec<VersionLink>,
    pub(crate) files: Vec<FileView>,
    /// Where the original bytes are.
    pub(crate) original: Option<String>,
}

/// A way to another version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct VersionLink {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) here: bool,
}

impl super::super::Page for DocumentPage {
    const TEMPLATE: &'static str = "chart/document.html";
    fn title(&self) -> String {
        "Chart: document".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Documents", format!("{}/documents", self.top.base)));
        crumbs.push(Crumb::here(self.title.clone()));
        crumbs
    }
}

/// What a document is called: its title, else its type.
pub(crate) fn title(content: &DocumentContent) -> String {
    let kind = content.type_key().and_then(|key| document_types().by_key(key)).map(|kind| kind.title);
    match (content.title.as_str(), kind) {
        ("", Some(kind)) => kind.into(),
        ("", None) if content.kind.text.is_empty() => "Untitled".into(),
        ("", None) => content.kind.text.clone(),
        (title, _) => title.into(),
    }
}

/// How far a document has come, and how that looks.
pub(crate) const fn status(status: DocumentStatus) -> (&'static str, &'static str) {
    match status {
        DocumentStatus::Dictated => ("dictated", "warn"),
        DocumentStatus::Preliminary => ("preliminary", "warn"),
        DocumentStatus::Final => ("final", "good"),
        DocumentStatus::Amended => ("amended", "note"),
        DocumentStatus::Superseded => ("superseded", "warn"),
        DocumentStatus::EnteredInError => ("entered in error", "stop"),
    }
}

const fn caution(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::Dictated | DocumentStatus::Preliminary => "Not yet authenticated by its author.",
        DocumentStatus::Superseded => "A later document has taken its place.",
        DocumentStatus::EnteredInError => "Entered in error: it should not have been written, and is kept.",
        DocumentStatus::Final | DocumentStatus::Amended => "",
    }
}

/// The documents in one table, in the order given: the newest first.
pub(crate) fn newest(documents: &[Document], base: &str, show: &Show) -> Table {
    let rows = documents.iter().map(|one| row(one, base, show));
    Table::new("Documents", &COLUMNS, "No document is filed.").rows(rows)
}

const COLUMNS: [&str; 5] = ["Document", "Written", "By", "Status", "Legal record"];

/// The documents, grouped and ordered as a chart is assembled. Those without a type of ours come last.
pub(crate) fn groups(documents: &[Document], base: &str, show: &Show) -> Vec<Table> {
    let place = |document: &Document| {
        let types = document_types().all();
        let key = document.content.type_key();
        key.and_then(|key| types.iter().position(|kind| kind.key == key)).unwrap_or(types.len())
    };
    let mut ordered: Vec<(usize, &Document)> = documents.iter().map(|one| (place(one), one)).collect();
    ordered.sort_by_key(|(place, one)| (*place, one.content.written.map(chart::date::When::sort_key)));
    let group = |place: usize| document_types().all().get(place).map_or("other", |kind| kind.group);
    let groups = ordered.chunk_by(|one, next| group(one.0) == group(next.0));
    groups.map(|rows| table(group(rows[0].0), rows, base, show)).collect()
}

fn table(group: &str, documents: &[(usize, &Document)], base: &str, show: &Show) -> Table {
    let rows = documents.iter().map(|(_, one)| row(one, base, show));
    Table::new(show::worded(group), &COLUMNS, "").rows(rows)
}

fn row(one: &Document, base: &str, show: &Show) -> Vec<Cell> {
    let (status, _) = status(one.content.status);
    let error = one.content.status == DocumentStatus::EnteredInError;
    let kind = one.content.type_key().and_then(|key| document_types().by_key(key));
    let legal = kind.map_or("not typed", |kind| if kind.legal_health_record { "yes" } else { "no" });
    let version = if one.version > 1 { format!("version {}", one.version) } else { String::new() };
    let name = Cell::new(title(&one.content)).link(format!("{base}/documents/{}", one.id)).note(version);
    vec![
        if error { name.mark("struck") } else { name },
        Cell::new(show.maybe(one.content.written)),
        Cell::new(show::names(&one.content.authors)),
        Cell::new(status),
        Cell::new(legal),
    ]
}

impl DocumentPage {
    /// The version `shown` of `document`.
    pub(crate) fn new(
        top: Top,
        document: &Document,
        versions: &[DocumentVersion],
        shown: i64,
        show: &Show,
    ) -> Self {
        let version = versions.iter().find(|one| one.version == shown);
        let content = version.map_or(&document.content, |one| &one.content);
        let origin = version.map_or(&document.origin, |one| &one.origin);
        let (status, status_tone) = status(content.status);
        let address = format!("{}/documents/{}", top.base, document.id);
        let mut caution = caution(content.status).to_owned();
        if shown < document.version {
            caution = format!("This is version {shown}; the newest is {}. {caution}", document.version);
        }
        Self {
            title: title(content),
            status,
            status_tone,
            caution,
            facts: facts(content, shown, show),
            sections: sections(&content.sections),
            signatures: content.signatures.iter().map(|one| signature(one, show)).collect(),
            signed: Vec::new(),
            amendments: Vec::new(),
            actions: Vec::new(),
            versions: versions.iter().map(|one| version_link(one, &address, shown, show)).collect(),
            files: files(&content.attachments, &address),
            original: origin.original.map(|_| format!("{address}/original")),
            top,
        }
    }
}

impl DocumentPage {
    /// A report, read like a document.
    pub(crate) fn of_report(top: Top, entry: &Entry, report: &Report, show: &Show) -> Self {
        let address = format!("{}/reports/{}", top.base, entry.id);
        let in_error = entry.in_error;
        let facts = [
            Fact::new("Kind", show::worded(&report.category)),
            Fact::new("Study", show.maybe(report.at)),
            Fact::new("Issued", show.maybe(report.issued)),
            Fact::new("By", show::names(&report.by)),
        ];
        Self {
            title: report.what.text.clone(),
            status: report_status(&report.status),
            status_tone: if in_error { "stop" } else { "" },
            caution: if in_error { caution(DocumentStatus::EnteredInError).into() } else { String::new() },
            facts: facts.into_iter().flatten().collect(),
            sections: sections(&sections_of(report)),
            signatures: Vec::new(),
            signed: Vec::new(),
            amendments: Vec::new(),
            actions: Vec::new(),
            versions: Vec::new(),
            files: files(&report.attachments, &address),
            original: entry.origin.original.map(|_| format!("{address}/original")),
            top,
        }
    }
}

/// How far a report has come, in one of the words that senders use.
fn report_status(status: &str) -> &'static str {
    let known = ["final", "preliminary", "amended", "corrected", "cancelled", "partial", "registered"];
    known.into_iter().find(|one| *one == status).unwrap_or("as sent")
}

/// The words of a report as sections.
fn sections_of(report: &Report) -> Vec<Section> {
    let section =
        |title: &str, text: &str| Section { title: title.into(), text: text.into(), ..Section::default() };
    let parts = [("", report.text.as_str()), ("Conclusion", report.conclusion.as_str())];
    parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(title, text)| section(title, text)).collect()
}

fn facts(content: &DocumentContent, version: i64, show: &Show) -> Vec<Fact> {
    let kind = content.type_key().and_then(|key| document_types().by_key(key));
    let facts = [
        Fact::new("Type", kind.map_or_else(|| content.kind.text.clone(), |kind| kind.title.to_owned())),
        Fact::new("Written", show.maybe(content.written)),
        Fact::new("By", show::names(&content.authors)),
        Fact::new("Version", version.to_string()),
        Fact::new(
            "Legal record",
            kind.map_or("", |kind| if kind.legal_health_record { "yes" } else { "no" }),
        ),
    ];
    facts.into_iter().flatten().collect()
}

fn signature(one: &chart::document::Attestation, show: &Show) -> String {
    let when = one.at.map_or_else(|| "time not said".into(), |when| show.when(when));
    let meaning = if one.meaning.is_empty() { "signed" } else { one.meaning.as_str() };
    format!("{}: {meaning}, {when}", one.by.name)
}

fn version_link(one: &DocumentVersion, address: &str, shown: i64, show: &Show) -> VersionLink {
    VersionLink {
        href: format!("{address}?version={}", one.version),
        label: format!("{} of {}", one.version, show.moment(one.stored)),
        here: one.version == shown,
    }
}

/// The files, each with its address below that of what they belong to.
pub(crate) fn files(attachments: &[Attachment], address: &str) -> Vec<FileView> {
    let view = |one: &Attachment| FileView {
        href: format!("{address}/files/{}", one.digest),
        title: if one.title.is_empty() { "File".into() } else { one.title.clone() },
        about: format!("{}, {}", one.media_type, show::size(one.bytes)),
        shown: FileView::shown(&one.media_type),
    };
    attachments.iter().map(view).collect()
}
