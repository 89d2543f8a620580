//! Conditions that count: two significant trauma sites, both hips, four stents, two spinal fusions.

use codeset::Version;

use super::atoms::{Atom, AtomNames, AtomSet};
use super::tables::MsdrgTables;

/// The counting conditions of one version, over diagnoses or over procedures.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    counters: Vec<Counter>,
    /// By attribute set: what a code with it adds.
    additions: Vec<Vec<Addition>>,
}

#[derive(Debug)]
struct Counter {
    atom: Atom,
    least_sum: u16,
    least_different: u32,
}

#[derive(Debug, Clone, Copy)]
struct Addition {
    counter: u8,
    weight: u16,
    /// The attribute's bit among the counter's attributes.
    attribute: u32,
}

/// Running totals of one case.
#[derive(Debug, Default)]
pub(crate) struct Totals(Vec<(u16, u32)>);

impl Counters {
    pub(crate) fn open(
        tables: &MsdrgTables,
        version: Version,
        names: &AtomNames,
        over_procedures: bool,
    ) -> Self {
        let mut counters =
            Self { additions: vec![Vec::new(); tables.attribute_sets.len()], ..Self::default() };
        let rows =
            tables.counters.iter().filter(|r| r.over_procedures == over_procedures && r.span.holds(version));
        let in_use = rows.filter_map(|row| names.find(&row.atom).map(|atom| (row, atom)));
        for ((row, atom), number) in in_use.zip(0u8..) {
            let (least_sum, least_different) = (row.least_sum, u32::from(row.least_different));
            counters.counters.push(Counter { atom, least_sum, least_different });
            for (set, additions) in tables.attribute_sets.iter().zip(&mut counters.additions) {
                if row.only_with.is_some_and(|needed| !set.contains(&needed)) {
                    continue;
                }
                let terms =
                    row.terms.iter().zip(0u32..).filter(|((attribute, _), _)| set.contains(attribute));
                additions.extend(terms.map(|(&(_, weight), bit)| Addition {
                    counter: number,
                    weight,
                    attribute: 1 << bit,
                }));
            }
        }
        counters
    }

    /// Adds a code with attribute set `set` to `totals`.
    #[inline]
    pub(crate) fn count(&self, set: u16, totals: &mut Totals) {
        for addition in &self.additions[usize::from(set)] {
            totals.0.resize(totals.0.len().max(self.counters.len()), (0, 0));
            let (sum, different) = &mut totals.0[usize::from(addition.counter)];
            *sum = sum.saturating_add(addition.weight);
            *different |= addition.attribute;
        }
    }

    /// Whether a code with attribute set `set` counts towards `atom`.
    pub(crate) fn counts_towards(&self, set: u16, atom: Atom) -> bool {
        let additions = &self.additions[usize::from(set)];
        additions.iter().any(|a| self.counters[usize::from(a.counter)].atom == atom)
    }

    /// Puts the atoms of the counters that are met into `atoms` and clears `totals`.
    #[inline]
    pub(crate) fn finish(&self, totals: &mut Totals, atoms: &mut AtomSet) {
        for (counter, (sum, different)) in self.counters.iter().zip(totals.0.drain(..)) {
            if sum >= counter.least_sum && different.count_ones() >= counter.least_different && different != 0
            {
                atoms.insert(counter.atom);
            }
        }
    }
}
