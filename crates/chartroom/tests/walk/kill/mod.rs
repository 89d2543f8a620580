//! `kill -9` in the middle of everything: what was acknowledged is there exactly once, whatever else happened.
//!
//! Senders of messages and people with pages work on while the server is killed and started again, at moments drawn
//! from a seed. The ordinary tests kill a handful of times; `cargo xtask kill` fifty, on each database.

mod codes;
mod ledger;
mod notes;
mod proof;
mod traffic;

use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

use crate::support::database::{Database, Kind};
use crate::support::person::Person;
use crate::support::server::Server;
use crate::support::{setting, turn};

use ledger::Ledger;

/// Connections that send messages.
const SENDERS: usize = 4;
/// People who upload and register.
const WRITERS: usize = 2;
/// How long a server lives before it is killed, in milliseconds.
const LIFE_MS: std::ops::Range<u64> = 120..900;
/// How long the last server lives before it is stopped in good order.
const LAST_LIFE: Duration = Duration::from_secs(1);
/// Where the moments of the kills come from.
const SEED: u64 = 9;

/// Where people worked who have one place.
struct Places {
    /// The chart in which notes were signed.
    chart: String,
    /// The desk at which a stay was coded.
    desk: String,
}

/// Everything that happened.
///
/// Gives what the clients know, and where they worked.
fn mayhem(database: &Database, kills: u32, seed: u64) -> (Ledger, Places) {
    let mut server = Server::serve(database);
    let ledger = Mutex::new(Ledger::default());
    let over = AtomicBool::new(false);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let people: Vec<Person> = (0..WRITERS).map(|_| Person::sign_in(&server.base, "integrity")).collect();
    let mut physician = Person::sign_in(&server.base, "okafor");
    let mut coder = Person::sign_in(&server.base, "coder");
    let places = Places { chart: notes::own_chart(&mut physician), desk: codes::own_desk(&mut coder) };
    std::thread::scope(|scope| {
        for number in 0..SENDERS {
            let (to, ledger, over) = (server.hl7, &ledger, &over);
            scope.spawn(move || traffic::send_messages(to, number, ledger, over));
        }
        for (number, person) in people.into_iter().enumerate() {
            let (ledger, over) = (&ledger, &over);
            scope.spawn(move || traffic::write_pages(person, number, ledger, over));
        }
        let (chart, desk, book, end) = (places.chart.as_str(), places.desk.as_str(), &ledger, &over);
        scope.spawn(move || notes::sign(physician, chart, book, end));
        scope.spawn(move || codes::code(coder, desk, book, end));
        for _ in 0..kills {
            std::thread::sleep(Duration::from_millis(random.random_range(LIFE_MS)));
            server.kill();
            server = server.again(database);
        }
        std::thread::sleep(LAST_LIFE);
        over.store(true, Ordering::Relaxed);
    });
    server.stop();
    (ledger.into_inner().expect("nobody who held the ledger panicked"), places)
}

fn walk(kind: Kind, kills: u32) {
    let _turn = turn();
    let Some(database) = Database::hospital(kind, &format!("walk_kill_{}", kind.name())) else { return };
    let (ledger, places) = mayhem(&database, kills, setting("CHARTROOM_KILL_SEED", SEED));
    println!("{}: {kills} kills; {ledger}", kind.name());
    let mut findings = proof::findings(database.url(), &places, &ledger);
    findings.extend(ledger.faults.iter().cloned());
    if ledger.interrupted < u64::from(kills) {
        findings.push(format!("only {} of the kills met anybody at work", ledger.interrupted));
    }
    findings.extend(audit_fault(&database));
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// What `chartroom audit verify` finds wrong.
fn audit_fault(database: &Database) -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_chartroom"))
        .args(["audit", "verify", "--database", database.url()])
        .output()
        .expect("the program starts");
    let said =
        || format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (!output.status.success()).then(said)
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_on_sqlite() {
    walk(Kind::Sqlite, setting("CHARTROOM_KILLS", 5));
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_on_postgres() {
    walk(Kind::Postgres, setting("CHARTROOM_KILLS", 5));
}
