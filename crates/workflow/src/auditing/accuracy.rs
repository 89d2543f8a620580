//! Accuracy over a period: of the department, of each coder, and month by month.

use std::collections::BTreeMap;

use chart::access::Permission;
use chart::coding_audit::{AuditedCase, Tally};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::coding::{self, CaseFilter};
use store::{Page, Store};

use super::read::tally;
use crate::{Context, Result};

/// Settled encounters that are counted at most; a period with more is cut.
const MOST: Page = Page::first(20_000);

/// The counts of some encounters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Whose they are; empty for the department.
    pub name: String,
    /// The counts.
    pub tally: Tally,
}

/// Accuracy of a period, counted by the day on which an audited encounter was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accuracy {
    /// The department.
    pub all: Figures,
    /// Each coder, by name.
    pub coders: Vec<Figures>,
    /// Months in which something was settled, by their first day.
    pub months: Vec<(Date, Tally)>,
}

/// Counts what was settled in a period, from its first instant up to and without its last.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn accuracy(
    store: &Store,
    context: &Context,
    (from, before): (Timestamp, Timestamp),
    zone: &TimeZone,
) -> Result<Accuracy> {
    context.must(Permission::CodingAuditRead)?;
    let mut view = store.view().await?;
    let filter =
        CaseFilter { settled_from: Some(from), settled_before: Some(before), ..CaseFilter::default() };
    let cases = coding::cases(&mut view, &filter, MOST).await?;
    view.finish(context.event("audit-accuracy-read")).await?;
    let coders = grouped(&cases, |one| Some(one.coded.coder.name.clone()));
    let month = |one: &AuditedCase| {
        let day = one.settled_at()?.to_zoned(zone.clone()).date();
        Some(day.first_of_month())
    };
    Ok(Accuracy {
        all: Figures { name: String::new(), tally: tally(&cases) },
        coders: coders.into_iter().map(|(name, tally)| Figures { name, tally }).collect(),
        months: grouped(&cases, month).into_iter().collect(),
    })
}

fn grouped<K: Ord>(cases: &[AuditedCase], key: impl Fn(&AuditedCase) -> Option<K>) -> BTreeMap<K, Tally> {
    let mut groups: BTreeMap<K, Tally> = BTreeMap::new();
    for case in cases {
        if let (Some(key), Some(counts)) = (key(case), case.tally()) {
            *groups.entry(key).or_default() += counts;
        }
    }
    groups
}
