//! The measures of queries over a period: how many, how soon, with what result; by who asks and by who answers.

use std::collections::{BTreeMap, BTreeSet};

use chart::access::Permission;
use chart::query::{Outcome, Query, State, StateKey};
use jiff::Timestamp;
use store::queries::{self, Filter};
use store::{Page, Store};

use crate::{Context, Result};

/// Queries that are counted at most; a period with more is cut.
const MOST: Page = Page::first(20_000);

/// The figures of some queries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Whose they are; empty for all.
    pub name: String,
    /// How many were put to somebody.
    pub asked: i64,
    /// How many of them were answered.
    pub answered: i64,
    /// How many are closed with an answer.
    pub settled: i64,
    /// How many of the settled agreed: with a supported choice, or with yes.
    pub agreed: i64,
    /// The median of whole hours from issue to answer; of an even number the lower of the two in the middle.
    pub median_hours: Option<i64>,
}

/// The measures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measures {
    /// Encounters begun in the period: what the query rate is taken of.
    pub encounters: i64,
    /// Encounters about which something was asked.
    pub queried: i64,
    /// All queries.
    pub all: Figures,
    /// By who asks, the most first.
    pub by_author: Vec<Figures>,
    /// By who was asked, the most first.
    pub by_practitioner: Vec<Figures>,
}

impl Figures {
    /// Answered of those asked, in percent.
    #[must_use]
    pub fn response_percent(&self) -> Option<i64> {
        percent(self.answered, self.asked)
    }

    /// Agreed of those settled, in percent.
    #[must_use]
    pub fn agree_percent(&self) -> Option<i64> {
        percent(self.agreed, self.settled)
    }

    fn of<'a>(name: String, queries: impl Iterator<Item = &'a Query>) -> Self {
        let mut hours = Vec::new();
        let mut figures = Self { name, ..Self::default() };
        for query in queries {
            figures.asked += 1;
            figures.answered += i64::from(query.answer_given().is_some());
            hours.extend(query.turnaround_hours());
            if let State::Closed { outcome, .. } = query.state
                && outcome != Outcome::NoResponse
            {
                figures.settled += 1;
                figures.agreed += i64::from(outcome == Outcome::Agreed);
            }
        }
        hours.sort_unstable();
        figures.median_hours = hours.get(hours.len().saturating_sub(1) / 2).copied();
        figures
    }
}

impl Measures {
    /// Encounters asked about of those begun in the period, in percent.
    #[must_use]
    pub fn query_percent(&self) -> Option<i64> {
        percent(self.queried, self.encounters)
    }

    fn of(queries: &[Query], encounters: i64) -> Self {
        let asked: Vec<&Query> = queries.iter().filter(|one| one.issued_at().is_some()).collect();
        let queried: BTreeSet<_> = asked.iter().map(|one| one.encounter).collect();
        Self {
            encounters,
            queried: i64::try_from(queried.len()).unwrap_or(i64::MAX),
            all: Figures::of(String::new(), asked.iter().copied()),
            by_author: grouped(&asked, |one| &one.ask.author.by.name),
            by_practitioner: grouped(&asked, |one| &one.ask.addressed.name.name),
        }
    }
}

/// Rounded to a whole percent; `None` of nothing.
fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 100 + whole / 2) / whole)
}

fn grouped(all: &[&Query], name: impl Fn(&Query) -> &String) -> Vec<Figures> {
    let mut groups: BTreeMap<&str, Vec<&Query>> = BTreeMap::new();
    for query in all {
        groups.entry(name(query)).or_default().push(query);
    }
    let figures = groups.into_iter().map(|(name, of)| Figures::of(name.to_owned(), of.into_iter()));
    let mut figures: Vec<Figures> = figures.collect();
    figures.sort_by_key(|one| -one.asked);
    figures
}

/// Measures the queries drafted in a period, from its first instant up to and without its last.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn measures(
    store: &Store,
    context: &Context,
    (from, before): (Timestamp, Timestamp),
) -> Result<Measures> {
    context.must(Permission::QueryRead)?;
    let mut view = store.view().await?;
    let period = Filter { created_from: Some(from), created_before: Some(before), ..Filter::default() };
    let states = StateKey::ALL.iter().copied().filter(|state| *state != StateKey::Draft).collect();
    let found = queries::list(&mut view, &Filter { states, ..period }, MOST).await?;
    let begun = store::encounters::Filter { from: Some(from), until: Some(before), ..Default::default() };
    let encounters = store::encounters::count(&mut view, &begun).await?;
    view.finish(context.event("query-measures-read")).await?;
    Ok(Measures::of(&found, encounters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_rounded_and_of_nothing_is_none() {
        assert_eq!(
            [percent(1, 3), percent(2, 3), percent(1, 2), percent(0, 0)],
            [Some(33), Some(67), Some(50), None]
        );
    }

    #[test]
    fn no_queries_have_no_figures() {
        let none = Measures::of(&[], 12);
        assert_eq!((none.query_percent(), none.all.median_hours), (Some(0), None));
        assert_eq!((none.all.response_percent(), none.by_author.len()), (None, 0));
    }
}
