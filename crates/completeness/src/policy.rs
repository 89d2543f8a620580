//! The rules of a facility on a day: the shipped tables with its own rows laid over them.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::Vocabulary;
use crate::profile::{Ground, Row, RowText, SHIPPED, profile_rows, settings};
use crate::table::{TableError, optional, rows};
use crate::words::Words;
use chart::clock::Span;
use chart::encounter::Setting;

const RULES: &str = include_str!("../../../data/completeness/rule.tsv");
const ELEMENTS: &str = include_str!("../../../data/completeness/element.tsv");
const INTERVALS: &str = include_str!("../../../data/completeness/interval.tsv");
const SIGNATURES: &str = include_str!("../../../data/completeness/signature.tsv");
const RESTRAINTS: &str = include_str!("../../../data/completeness/restraint.tsv");

/// A table or a facility's row cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A row has a word that is not known.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// What kind of hospital it is, by its Medicare participation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FacilityKind {
    /// A hospital under 42 CFR part 482.
    #[default]
    Hospital,
    /// A critical access hospital under 42 CFR part 485, subpart F.
    CriticalAccess,
}

/// A row of the facility's own, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The row it takes the place of; a new key adds a row.
    pub key: String,
    /// First day.
    pub first: Date,
    /// Last day; `None` while in force.
    pub last: Option<Date>,
    /// What it says; `None` when the facility does without the row.
    pub row: Option<RowText>,
}

impl Override {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, day: Date) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }
}

/// The rules in force.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(crate) facility: FacilityKind,
    pub(crate) rows: Vec<Row>,
    pub(crate) tables: &'static Tables,
}

/// The tables that a facility does not edit row by row.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) vocabulary: Vocabulary,
    rules: Vec<Ground>,
    pub(crate) elements: Vec<Element>,
    pub(crate) intervals: Vec<Interval>,
    unsigned: Vec<String>,
    pub(crate) cosign: Vec<Cosign>,
    pub(crate) restraints: Vec<Restraint>,
}

/// A thing a document must say.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) document: String,
    pub(crate) title: String,
    pub(crate) words: Words,
    /// Asked for only where the document says one of these.
    pub(crate) only_if: Words,
}

/// A document that must come again and again.
#[derive(Debug, Clone)]
pub(crate) struct Interval {
    pub(crate) settings: Vec<Setting>,
    pub(crate) title: String,
    pub(crate) documents: Vec<String>,
    pub(crate) every: Span,
    pub(crate) ground: Ground,
}

/// Whose documents need a second signature.
#[derive(Debug, Clone)]
pub(crate) struct Cosign {
    pub(crate) credential: String,
    /// Document types; empty for all.
    pub(crate) documents: Vec<String>,
}

/// How long an order for restraint lasts.
#[derive(Debug, Clone)]
pub(crate) struct Restraint {
    /// From this age in years on.
    pub(crate) from_age_years: i32,
    /// Hours an order lasts.
    pub(crate) order_hours: i64,
}

/// Reads the tables once; a test holds them right, so that an error here is an error of the build.
fn tables() -> &'static Result<Tables, TableError> {
    static TABLES: LazyLock<Result<Tables, TableError>> = LazyLock::new(Tables::read);
    &TABLES
}

/// What documents of a type must state, as shipped, in the order of the table.
pub(crate) fn elements<'k>(kind: &'k str) -> impl Iterator<Item = &'static str> + use<'k> {
    let all = tables().as_ref().map_or(&[] as &[Element], |tables| tables.elements.as_slice());
    all.iter().filter(move |one| one.document == kind).map(|one| one.title.as_str())
}

impl Policy {
    /// The shipped rows with the facility's own over them, on a day.
    ///
    /// # Errors
    /// Where a row cannot be read; the message says which and what could be written.
    pub fn new(facility: FacilityKind, overrides: &[Override], day: Date) -> Result<Self, PolicyError> {
        let tables = tables().as_ref().map_err(Clone::clone)?;
        let rows = Self::texts(overrides, day)?;
        let rows = rows.iter().map(Row::read).collect::<Result<_, _>>()?;
        Ok(Self { facility, rows, tables })
    }

    /// The profile rows in force on a day, as texts: the shipped ones in their order, the facility's new ones after them.
    ///
    /// # Errors
    /// Where the shipped table cannot be read.
    pub fn texts(overrides: &[Override], day: Date) -> Result<Vec<RowText>, PolicyError> {
        let mut rows = profile_rows(SHIPPED)?;
        for own in overrides.iter().filter(|one| one.is_in_force(day)) {
            let at = rows.iter().position(|row| row.key == own.key);
            match (at, &own.row) {
                (Some(at), Some(row)) => rows[at] = row.clone(),
                (Some(at), None) => drop(rows.remove(at)),
                (None, Some(row)) => rows.push(row.clone()),
                (None, None) => {}
            }
        }
        Ok(rows)
    }

    /// Whether there is a rule of this key: a row of the profile in force, or one of the other tables.
    #[must_use]
    pub fn has_rule(&self, key: &str) -> bool {
        self.rows.iter().any(|row| row.ground.key == key)
            || self.rule(key).is_some()
            || self.tables.intervals.iter().any(|row| row.ground.key == key)
    }

    /// The ground of a rule of `rule.tsv`.
    pub(crate) fn rule(&self, key: &str) -> Option<&Ground> {
        self.tables.rules.iter().find(|one| one.key == key)
    }

