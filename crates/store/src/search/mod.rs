//! Full text over documents, reports and the other entries that have words: in one chart, and across charts.
//!
//! Every word of a query must be in a text, in any form; `"words in order"` and `begin*` are understood. Texts are
//! indexed in the transaction that stores them.

mod index;
mod query;
mod snippet;
mod text;
mod words;

use chart::document::{Document, DocumentStatus};
use chart::entry::Entry;
use chart::id::{DocumentId, EncounterId, EntryId, PatientId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::condition::Conditions;
use crate::row::{self, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx};

pub use query::Query;
pub use snippet::Marked;

/// What a text is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// A document.
    Document(DocumentId),
    /// An entry of the chart.
    Entry(EntryId),
}

impl Of {
    const fn kind(self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Entry(_) => "entry",
        }
    }

    fn id(self) -> String {
        match self {
            Self::Document(id) => id.to_string(),
            Self::Entry(id) => id.to_string(),
        }
    }
}

/// A text of `search_text`.
struct Text {
    of: Of,
    patient: PatientId,
    encounter: Option<EncounterId>,
    kind: String,
    at: Timestamp,
    title: String,
    body: String,
}

const INSERT: Insert<'_> = Insert {
    head: "
insert into search_text (kind, object, patient, encounter, type, at, title, body)
values",
    width: 8,
    tail: "",
};

/// Makes documents findable; not those that should not have been written.
pub(crate) async fn add_documents(tx: &mut Tx, documents: &[Document]) -> Result<()> {
    let valid = documents.iter().filter(|one| one.content.status != DocumentStatus::EnteredInError);
    let texts = valid.map(|one| {
        let (title, body) = text::of_document(one);
        Text {
            of: Of::Document(one.id),
            patient: one.patient,
            encounter: one.encounter,
            kind: one.content.type_key().unwrap_or_default().to_owned(),
            at: crate::documents::sorted_at(one),
            title,
            body,
        }
    });
    add(tx, &texts.collect::<Vec<_>>()).await
}

/// Makes entries findable that have words; not those withdrawn.
pub(crate) async fn add_entries(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    let texts = entries.iter().filter(|one| !one.in_error).filter_map(|one| {
        let (title, body) = text::of_entry(one)?;
        let kind = one.content.kind().to_owned();
        let at = crate::entries::sorted_at(one);
        Some(Text {
            of: Of::Entry(one.id),
            patient: one.patient,
            encounter: one.encounter,
            kind,
            at,
            title,
            body,
        })
    });
    add(tx, &texts.collect::<Vec<_>>()).await
}

async fn add(tx: &mut Tx, texts: &[Text]) -> Result<()> {
    let bind = |text: &Text, values: &mut Values| {
        values.add(text.of.kind())?;
        values.add(text.of.id())?;
        values.add(text.patient.to_string())?;
        values.add(text.encounter.map(|id| id.to_string()))?;
        values.add(text.kind.as_str())?;
        values.add(micros(text.at))?;
        // PostgreSQL has no place for a zero byte in a text.
        values.add(text.title.replace('\0', " "))?;
        values.add(text.body.replace('\0', " "))
    };
    INSERT.run(tx, texts, bind).await?;
    let indexed: Vec<index::Indexed<'_>> = texts
        .iter()
        .map(|text| index::Indexed {
            kind: text.of.kind(),
            object: text.of.id(),
            title: &text.title,
            body: &text.body,
        })
        .collect();
    index::add(tx, &indexed).await
}

const REMOVE_INDEXED: &str = "
delete from search_index
where rowid in (
  select place
  from search_text
  where kind = $1
    and object = $2
)
";

const REMOVE: &str = "
delete from search_text
where kind = $1
  and object = $2
";

/// Makes a text unfindable.
pub(crate) async fn remove(tx: &mut Tx, of: Of) -> Result<()> {
    for statement in [REMOVE_INDEXED, REMOVE] {
        sqlx::query(statement).bind(of.kind()).bind(of.id()).execute(tx.sql()).await?;
    }
    Ok(())
}

