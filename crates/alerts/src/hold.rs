//! Whether a rule holds in an encounter, and what shows it.

use std::collections::{BTreeSet, HashMap};

use chart::query::Indicator;
use chart::sign::{Measured, Sign, View, signs};

use crate::numbers::{changing, comparing};
use crate::rule::{Criterion, Rule, Set};
use crate::test::{Span, Test};

/// At most so many passages are shown for one criterion.
const SHOWN: usize = 3;

/// An encounter with what was found in it so far: several rules ask for the same sign.
pub(crate) struct Reading<'v, 'a> {
    view: &'v View<'a>,
    found: HashMap<&'static str, Vec<Indicator>>,
}

impl<'v, 'a> Reading<'v, 'a> {
    pub(crate) fn new(view: &'v View<'a>) -> Self {
        Self { view, found: HashMap::new() }
    }

    /// The evidence for `rule`, each place once; `None` where it does not hold.
    pub(crate) fn evidence(&mut self, rule: &Rule) -> Option<Vec<Indicator>> {
        let mut evidence = Vec::new();
        for set in &rule.sets {
            evidence.extend(self.set(set)?);
        }
        if rule.unless.iter().any(|criterion| self.holds(criterion)) {
            return None;
        }
        let besides = rule.show.iter().filter_map(|criterion| self.criterion(criterion));
        evidence.extend(besides.flatten());
        let mut seen = BTreeSet::new();
        evidence.retain(|one| seen.insert((one.document, one.entry, one.quote.clone())));
        Some(evidence)
    }

    /// The evidence of all its criteria that hold, when enough of them do.
    fn set(&mut self, set: &Set) -> Option<Vec<Indicator>> {
        let holding: Vec<_> = set.criteria.iter().filter_map(|one| self.criterion(one)).collect();
        (holding.len() >= set.at_least).then(|| holding.into_iter().flatten().collect())
    }

    fn holds(&mut self, criterion: &Criterion) -> bool {
        self.criterion(criterion).is_some()
    }

    /// The evidence of a criterion that holds.
    fn criterion(&mut self, one: &Criterion) -> Option<Vec<Indicator>> {
        if one.test.is_of_numbers() {
            let values = self.values(one);
            let holding = numbers(one, &values)?;
            return Some(holding.iter().map(|value| value.indicator(one.sign, self.view)).collect());
        }
        if let Test::ByAnother(other) = &one.test {
            self.by_another(one.sign, signs().by_key(other)?)?;
        }
        let found = self.found(one.sign);
        (found.len() >= one.count).then(|| found.iter().take(SHOWN.max(one.count)).cloned().collect())
    }

    fn values(&self, one: &Criterion) -> Vec<Measured<'a>> {
        match one.span {
            Some(Span::Lasting(_)) => self.view.values_until(one.sign),
            _ => self.view.values(one.sign),
        }
    }

    fn found(&mut self, sign: &'static Sign) -> &[Indicator] {
        let view = self.view;
        self.found.entry(sign.key.as_str()).or_insert_with(|| view.indicators(sign))
    }

    /// Whether `sign` and `other` are not all of one and the same hand.
    fn by_another(&self, sign: &Sign, other: &Sign) -> Option<()> {
        let hands = |sign| -> BTreeSet<&str> {
            self.view.mentions(sign).map(|mention| mention.page.author()).collect()
        };
        let (these, those) = (hands(sign), hands(other));
        let one_hand = these.len() == 1 && these == those;
        (!these.is_empty() && !those.is_empty() && !one_hand).then_some(())
    }
}

/// The values that show a criterion over numbers; `None` where it does not hold.
fn numbers<'a>(one: &Criterion, values: &[Measured<'a>]) -> Option<Vec<Measured<'a>>> {
    match one.test {
        Test::Measured => values.last().map(|last| vec![*last]),
        Test::Compare(compare, limit) => comparing(values, (compare, limit), one.count, one.span),
        Test::Never(compare, limit) => {
            let last = *values.last()?;
            values.iter().all(|value| !compare.holds(value.number, limit)).then(|| vec![last])
        }
        Test::Change(change, by) => changing(values, (change, by), one.span),
        Test::Present | Test::ByAnother(_) => None,
    }
}
