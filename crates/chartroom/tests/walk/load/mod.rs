//! Many people at once, over real HTTP: how long each kind of page takes, and how much memory the server needs.
//!
//! `cargo xtask load` runs [`the_whole_house_at_once`] on the release build with the figures that the project promises;
//! the ordinary tests run a short one, which only asks that nothing fails.

mod backlog;
mod desks;
mod shift;
mod tally;

use std::time::Duration;

use crate::support::database::{Database, Kind};
use crate::support::server::Server;
use crate::support::{setting, turn};

use shift::Worker;
use tally::Tally;

/// 95 of 100 pages of every kind come within this.
const P95_LIMIT: Duration = Duration::from_millis(100);
/// A change of a code, with edits, groups and prices computed anew, within this.
const P95_LIMIT_OF_CODING: Duration = Duration::from_millis(150);
/// Memory that the server may hold at its peak.
const MEMORY_LIMIT_BYTES: u64 = 400 << 20;
/// The same choices at every run.
const SEED: u64 = 20_261_122;

/// How large a load is.
#[derive(Debug, Clone, Copy)]
struct Plan {
    kind: Kind,
    /// How many times the demo hospital.
    scale: u32,
    people: usize,
    seconds: u64,
    /// How many items the longest work queue holds.
    backlog: u32,
}

/// What a load showed.
#[derive(Debug)]
struct Outcome {
    tally: Tally,
    sign_ins: Tally,
    peak_memory_bytes: u64,
}

/// Makes the hospital, lets everybody sign in and work, and counts.
fn run(plan: Plan) -> Option<Outcome> {
    let _turn = turn();
    let database = Database::empty(plan.kind, &format!("walk_load_{}", plan.kind.name()))?;
    Server::demo(&database, plan.scale).stop();
    println!("{} deficiencies are owed on {}", backlog::fill(&database, plan.backlog), plan.kind.name());
    let server = Server::serve(&database);
    let base = server.base.as_str();
    let (workers, sign_ins) = arrive(base, plan.people);
    let end = Duration::from_secs(plan.seconds);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let shifts: Vec<_> =
            workers.into_iter().map(|worker| scope.spawn(move || worker.work(end))).collect();
        shifts.into_iter().map(|shift| shift.join().expect("a worker does not panic")).collect()
    });
    let mut tally = Tally::default();
    tallies.iter().for_each(|one| tally.add(one));
    let peak_memory_bytes = server.peak_memory_bytes();
    server.stop();
    Some(Outcome { tally, sign_ins, peak_memory_bytes })
}

fn limit(page: &tally::Page) -> Duration {
    if shift::CODING.contains(page) { P95_LIMIT_OF_CODING } else { P95_LIMIT }
}

/// Everybody signs in at the same moment, as when a shift begins. A password check is slow on purpose, so these are
/// counted apart.
fn arrive(base: &str, people: usize) -> (Vec<Worker>, Tally) {
    let (mut workers, mut sign_ins) = (Vec::new(), Tally::default());
    std::thread::scope(|scope| {
        let doors: Vec<_> =
            (0..people).map(|number| scope.spawn(move || Worker::arrive(base, number, SEED))).collect();
        for door in doors {
            let (worker, tally) = door.join().expect("everybody can sign in");
            workers.push(worker);
            sign_ins.add(&tally);
        }
    });
    (workers, sign_ins)
}

impl Outcome {
    fn print(&self, plan: Plan) {
        println!(
            "{}: demo hospital x {}, {} people at once for {} s, think time 0.5 to 1.5 s",
            plan.kind.name(),
            plan.scale,
            plan.people,
            plan.seconds
        );
        println!("{}{}", self.tally, self.sign_ins.rows());
        println!("pages a second: {:.1}", self.tally.count() as f64 / plan.seconds as f64);
        println!("share of writes: {:.1} %", self.tally.writes_percent());
        println!("peak memory of the server: {} MiB\n", self.peak_memory_bytes >> 20);
    }
}

#[test]
fn twelve_people_work_for_ten_seconds() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let plan = Plan { kind, scale: 1, people: 12, seconds: 10, backlog: 2_000 };
        let Some(outcome) = run(plan) else { continue };
        outcome.print(plan);
        assert!(outcome.tally.failures().is_empty(), "{}", outcome.tally.failures().join("\n"));
        assert!(outcome.tally.count() > 50, "twelve people open more than fifty pages in ten seconds");
    }
}

#[test]
#[ignore = "minutes on a release build: cargo xtask load"]
fn the_whole_house_at_once() {
    let mut findings = Vec::new();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let plan = Plan {
            kind,
            scale: setting("CHARTROOM_LOAD_SCALE", 20),
            people: setting("CHARTROOM_LOAD_PEOPLE", 50),
            seconds: setting("CHARTROOM_LOAD_SECONDS", 60),
            backlog: setting("CHARTROOM_LOAD_BACKLOG", 50_000),
        };
        let Some(outcome) = run(plan) else { continue };
        outcome.print(plan);
        findings.extend(outcome.tally.failures());
        let slow = outcome.tally.slower_than(limit);
        findings.extend(
            slow.into_iter().map(|page| format!("{page}: p95 above its limit on {}", plan.kind.name())),
        );
        if outcome.peak_memory_bytes > MEMORY_LIMIT_BYTES {
            findings.push(format!(
                "{} MiB of memory on {}",
                outcome.peak_memory_bytes >> 20,
                plan.kind.name()
            ));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
