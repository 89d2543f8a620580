//! The provider's inbox: everything that waits for one person, in one list, with the minutes it will take.

use std::sync::LazyLock;

use chart::access::Permission;
use chart::deficiency::{Deficiency, DeficiencyKind, StepKind, Subject};
use chart::dictation::work_types;
use chart::document::DocumentStatus;
use chart::entry::EntryContent;
use chart::id::{DeficiencyId, DictationId, DocumentId, EncounterId, EntryId, PatientId, QueryId};
use chart::letter::Letter;
use chart::patient::Patient;
use jiff::Timestamp;
use serde_json::json;
use store::deficiencies::{self, Pile};
use store::signatures::{self, Request, Whom};
use store::{Page, Reader, Store, dictations, unsigned};

use crate::signing::{Me, me};
use crate::{Context, Result, delinquency, gate};

static WORK: &str = include_str!("../../../data/record/inbox-work.tsv");
/// Items of a kind that are listed at most: who has more begins with these.
const MOST: Page = Page::first(500);

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What is to be done, and to what.
    pub work: Work,
    /// Whose record.
    pub patient: Patient,
    /// What it is: the document's title, the order's words.
    pub what: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// Until when, where a clock runs.
    pub due: Option<Timestamp>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Sign what one wrote.
    Sign(DocumentId),
    /// Read and co-sign what another wrote.
    CoSign(DocumentId),
    /// Read a dictation, fill its blanks, sign it.
    Dictation(DictationId, usize),
    /// Authenticate an order one spoke.
    VerbalOrder(EntryId),
    /// Dictate what the record of an encounter lacks.
    Dictate(DeficiencyId, EncounterId),
    /// Write or mend what a record lacks.
    Complete(DeficiencyId),
    /// Answer what was asked.
    Answer(QueryId),
}

impl Work {
    /// Its key in `data/record/inbox-work.tsv`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sign(_) => "sign",
            Self::CoSign(_) => "co-sign",
            Self::Dictation(..) => "dictation",
            Self::VerbalOrder(_) => "verbal-order",
            Self::Dictate(..) => "dictate",
            Self::Complete(_) => "complete",
            Self::Answer(_) => "answer",
        }
    }

    /// What it is called: `Read and co-sign`.
    #[must_use]
    pub fn title(self) -> &'static str {
        row(self.key()).1
    }

    /// How many minutes it will take, by the table.
    #[must_use]
    pub fn minutes(self) -> u32 {
        row(self.key()).2
    }
}

type Row = (&'static str, &'static str, u32);

fn row(key: &str) -> Row {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| WORK.lines().filter_map(read).collect());
    ROWS.iter().find(|row| row.0 == key).copied().unwrap_or(("", "", 0))
}

fn read(line: &'static str) -> Option<Row> {
    let (key, rest) = line.split_once('\t')?;
    let (title, minutes) = rest.split_once('\t')?;
    Some((key, title, minutes.parse().ok()?))
}

/// Everything that waits, what is due first, then the oldest.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    /// The items.
    pub items: Vec<Item>,
    /// Letters on incomplete records that wait to be read, the latest first.
    pub letters: Vec<Letter>,
}

impl Inbox {
    /// How many minutes it will take in all.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.items.iter().map(|item| item.work.minutes()).sum()
    }
}

/// The inbox of who acts.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission to sign.
pub async fn inbox(store: &Store, context: &Context) -> Result<Inbox> {
    context.must(Permission::DocumentSign)?;
    let mut view = store.view().await?;
    let me = me(&mut view, context).await?;
    // What the analysis found stands first: it knows until when, and the same work is listed once.
    let mut found = owed(&mut view, &me).await?;
    found.extend(queries(&mut view, &me).await?);
    found.extend(documents(&mut view, &me).await?);
    found.extend(requests(&mut view, &me).await?);
    found.extend(typed(&mut view, context).await?);
    found.extend(orders(&mut view, &me).await?);
    let mut items: Vec<Item> = Vec::with_capacity(found.len());
    for (patient, work, what, since, due) in found {
        if items.iter().any(|item| item.work == work) {
            continue;
        }
        // What was moved to a chart that is not open to one is not shown.
        if gate::opens(&mut view, context, patient, Permission::DocumentSign).await? {
            let patient = gate::surviving(&mut view, patient).await?;
            items.push(Item { work, patient, what, since, due });
        }
    }
    items.sort_by_key(|item| (item.due.unwrap_or(Timestamp::MAX), item.since));
    let letters = delinquency::unread(&mut view, &me).await?;
    let shown: Vec<PatientId> = items.iter().map(|item| item.patient.id).collect();
    view.finish(context.event("inbox-read").detail(json!({ "shown": shown }))).await?;
    Ok(Inbox { items, letters })
}

type Found = (PatientId, Work, String, Timestamp, Option<Timestamp>);

