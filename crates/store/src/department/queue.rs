//! Work queues: one source of rows each, in the order of the clock, read a page at a time from where the last ended.

use std::collections::HashMap;

use chart::id::{PatientId, UserId};
use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::row::{self, micros};
use crate::write::Values;
use crate::{Reader, Result};

/// Where the rows of a queue come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// What records lack.
    Deficiency,
    /// What does not agree in records.
    Accuracy,
    /// What was dictated and is not with its author yet.
    Dictation,
    /// Papers that wait to be filed.
    Upload,
    /// Messages that were rejected.
    Message,
    /// Charts that may be one person's.
    Duplicate,
    /// Encounters that have ended and are not coded.
    Coding,
}

/// How long an encounter may wait for its codes, in microseconds: four days, what departments commonly aim at between
/// discharge and final bill.
const CODING_SPAN: i64 = 4 * 86_400_000_000;

impl Source {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Deficiency,
        Self::Accuracy,
        Self::Dictation,
        Self::Upload,
        Self::Message,
        Self::Duplicate,
        Self::Coding,
    ];

    /// The key it is named and stored by.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deficiency => "deficiency",
            Self::Accuracy => "accuracy",
            Self::Dictation => "dictation",
            Self::Upload => "upload",
            Self::Message => "message",
            Self::Duplicate => "duplicate",
            Self::Coding => "coding",
        }
    }

    /// The source with this key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// The open items of the source as `item, patient, kind, responsible, due, since`, with its own condition.
    const fn rows(self) -> &'static str {
        match self {
            Self::Deficiency => {
                "
select id as item, patient, encounter, kind, responsible, due, created as since
from deficiency
where pile = 'owed'"
            }
            Self::Accuracy => {
                "
select id as item, patient, encounter, rule as kind, subject as responsible, due, found as since
from accuracy_finding
where state = 'open'"
            }
            Self::Dictation => {
                "
select id as item, patient, encounter, state as kind, coalesce(typist, '') as responsible, due, due as since
from dictation
where state in ('dictated', 'assigned', 'in-progress', 'typed', 'reviewed', 'sent-back')
  and due is not null"
            }
            Self::Upload => {
                "
select id as item, patient, cast(null as text) as encounter, kind, sender as responsible, received as due, received as since
from arrival
where state = 'waiting'
  and channel = 'upload'"
            }
            Self::Message => {
                "
select id as item, patient, cast(null as text) as encounter, kind, sender as responsible, received as due, received as since
from arrival
where state = 'rejected'"
            }
            Self::Duplicate => {
                "
select lower || '/' || higher as item, lower as patient, cast(null as text) as encounter, outcome as kind,
  outcome as responsible, found as due, found as since
from pair_review
where state = 'open'"
            }
            Self::Coding => {
                "
select id as item, patient, id as encounter, setting as kind,
  case when coded is null then 'coding not begun' else 'being coded' end as responsible,
  coalesce(until, at) as due, coalesce(until, at) as since
from encounter
where status = 'closed'
  and final_bill is null
  and coalesce(coded, 'open') = 'open'"
            }
        }
    }

    /// The columns that stand for due, item, kind and responsible in conditions.
    const fn columns(self) -> Columns {
        match self {
            Self::Deficiency => {
                Columns { due: "due", item: "id", kind: "kind", responsible: "responsible_key" }
            }
            Self::Accuracy => Columns { due: "due", item: "id", kind: "rule", responsible: "subject" },
            Self::Dictation => Columns { due: "due", item: "id", kind: "state", responsible: "typist" },
            Self::Upload | Self::Message => {
                Columns { due: "received", item: "id", kind: "kind", responsible: "sender" }
            }
            Self::Duplicate => Columns {
                due: "found",
                item: "lower || '/' || higher",
                kind: "outcome",
                responsible: "outcome",
            },
            Self::Coding => Columns {
                due: "coalesce(until, at)",
                item: "id",
                kind: "setting",
                responsible: "case when coded is null then 'coding not begun' else 'being coded' end",
            },
        }
    }

    /// How long after the instant in its due column something is due.
    const fn span(self) -> i64 {
        match self {
            Self::Coding => CODING_SPAN,
            _ => 0,
        }
    }
}

