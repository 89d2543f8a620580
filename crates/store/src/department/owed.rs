//! What practitioners owe past its clock, by who owes it.

use std::collections::{BTreeMap, BTreeSet};

use chart::deficiency::{Deficiency, Responsible};
use chart::id::{DeficiencyId, EncounterId, PatientId};
use jiff::Timestamp;

use crate::deficiencies::{self, Filter, Pile, responsible_key};
use crate::{Page, Reader, Result};

/// Deficiencies past their clock that are read at once; a house with more has other worries than letters.
const MOST: Page = Page { skip: 0, take: 20_000 };

/// Somebody who owes something past its clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debtor {
    /// What their work is found by.
    pub key: String,
    /// Who.
    pub who: Responsible,
    /// What they owe, the first due first.
    pub debts: Vec<Debt>,
}

/// One thing owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt {
    /// Which deficiency.
    pub id: DeficiencyId,
    /// In whose chart.
    pub patient: PatientId,
    /// In which encounter.
    pub encounter: EncounterId,
    /// What is lacking.
    pub what: String,
    /// Until when it was due.
    pub due: Timestamp,
    /// What its clock counts from: discharge, operation, order. The ladder counts its days from here.
    pub since: Timestamp,
}

impl Debtor {
    /// What the oldest debt's clock counts from.
    #[must_use]
    pub fn oldest(&self) -> Option<Timestamp> {
        self.debts.iter().map(|debt| debt.since).min()
    }

    /// In how many charts something is owed.
    #[must_use]
    pub fn charts(&self) -> usize {
        self.debts.iter().map(|debt| debt.encounter).collect::<BTreeSet<_>>().len()
    }
}

/// Everybody who owes something past its clock at `now`, the oldest debt first.
pub async fn debtors(reader: &mut Reader, now: Timestamp) -> Result<Vec<Debtor>> {
    let filter = Filter { pile: Some(Pile::Owed), due_before: Some(now), ..Filter::default() };
    let mut all: BTreeMap<String, Debtor> = BTreeMap::new();
    for filed in deficiencies::list(reader, &filter, MOST).await? {
        let owes = filed.deficiency.responsible();
        let key = responsible_key(owes);
        let debtor =
            all.entry(key.clone()).or_insert_with(|| Debtor { key, who: owes.clone(), debts: Vec::new() });
        debtor.debts.push(debt(&filed.deficiency));
    }
    let mut all: Vec<Debtor> = all.into_values().collect();
    all.sort_by(|one, other| one.oldest().cmp(&other.oldest()).then_with(|| one.key.cmp(&other.key)));
    Ok(all)
}

fn debt(one: &Deficiency) -> Debt {
    let due = one.due().unwrap_or(Timestamp::MAX);
    let since = one.clock.started().unwrap_or(due);
    Debt { id: one.id, patient: one.patient, encounter: one.encounter, what: one.what.clone(), due, since }
}
