//! The table of a benchmark.

use super::Program;
use super::measure::{Measured, median};

/// The rows that others are compared with.
pub(super) struct Baseline {
    pub(super) grouping: &'static str,
    pub(super) editing: &'static str,
}

/// All runs of all programs, in the order of the programs.
pub(super) struct Report {
    rows: Vec<(&'static str, Vec<Measured>)>,
}

impl Report {
    pub(super) fn new(programs: &[Program<'_>]) -> Self {
        let rows = programs.iter().map(|(name, _)| (*name, Vec::new())).collect();
        Self { rows }
    }

    pub(super) fn add(&mut self, name: &str, measured: Measured) {
        if let Some((_, runs)) = self.rows.iter_mut().find(|(row, _)| *row == name) {
            runs.push(measured);
        }
    }

    /// Median claims per CPU second of each row, its ratio to the peer's C interface, and per second of wall time.
    pub(super) fn print(&self, baseline: Baseline) {
        println!("{:<36}{:>14}{:>10}{:>14}", "median", "claims/CPU-s", "ratio", "claims/s");
        for (name, runs) in &self.rows {
            let speed = per_second(runs, |run| Some(run.cpu_seconds));
            let peer = if name.ends_with("editing") { baseline.editing } else { baseline.grouping };
            let ratio = speed.zip(self.speed(peer)).map(|(ours, peer)| ours / peer);
            let wall = per_second(runs, |run| run.wall_seconds);
            println!("{name:<36}{:>14}{:>10}{:>14}", shown(speed, 0), shown(ratio, 2), shown(wall, 0));
        }
    }

    fn speed(&self, name: &str) -> Option<f64> {
        let (_, runs) = self.rows.iter().find(|(row, _)| *row == name)?;
        per_second(runs, |run| Some(run.cpu_seconds))
    }
}

fn per_second(runs: &[Measured], seconds: impl Fn(&Measured) -> Option<f64>) -> Option<f64> {
    median(runs.iter().filter_map(|run| Some(run.claims as f64 / seconds(run)?)).collect())
}

fn shown(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(String::new, |value| format!("{value:.decimals$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_the_median_of_the_runs() {
        let runs =
            [1.0, 4.0, 2.0].map(|cpu_seconds| Measured { claims: 100, cpu_seconds, wall_seconds: None });
        assert_eq!(per_second(&runs, |run| Some(run.cpu_seconds)), Some(50.0));
        assert_eq!(per_second(&runs, |run| run.wall_seconds), None);
    }
}