struct Columns {
    due: &'static str,
    item: &'static str,
    kind: &'static str,
    responsible: &'static str,
}

/// Which rows of a source a queue has. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Of one of these kinds; empty for any.
    pub kinds: Vec<String>,
    /// Owed by this one.
    pub responsible: Option<String>,
    /// Due before.
    pub due_before: Option<Timestamp>,
    /// Given to this person.
    pub assignee: Option<UserId>,
    /// Given to nobody.
    pub unassigned: bool,
    /// Brought before the order of the clock, or not; `None` for both.
    pub goes_first: Option<bool>,
}

/// Where a page ended: the next begins after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The last row's due instant.
    pub due: Timestamp,
    /// The last row's item.
    pub item: String,
}

/// A row of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its key in its source.
    pub item: String,
    /// In whose chart, where it is one's.
    pub patient: Option<PatientId>,
    /// In which encounter.
    pub encounter: Option<String>,
    /// What kind of work it is.
    pub kind: String,
    /// Who owes it, or what it is about.
    pub responsible: String,
    /// Until when.
    pub due: Timestamp,
    /// Since when it waits.
    pub since: Timestamp,
}

/// A page of a queue: `take` rows after `after`, the first due first.
pub async fn rows(
    reader: &mut Reader,
    source: Source,
    filter: &Filter,
    after: Option<&After>,
    take: u32,
) -> Result<Vec<Row>> {
    let mut statement = Statement::of(source, filter)?;
    let columns = source.columns();
    if let Some(after) = after {
        let (due, item) =
            (statement.place(micros(after.due) - source.span())?, statement.place(after.item.clone())?);
        statement.sql += &format!("\n  and ({}, {}) > ({due}, {item})", columns.due, columns.item);
    }
    let sql = match statement.in_hand(source) {
        Some(from) => format!("select q.*\nfrom {from}\norder by q.due, q.item\nlimit {take}"),
        None => format!("{}\norder by {}, {}\nlimit {take}", statement.sql, columns.due, columns.item),
    };
    let rows = sqlx::query_with(AssertSqlSafe(sql), statement.values.into_arguments());
    let mut rows = row::all(&rows.fetch_all(reader.sql()).await?, read)?;
    let span = SignedDuration::from_micros(source.span());
    rows.iter_mut().for_each(|row| row.due = row.due.saturating_add(span).unwrap_or(row.due));
    Ok(rows)
}

/// How much of a queue waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// All of it.
    pub open: i64,
    /// What is past due.
    pub overdue: i64,
    /// What is given to somebody.
    pub assigned: i64,
    /// Since when the first due waits.
    pub oldest: Option<Timestamp>,
}

/// What was counted already: queues share rows, and the overdue part of one is the whole of another. Good for one
/// reader, which sees one state.
#[derive(Debug, Default)]
pub struct Counted(HashMap<(Source, Filter, bool), i64>);

/// How much of a queue waits at `now`. Four statements, each served by an index: one over all columns read every row of
/// a long queue.
pub async fn load(
    reader: &mut Reader,
    counted: &mut Counted,
    (source, filter): (Source, &Filter),
    now: Timestamp,
) -> Result<Load> {
    let due_before = filter.due_before.map_or(now, |before| before.min(now));
    let overdue = Filter { due_before: Some(due_before), ..filter.clone() };
    let first = rows(reader, source, filter, None, 1).await?;
    Ok(Load {
        open: counted.count(reader, source, filter, false).await?,
        overdue: counted.count(reader, source, &overdue, false).await?,
        assigned: counted.count(reader, source, filter, true).await?,
        oldest: first.first().map(|row| row.since),
    })
}

