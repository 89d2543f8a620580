//! What changed between two days: codes that came, went or were retitled, and what the grouper and the editor say
//! differently of those that stayed.

mod tables;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::manual::{Classification, Entry, Manual, ManualError};
use crate::{Code, FiscalYear, Pack, PackError, Registry, Table};

pub use tables::{Compared, EXCLUSION_GROUPS, SECTION_PREFIX, TABLES};

/// Everything that differs between two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The earlier day.
    pub from: Date,
    /// The later day.
    pub to: Date,
    /// Codes valid on the later day only.
    pub added: Vec<Listed>,
    /// Codes valid on the earlier day only.
    pub deleted: Vec<Listed>,
    /// Codes valid on both days, and headers, whose title differs.
    pub retitled: Vec<Retitled>,
    /// What the tables say differently of codes valid on both days.
    pub changed: Vec<Change>,
    /// Relative weights that differ, where both years' Table 5 is held.
    pub weights: Vec<WeightChange>,
}

/// A code with its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The classification.
    pub classification: Classification,
    /// The code.
    pub code: Code,
    /// Its title; `None` where none is at hand.
    pub title: Option<String>,
}

/// A code or header with its title on both days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retitled {
    /// The classification.
    pub classification: Classification,
    /// The code or header.
    pub code: Code,
    /// Title on the earlier day.
    pub before: String,
    /// Title on the later day.
    pub after: String,
}

/// One thing a table says differently of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The code.
    pub code: Code,
    /// What differs, such as `severity`.
    pub aspect: &'static str,
    /// Said on the earlier day only.
    pub lost: Vec<String>,
    /// Said on the later day only.
    pub gained: Vec<String>,
}

/// A DRG's relative weight in two fiscal years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeightChange {
    /// The DRG, three digits.
    pub drg: String,
    /// Weight as printed in the earlier year's Table 5; `None` if the DRG is new.
    pub before: Option<String>,
    /// Weight as printed in the later year's Table 5; `None` if the DRG is gone.
    pub after: Option<String>,
}

/// Compares `from` with `to`; with `only`, speaks of those codes alone.
pub fn diff(pack: &Pack, from: Date, to: Date, only: Option<&BTreeSet<Code>>) -> Result<Diff, ManualError> {
    let registry = Registry::open(pack).map_err(|_| PackError::Format(Registry::SECTION.to_owned()))?;
    let mut diff = Diff {
        from,
        to,
        added: Vec::new(),
        deleted: Vec::new(),
        retitled: Vec::new(),
        changed: tables::changes(pack, &registry, from, to)?,
        weights: weights(pack, from, to)?,
    };
    for of in Classification::ALL {
        registry.on(of.family(), from)?;
        registry.on(of.family(), to)?;
        for entry in Manual::new(pack).entries(of)? {
            diff.compare(of, &entry);
        }
    }
    if let Some(only) = only {
        diff.keep(only);
    }
    Ok(diff)
}

impl Diff {
    fn compare(&mut self, of: Classification, entry: &Entry) {
        let title = |day| entry.title_on(day).map(|title| title.text.clone());
        let listed = |day| Listed { classification: of, code: entry.code, title: title(day) };
        match (entry.is_valid_on(self.from), entry.is_valid_on(self.to)) {
            (false, true) => self.added.push(listed(self.to)),
            (true, false) => self.deleted.push(listed(self.from)),
            (false, false) if !entry.is_header() => {}
            _ => {
                if let (Some(before), Some(after)) = (title(self.from), title(self.to))
                    && before != after
                {
                    self.retitled.push(Retitled { classification: of, code: entry.code, before, after });
                }
            }
        }
    }

    fn keep(&mut self, only: &BTreeSet<Code>) {
        self.added.retain(|listed| only.contains(&listed.code));
        self.deleted.retain(|listed| only.contains(&listed.code));
        self.retitled.retain(|retitled| only.contains(&retitled.code));
        self.changed.retain(|change| only.contains(&change.code));
        self.weights.clear();
    }
}

/// Compares Table 5 of both fiscal years; empty within one year, or where a year's table is not held.
fn weights(pack: &Pack, from: Date, to: Date) -> Result<Vec<WeightChange>, ManualError> {
    let (before, after) = (table5(pack, from)?, table5(pack, to)?);
    let (Some(before), Some(after)) = (before, after) else {
        return Ok(Vec::new());
    };
    let drgs: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let change = |drg: &&String| WeightChange {
        drg: (*drg).clone(),
        before: before.get(*drg).cloned(),
        after: after.get(*drg).cloned(),
    };
    Ok(drgs.iter().map(change).filter(|change| change.before != change.after).collect())
}

/// DRG to weight of the fiscal year in which `day` lies.
fn table5(pack: &Pack, day: Date) -> Result<Option<BTreeMap<String, String>>, ManualError> {
    let section = format!("ipps/table5-fy{}.tsv", FiscalYear::of(day).0);
    let text = match pack.text(&section) {
        Err(PackError::Missing(_)) => return Ok(None),
        read => read?,
    };
    let table = Table::parse(&section, &text)?;
    let column = |name| table.columns().iter().position(|column| *column == name);
    let (Some(drg), Some(weight)) = (column("drg"), column("weight")) else {
        return Ok(None);
    };
    Ok(Some(table.rows().map(|row| (row.field(drg).to_owned(), row.field(weight).to_owned())).collect()))
}