const ALL: &str = "
select place, kind, object, title, body
from search_text
where place > $1
order by place
limit 500
";

/// Indexes every text of an index that is empty.
pub(crate) async fn index_again(tx: &mut Tx) -> Result<()> {
    let mut last = 0;
    loop {
        let rows = sqlx::query(ALL).bind(last).fetch_all(tx.sql()).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = row::int(end, "place")?;
        let texts = row::all(&rows, |row| Ok((of(row)?, row::text(row, "title")?, row::text(row, "body")?)))?;
        let indexed: Vec<index::Indexed<'_>> = texts
            .iter()
            .map(|(of, title, body)| index::Indexed { kind: of.kind(), object: of.id(), title, body })
            .collect();
        index::add(tx, &indexed).await?;
    }
}

/// Where to look. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// In the charts of these patients; empty for every chart.
    pub patients: Vec<PatientId>,
    /// In this encounter.
    pub encounter: Option<EncounterId>,
    /// Only texts of these types: document types by key, kinds of entry; empty for any.
    pub types: Vec<String>,
    /// Also in charts that need a reason to be opened.
    pub with_restricted: bool,
}

/// A text that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is of.
    pub of: Of,
    /// In whose chart.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: Option<EncounterId>,
    /// The document's type, or the entry's kind.
    pub kind: String,
    /// When it was.
    pub at: Timestamp,
    /// Its title, marked where it matched.
    pub title: Marked,
    /// The places of its text that matched; empty when only the title did.
    pub pieces: Vec<Marked>,
}

/// Pieces shown of one text.
const MOST_PIECES: usize = 3;

/// The texts in which everything of the query is, the best first.
pub async fn find(reader: &mut Reader, query: &Query, scope: &Scope, page: Page) -> Result<Vec<Hit>> {
    let matching = index::matching(reader.kind(), query);
    let select = format!(
        "select search_text.kind, search_text.object, search_text.patient, search_text.encounter, search_text.type,
  search_text.at, search_text.title, search_text.body
{}
",
        matching.from
    );
    let order = matching.order;
    let rows = conditions(matching, scope)?.rows(reader, &select, order, page).await?;
    row::all(&rows, |row| hit(row, query))
}

/// How many texts have everything of the query.
pub async fn count(reader: &mut Reader, query: &Query, scope: &Scope) -> Result<i64> {
    let matching = index::matching(reader.kind(), query);
    let select = format!("select count(*) as count\n{}\n", matching.from);
    conditions(matching, scope)?.count(reader, &select).await
}

/// The query is the first value.
fn conditions(matching: index::Match, scope: &Scope) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    conditions.within(matching.condition, matching.query, matching.end)?;
    conditions.any_of("search_text.patient", scope.patients.iter().map(ToString::to_string))?;
    conditions.with("search_text.encounter =", scope.encounter.map(|id| id.to_string()))?;
    conditions.any_of("search_text.type", scope.types.iter().cloned())?;
    if !scope.with_restricted {
        conditions.plain("search_text.patient not in (select id from patient where restriction is not null)");
    }
    Ok(conditions)
}

fn hit(row: &AnyRow, query: &Query) -> Result<Hit> {
    Ok(Hit {
        of: of(row)?,
        patient: row::parsed(row, "patient")?,
        encounter: row::opt_parsed(row, "encounter")?,
        kind: row::text(row, "type")?,
        at: row::instant(row, "at")?,
        title: snippet::whole(&row::text(row, "title")?, query),
        pieces: snippet::pieces(&row::text(row, "body")?, query, MOST_PIECES),
    })
}

fn of(row: &AnyRow) -> Result<Of> {
    match row::text(row, "kind")?.as_str() {
        "document" => Ok(Of::Document(row::parsed(row, "object")?)),
        "entry" => Ok(Of::Entry(row::parsed(row, "object")?)),
        other => Err(Error::Unreadable {
            column: "kind".into(),
            why: format!("`{other}` is neither document nor entry"),
        }),
    }
}