/// What the analysis of records found that one owes.
async fn owed(reader: &mut Reader, me: &Me) -> Result<Vec<Found>> {
    let Some(party) = me.party else { return Ok(Vec::new()) };
    let responsible = Some(party.to_string());
    let filter = deficiencies::Filter { pile: Some(Pile::Owed), responsible, ..Default::default() };
    let found = deficiencies::list(reader, &filter, MOST).await?;
    // A query is answered on its own page, which is listed beside.
    let other = found.into_iter().filter(|one| one.deficiency.kind != DeficiencyKind::Query);
    let found = other.map(|one| {
        let due = one.deficiency.due();
        let (patient, work) = (one.deficiency.patient, work_of(&one.deficiency));
        let since = one.deficiency.clock.started().or(one.deficiency.history.last_at());
        (patient, work, one.deficiency.what, since.unwrap_or(Timestamp::UNIX_EPOCH), due)
    });
    Ok(found.collect())
}

fn work_of(one: &Deficiency) -> Work {
    match (one.kind, &one.subject, one.chain.current().kind) {
        (DeficiencyKind::Unsigned, Subject::Document(id), _) => Work::Sign(*id),
        (DeficiencyKind::Cosignature, Subject::Document(id), _) => Work::CoSign(*id),
        (DeficiencyKind::VerbalOrder, Subject::Entry(id), _) => Work::VerbalOrder(*id),
        (.., StepKind::Dictate) => Work::Dictate(one.id, one.encounter),
        _ => Work::Complete(one.id),
    }
}

/// What was asked of one and waits for an answer.
async fn queries(reader: &mut Reader, me: &Me) -> Result<Vec<Found>> {
    let Some(party) = me.party else { return Ok(Vec::new()) };
    let responsible = Some(party.to_string());
    let filter =
        store::queries::Filter { states: store::queries::OWED.to_vec(), responsible, ..Default::default() };
    let found = store::queries::list(reader, &filter, MOST).await?.into_iter().map(|one| {
        let (since, due) = (one.issued_at().unwrap_or(Timestamp::UNIX_EPOCH), one.due());
        (one.patient, Work::Answer(one.id), one.ask.title, since, due)
    });
    Ok(found.collect())
}

/// What one wrote here, and what others wrote down for one in encounters one takes part in.
async fn documents(reader: &mut Reader, me: &Me) -> Result<Vec<Found>> {
    let own = unsigned::documents(reader, &me.keys, MOST).await?;
    let found = own.into_iter().map(|one| {
        let since = one.content.written.map_or(one.origin.received, chart::date::When::sort_key);
        (one.patient, Work::Sign(one.id), one.content.title, since, None)
    });
    Ok(found.collect())
}

async fn requests(reader: &mut Reader, me: &Me) -> Result<Vec<Found>> {
    let account = me.actor.user.map(Whom::Account);
    let mut found = Vec::new();
    for signer in account.into_iter().chain(me.party.map(Whom::Party)) {
        for asked in signatures::asked_of(reader, signer, MOST).await? {
            found.extend(asked_for(reader, asked).await?);
        }
    }
    Ok(found)
}

async fn asked_for(reader: &mut Reader, asked: Request) -> Result<Option<Found>> {
    let document = store::documents::get(reader, asked.document).await?;
    let title = document.content.title;
    let signed = matches!(document.content.status, DocumentStatus::Final | DocumentStatus::Amended);
    // What its author has not signed yet cannot be co-signed.
    let (work, what) = match (asked.signer, signed) {
        (Whom::Account(_), false) => (Work::Sign(document.id), title),
        (Whom::Party(_), true) => {
            (Work::CoSign(document.id), format!("{title}, asked by {}", asked.asked_by))
        }
        _ => return Ok(None),
    };
    Ok(Some((document.patient, work, what, asked.asked, None)))
}

async fn typed(reader: &mut Reader, context: &Context) -> Result<Vec<Found>> {
    let filter =
        dictations::Filter { states: vec!["with-author"], author: context.user(), ..Default::default() };
    let typed = dictations::list(reader, &filter, MOST).await?;
    let found = typed.into_iter().map(|one| {
        let title = work_types().by_key(&one.work_type).map_or(one.work_type.as_str(), |kind| &kind.title);
        let since = one.history.last_at().unwrap_or(one.dictated);
        (one.patient, Work::Dictation(one.id, one.blanks()), title.to_owned(), since, None)
    });
    Ok(found.collect())
}

async fn orders(reader: &mut Reader, me: &Me) -> Result<Vec<Found>> {
    let orders = unsigned::verbal_orders(reader, &me.keys, MOST).await?;
    let found = orders.into_iter().filter_map(|one| match one.content {
        EntryContent::Order(order) => {
            let since = order.ordered.map_or(one.origin.received, chart::date::When::sort_key);
            Some((one.patient, Work::VerbalOrder(one.id), order.what.text, since, None))
        }
        _ => None,
    });
    Ok(found.collect())
}
