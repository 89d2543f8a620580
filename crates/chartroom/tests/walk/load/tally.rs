//! How long pages took, by kind.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use hdrhistogram::Histogram;

/// The longest time that is told apart, in microseconds: beyond it a page counts as this slow.
const LONGEST_MICROS: u64 = 60_000_000;
/// Significant digits of a time.
const DIGITS: u8 = 3;
/// Failures that are shown in full.
const SHOWN_FAILURES: usize = 10;

/// A kind of page: its name in the table, and whether it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) writes: bool,
}

/// Times of pages by kind, and what failed.
#[derive(Debug, Default)]
pub(super) struct Tally {
    times: BTreeMap<Page, Histogram<u64>>,
    failures: Vec<String>,
}

impl Tally {
    /// A page came after `took`.
    pub(super) fn came(&mut self, page: Page, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(LONGEST_MICROS).clamp(1, LONGEST_MICROS);
        self.of(page).record(micros).expect("the time lies within the bounds");
    }

    /// A page did not come, or was not what was asked for.
    pub(super) fn failed(&mut self, page: Page, what: impl fmt::Display) {
        self.failures.push(format!("{}: {what}", page.name));
    }

    /// Takes in what another counted.
    pub(super) fn add(&mut self, other: &Self) {
        for (page, times) in &other.times {
            self.of(*page).add(times).expect("all histograms have the same bounds");
        }
        self.failures.extend(other.failures.iter().cloned());
    }

    /// How many pages came.
    pub(super) fn count(&self) -> u64 {
        self.times.values().map(Histogram::len).sum()
    }

    /// How many of a hundred pages wrote.
    pub(super) fn writes_percent(&self) -> f64 {
        let writes: u64 =
            self.times.iter().filter(|(page, _)| page.writes).map(|(_, times)| times.len()).sum();
        writes as f64 * 100.0 / self.count().max(1) as f64
    }

    /// What failed: the first few, and how many in all.
    pub(super) fn failures(&self) -> Vec<String> {
        let mut shown: Vec<String> = self.failures.iter().take(SHOWN_FAILURES).cloned().collect();
        if self.failures.len() > SHOWN_FAILURES {
            shown.push(format!("{} failures in all", self.failures.len()));
        }
        shown
    }

    /// Kinds whose p95 is above the limit of their kind.
    pub(super) fn slower_than(&self, limit: impl Fn(&Page) -> Duration) -> Vec<&'static str> {
        let p95 = |times: &Histogram<u64>| Duration::from_micros(times.value_at_quantile(0.95));
        let slow = self.times.iter().filter(|(page, times)| p95(times) > limit(page));
        slow.map(|(page, _)| page.name).collect()
    }

    /// The rows of the table.
    pub(super) fn rows(&self) -> String {
        self.times.iter().map(|(page, times)| row(page.name, times)).collect()
    }

    fn of(&mut self, page: Page) -> &mut Histogram<u64> {
        let fresh = || Histogram::new_with_bounds(1, LONGEST_MICROS, DIGITS).expect("bounds that make sense");
        self.times.entry(page).or_insert_with(fresh)
    }
}

impl fmt::Display for Tally {
    /// The table with its heading and a line for all kinds together; times in milliseconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<24}{:>8}{:>9}{:>9}{:>9}{:>9}", "page (ms)", "count", "p50", "p95", "p99", "max")?;
        f.write_str(&self.rows())?;
        let mut all = Histogram::new_with_bounds(1, LONGEST_MICROS, DIGITS).expect("bounds that make sense");
        self.times.values().for_each(|times| all.add(times).expect("the same bounds"));
        f.write_str(&row("all", &all))
    }
}

fn row(name: &str, times: &Histogram<u64>) -> String {
    let at = |quantile: f64| times.value_at_quantile(quantile) as f64 / 1000.0;
    let max = times.max() as f64 / 1000.0;
    format!("{name:<24}{:>8}{:>9.1}{:>9.1}{:>9.1}{max:>9.1}\n", times.len(), at(0.5), at(0.95), at(0.99))
}

#[test]
fn slow_kinds_and_writes_are_named() {
    let (read, write) = (Page { name: "read", writes: false }, Page { name: "write", writes: true });
    let mut tally = Tally::default();
    for _ in 0..9 {
        tally.came(read, Duration::from_millis(5));
    }
    let mut other = Tally::default();
    other.came(write, Duration::from_millis(300));
    other.failed(write, "409");
    tally.add(&other);
    assert_eq!(tally.slower_than(|_| Duration::from_millis(100)), ["write"]);
    assert_eq!((tally.count(), tally.writes_percent()), (10, 10.0));
    assert_eq!(tally.failures(), ["write: 409"]);
}