    /// Whether the author's signature is asked for on documents of a type.
    pub(crate) fn is_signed(&self, kind: &str) -> bool {
        !self.tables.unsigned.iter().any(|one| one == kind)
    }
}

impl Tables {
    fn read() -> Result<Self, TableError> {
        let signatures = rows::<5>("signature.tsv", SIGNATURES)?;
        let of = |what: &'static str| signatures.iter().filter(move |row| row[0] == what);
        Ok(Self {
            vocabulary: Vocabulary::shipped()?,
            rules: rows::<9>("rule.tsv", RULES)?.into_iter().map(rule).collect::<Result<_, _>>()?,
            elements: rows::<5>("element.tsv", ELEMENTS)?.into_iter().map(element).collect(),
            intervals: rows::<11>("interval.tsv", INTERVALS)?
                .into_iter()
                .map(interval)
                .collect::<Result<_, _>>()?,
            unsigned: of("none").map(|row| row[1].to_owned()).collect(),
            cosign: of("cosign").map(cosign).collect(),
            restraints: rows::<3>("restraint.tsv", RESTRAINTS)?
                .into_iter()
                .map(restraint)
                .collect::<Result<_, _>>()?,
        })
    }
}

fn rule(row: [&str; 9]) -> Result<Ground, TableError> {
    let [key, kind, due, responsible, authority, critical_access, verify, text, clears] = row;
    Ok(Ground {
        key: key.into(),
        kind: kind.into(),
        due: optional(due).map(|due| crate::clock::Due::parse("rule.tsv", key, due)).transpose()?,
        responsible: responsible.into(),
        authority: authority.into(),
        critical_access: optional(critical_access).map(str::to_owned),
        verify: verify == "yes",
        text: text.into(),
        clears: clears.into(),
    })
}

fn element(row: [&str; 5]) -> Element {
    let [document, title, words, only_if, _] = row;
    Element {
        document: document.into(),
        title: title.into(),
        words: Words::parse(words),
        only_if: Words::parse(optional(only_if).unwrap_or_default()),
    }
}

fn interval(row: [&str; 11]) -> Result<Interval, TableError> {
    let [key, set, title, documents, every, responsible, authority, critical_access, verify, text, clears] =
        row;
    let wrong = || TableError::Word {
        table: "interval.tsv",
        row: key.into(),
        word: every.into(),
        what: "span",
        known: "write hours or days, such as 72h or 30d",
    };
    let kind = "missing-document";
    Ok(Interval {
        settings: settings("interval.tsv", key, set)?,
        title: title.into(),
        documents: documents.split('/').map(str::to_owned).collect(),
        every: crate::clock::span(every).ok_or_else(wrong)?,
        ground: rule([key, kind, "-", responsible, authority, critical_access, verify, text, clears])?,
    })
}

fn cosign(row: &[&str; 5]) -> Cosign {
    let [_, documents, credential, ..] = row;
    let documents =
        if *documents == "any" { Vec::new() } else { documents.split('/').map(str::to_owned).collect() };
    Cosign { credential: (*credential).into(), documents }
}

fn restraint(row: [&str; 3]) -> Result<Restraint, TableError> {
    let [from, hours, _] = row;
    let number = |text: &str| {
        text.parse::<i32>().map_err(|_| TableError::Word {
            table: "restraint.tsv",
            row: from.into(),
            word: text.into(),
            what: "number",
            known: "write a whole number",
        })
    };
    Ok(Restraint { from_age_years: number(from)?, order_hours: i64::from(number(hours)?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shipped_tables_are_read_and_their_document_types_exist() {
        let policy = Policy::new(FacilityKind::Hospital, &[], date(2026, 11, 22)).unwrap();
        assert!(policy.rows.len() > 40, "{} rows", policy.rows.len());
        let types = chart::document_type::document_types();
        let known = |kind: &str| assert!(types.by_key(kind).is_some(), "no document type {kind}");
        policy.tables.elements.iter().for_each(|one| known(&one.document));
        policy.tables.intervals.iter().flat_map(|one| &one.documents).for_each(|one| known(one));
        policy.tables.unsigned.iter().for_each(|one| known(one));
        let mut keys: Vec<&str> = policy.rows.iter().map(|row| row.ground.key.as_str()).collect();
        keys.sort_unstable();
        keys.windows(2).for_each(|two| assert_ne!(two[0], two[1], "twice in profile.tsv"));
    }

    #[test]
    fn a_facilitys_row_takes_the_place_of_the_shipped_one_for_its_time() {
        let mut row =
            profile_rows(SHIPPED).unwrap().into_iter().find(|row| row.key == "discharge-summary").unwrap();
        row.due = "discharge+7d".into();
        let own = Override {
            key: row.key.clone(),
            first: date(2026, 7, 1),
            last: Some(date(2026, 9, 30)),
            row: Some(row),
        };
        let due = |month| {
            let rows = Policy::texts(std::slice::from_ref(&own), date(2026, month, 5)).unwrap();
            rows.iter().find(|row| row.key == "discharge-summary").map(|row| row.due.clone())
        };
        assert_eq!(due(6).as_deref(), Some("discharge+30d"));
        assert_eq!(due(8).as_deref(), Some("discharge+7d"));
        assert_eq!(due(10).as_deref(), Some("discharge+30d"));
    }
}