impl Counted {
    /// How many rows a queue has, or how many of them are in somebody's hands.
    async fn count(
        &mut self,
        reader: &mut Reader,
        source: Source,
        filter: &Filter,
        is_given: bool,
    ) -> Result<i64> {
        let key = (source, filter.clone(), is_given);
        if let Some(known) = self.0.get(&key) {
            return Ok(*known);
        }
        let count = count(reader, source, filter, is_given).await?;
        self.0.insert(key, count);
        Ok(count)
    }
}

/// How many rows a queue has, or how many of them are in somebody's hands.
async fn count(reader: &mut Reader, source: Source, filter: &Filter, is_given: bool) -> Result<i64> {
    let mut statement = Statement::of(source, filter)?;
    if is_given {
        statement.hand.push("a.assignee is not null".into());
    }
    let from = statement.in_hand(source).unwrap_or_else(|| format!("({}) q", statement.sql));
    let sql = format!("select count(*) as count\nfrom {from}\n");
    let count = sqlx::query_with(AssertSqlSafe(sql), statement.values.into_arguments());
    row::int(&count.fetch_one(reader.sql()).await?, "count")
}

/// A statement that is put together with its values. Only placeholders and words of this file come into its text.
struct Statement {
    sql: String,
    values: Values,
    /// What the item's assignment must be; it is `a`.
    hand: Vec<String>,
}

impl Statement {
    fn of(source: Source, filter: &Filter) -> Result<Self> {
        let columns = source.columns();
        let mut statement =
            Self { sql: source.rows().to_owned(), values: Values::default(), hand: Vec::new() };
        let mut kinds = Vec::new();
        for kind in &filter.kinds {
            kinds.push(statement.place(kind.clone())?);
        }
        if !kinds.is_empty() {
            statement.sql += &format!("\n  and {} in ({})", columns.kind, kinds.join(", "));
        }
        if let Some(responsible) = &filter.responsible {
            let place = statement.place(responsible.clone())?;
            statement.sql += &format!("\n  and {} = {place}", columns.responsible);
        }
        if let Some(before) = filter.due_before {
            let place = statement.place(micros(before) - source.span())?;
            statement.sql += &format!("\n  and {} < {place}", columns.due);
        }
        if let Some(person) = filter.assignee {
            let place = statement.place(person.to_string())?;
            statement.hand.push(format!("a.assignee = {place}"));
        }
        let given = format!("select item from assignment where source = '{}'", source.key());
        match filter.goes_first {
            Some(true) => statement.hand.push("a.priority > 0".into()),
            Some(false) => {
                statement.sql += &format!("\n  and {} not in ({given} and priority > 0)", columns.item);
            }
            None => {}
        }
        if filter.unassigned {
            statement.sql += &format!("\n  and {} not in ({given} and assignee is not null)", columns.item);
        }
        Ok(statement)
    }

    /// The rows whose assignment is as it must be; `None` where nothing is said of it. What is in somebody's hands is
    /// little of a long queue: it is looked up item by item, in the order that `cross join` keeps where a planner has no
    /// figures to go by.
    fn in_hand(&self, source: Source) -> Option<String> {
        let (inner, key) = (&self.sql, source.key());
        let hand = self.hand.join("\n  and ");
        (!hand.is_empty()).then(|| {
            format!("assignment a\ncross join ({inner}) q\nwhere a.source = '{key}'\n  and q.item = a.item\n  and {hand}")
        })
    }

    /// The placeholder of a value.
    fn place<'t, T: sqlx::Encode<'t, sqlx::Any> + sqlx::Type<sqlx::Any>>(
        &mut self,
        value: T,
    ) -> Result<String> {
        self.values.add(value)?;
        Ok(format!("${}", self.values.len()))
    }
}

fn read(row: &AnyRow) -> Result<Row> {
    Ok(Row {
        item: row::text(row, "item")?,
        patient: row::opt_parsed(row, "patient")?,
        encounter: row::opt_text(row, "encounter")?,
        kind: row::text(row, "kind")?,
        responsible: row::text(row, "responsible")?,
        due: row::instant(row, "due")?,
        since: row::instant(row, "since")?,
    })
}
