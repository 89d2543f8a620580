//! The rows of `data/completeness/profile.tsv`: what a record of each setting must hold, when, and by which authority.

use chart::encounter::Setting;
use serde::{Deserialize, Serialize};

use crate::clock::Due;
use crate::condition::Conditions;
use crate::event::Class;
use crate::need::Need;
use crate::table::{TableError, optional, rows};

/// The table as shipped.
pub const SHIPPED: &str = include_str!("../../../data/completeness/profile.tsv");
const TABLE: &str = "profile.tsv";

/// A row as it is written and edited: one text for each column. Column by column the same as `profile.tsv`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RowText {
    /// The row's key, once in the table: `discharge-summary`.
    pub key: String,
    /// The settings it is for, joined by commas, or `any`.
    pub settings: String,
    /// Its conditions, joined by commas, or `-`.
    pub when: String,
    /// What it is asked once for: `encounter`, or a class of events.
    pub per: String,
    /// Where it is looked for: `stay`, `chart`, `event`, `before` or `after`.
    pub within: String,
    /// What is asked for, as a person says it.
    pub title: String,
    /// What fills the place.
    pub filled_by: String,
    /// By when, or `-`.
    pub due: String,
    /// The kind of deficiency when it is not there.
    pub kind: String,
    /// Who owes it.
    pub responsible: String,
    /// The regulation or policy.
    pub authority: String,
    /// The same for a critical access hospital, or `-` when it is the same.
    pub critical_access: String,
    /// `yes` where the value awaits a look at the primary text.
    pub verify: String,
    /// What the authority asks for, in plain words.
    pub text: String,
}

/// What a row is asked once for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Per {
    /// The encounter.
    Encounter,
    /// Each event of a class.
    Event(Class),
}

/// Where what fills a place is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// In the encounter.
    Stay,
    /// In the whole chart.
    Chart,
    /// From the beginning of the event to that of the next of its class.
    Event,
    /// After the last event of its class, to the end of this one.
    Before,
    /// In the encounter, from the beginning of the event on.
    After,
}

/// Where a demand comes from and what becomes of it: common to all rows that find something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ground {
    pub(crate) key: String,
    pub(crate) kind: String,
    pub(crate) due: Option<Due>,
    pub(crate) responsible: String,
    pub(crate) authority: String,
    pub(crate) critical_access: Option<String>,
    pub(crate) verify: bool,
    pub(crate) text: String,
    pub(crate) clears: String,
}

/// A row that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) settings: Vec<Setting>,
    pub(crate) when: Conditions,
    pub(crate) per: Per,
    pub(crate) within: Within,
    pub(crate) title: String,
    pub(crate) filled_by: Need,
    pub(crate) ground: Ground,
}

/// The rows of a profile table, as texts.
///
/// # Errors
/// Where a row has not as many columns as the heading.
pub fn profile_rows(table: &str) -> Result<Vec<RowText>, TableError> {
    Ok(rows::<14>(TABLE, table)?.into_iter().map(RowText::of).collect())
}

impl RowText {
    fn of(columns: [&str; 14]) -> Self {
        let [
            key,
            settings,
            when,
            per,
            within,
            title,
            filled_by,
            due,
            kind,
            responsible,
            authority,
            critical_access,
            verify,
            text,
        ] = columns.map(str::to_owned);
        Self {
            key,
            settings,
            when,
            per,
            within,
            title,
            filled_by,
            due,
            kind,
            responsible,
            authority,
            critical_access,
            verify,
            text,
        }
    }

    /// Its columns, in the order of the table.
    #[must_use]
    pub fn columns(&self) -> [&str; 14] {
        [
            &self.key,
            &self.settings,
            &self.when,
            &self.per,
            &self.within,
            &self.title,
            &self.filled_by,
            &self.due,
            &self.kind,
            &self.responsible,
            &self.authority,
            &self.critical_access,
            &self.verify,
            &self.text,
        ]
    }

    /// Whether the row can be used; the error says which word cannot.
    ///
    /// # Errors
    /// Where a column holds a word that is not known.
    pub fn check(&self) -> Result<(), TableError> {
        Row::read(self).map(drop)
    }
}

impl Row {
    pub(crate) fn read(text: &RowText) -> Result<Self, TableError> {
        let row = text.key.as_str();
        let filled_by = Need::parse(TABLE, row, &text.filled_by)?;
        let clears = format!("In the record, in its time: {}.", filled_by.shown());
        Ok(Self {
            settings: settings(TABLE, row, &text.settings)?,
            when: Conditions::parse(TABLE, row, &text.when)?,
            per: per(row, &text.per)?,
            within: within(row, &text.within)?,
            title: text.title.clone(),
            filled_by,
            ground: Ground {
                key: text.key.clone(),
                kind: text.kind.clone(),
                due: optional(&text.due).map(|due| Due::parse(TABLE, row, due)).transpose()?,
                responsible: text.responsible.clone(),
                authority: text.authority.clone(),
                critical_access: optional(&text.critical_access).map(str::to_owned),
                verify: text.verify == "yes",
                text: text.text.clone(),
                clears,
            },
        })
    }
}

/// Settings joined by commas; `any` is all of them.
pub(crate) fn settings(table: &'static str, row: &str, text: &str) -> Result<Vec<Setting>, TableError> {
    if text == "any" {
        return Ok(Setting::ALL.to_vec());
    }
    let one = |key: &str| Setting::ALL.into_iter().find(|setting| setting.key() == key.trim());
    let wrong = |key: &str| TableError::Word {
        table,
        row: row.into(),
        word: key.into(),
        what: "setting",
        known: "write any, or inpatient, emergency, observation, ambulatory-surgery, clinic, obstetric, newborn, \
                swing-bed, skilled-nursing, joined by commas",
    };
    text.split(',').map(|key| one(key).ok_or_else(|| wrong(key))).collect()
}

fn per(row: &str, text: &str) -> Result<Per, TableError> {
    if text == "encounter" {
        return Ok(Per::Encounter);
    }
    Class::by_key(text).map(Per::Event).ok_or_else(|| TableError::Word {
        table: TABLE,
        row: row.into(),
        word: text.into(),
        what: "thing a row is asked once for",
        known: "write encounter, operation, endoscopy, delivery, transfusion, restraint, invasive or anesthesia",
    })
}

fn within(row: &str, text: &str) -> Result<Within, TableError> {
    Ok(match text {
        "stay" => Within::Stay,
        "chart" => Within::Chart,
        "event" => Within::Event,
        "before" => Within::Before,
        "after" => Within::After,
        _ => {
            return Err(TableError::Word {
                table: TABLE,
                row: row.into(),
                word: text.into(),
                what: "place to look in",
                known: "write stay, chart, event, before or after",
            });
        }
    })
}
