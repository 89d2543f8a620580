//! Machines that send until they are answered, and people who write pages, while the server comes and goes.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::support::html;
use crate::support::paper;
use crate::support::person::Person;
use crate::support::sender::{self, Sender};

use super::SENDERS;
use super::ledger::{Ledger, Message, Written};

/// How long a client waits before it tries again.
pub(super) const PAUSE: Duration = Duration::from_millis(20);
/// Results that follow a registration.
const RESULTS: usize = 3;

/// Registers patients and sends results for them, each message until it is acknowledged, then the next.
pub(super) fn send_messages(to: SocketAddr, number: usize, ledger: &Mutex<Ledger>, over: &AtomicBool) {
    let mut line = Line { to, connection: None, ledger };
    for patient in 0.. {
        let mrn = format!("TM-{number}-{patient:05}");
        let family = family(number * 100_000 + patient);
        let id = format!("A{number}-{patient}");
        line.deliver("REG|TIDEMILL", &sender::registration(&id, &mrn, &family), &id);
        record(ledger).patients.insert(mrn.clone(), 0);
        for result in 0..RESULTS {
            if over.load(Ordering::Relaxed) {
                return;
            }
            let id = format!("R{number}-{patient}-{result}");
            let order = format!("K{number}-{patient}-{result}");
            line.deliver("LAB|TIDEMILL", &sender::result(&id, &mrn, &family, &order), &id);
            *record(ledger).patients.entry(mrn.clone()).or_default() += 1;
        }
    }
}

/// A sender's line to the hospital.
struct Line<'l> {
    to: SocketAddr,
    connection: Option<Sender>,
    ledger: &'l Mutex<Ledger>,
}

impl Line<'_> {
    /// Sends a message again and again until it is acknowledged: what a sender may do, and does.
    fn deliver(&mut self, sender: &'static str, message: &str, id: &str) {
        loop {
            match self.attempt(message, id) {
                Ok(code) => {
                    let mut ledger = record(self.ledger);
                    if code != "AA" {
                        ledger.faults.push(format!("{id} was answered with {code}"));
                    }
                    ledger.messages.push(Message { sender, control_id: id.to_owned() });
                    return;
                }
                Err(error) => {
                    // A server that is not there yet interrupts nothing.
                    let is_cut = error.kind() != ErrorKind::ConnectionRefused;
                    record(self.ledger).interrupted += u64::from(is_cut);
                    std::thread::sleep(PAUSE);
                }
            }
        }
    }

    fn attempt(&mut self, message: &str, id: &str) -> std::io::Result<String> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Sender::connect(self.to)?,
        };
        let code = connection.send(message, id)?;
        self.connection = Some(connection);
        Ok(code)
    }
}

/// Uploads papers and registers people in turn. Nobody sends a form twice: what broke off is left as it is.
pub(super) fn write_pages(mut person: Person, number: usize, ledger: &Mutex<Ledger>, over: &AtomicBool) {
    for round in 0_usize.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let who = (SENDERS + number) * 100_000 + round;
        let mark = family(who);
        let is_paper = round.is_multiple_of(2);
        let answer = if is_paper { upload(&mut person, &mark) } else { register(&mut person, &mark, who) };
        let mut ledger = record(ledger);
        let confirmed = take_down(answer, &mark, &mut ledger);
        let list = if is_paper { &mut ledger.papers } else { &mut ledger.people };
        list.push(Written { mark, confirmed });
        drop(ledger);
        if !confirmed {
            std::thread::sleep(PAUSE);
        }
    }
}

/// Whether the person saw that it was done; what went wrong is written down.
pub(super) fn take_down(answer: Result<bool, Fault>, mark: &str, ledger: &mut Ledger) -> bool {
    match answer {
        Ok(confirmed) => return confirmed,
        Err(Fault::Absent) => {}
        Err(Fault::Cut) => ledger.interrupted += 1,
        Err(Fault::Wrong(what)) => ledger.faults.push(format!("{mark}: {what}")),
    }
    false
}

/// Why something was not confirmed.
pub(super) enum Fault {
    /// The server was not there.
    Absent,
    /// The server went away before it answered.
    Cut,
    /// It answered, but not as it should.
    Wrong(String),
}

impl From<ureq::Error> for Fault {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => Self::Absent,
            _ => Self::Cut,
        }
    }
}

/// The paper that carries this mark.
pub(super) fn marked_paper(mark: &str) -> Vec<u8> {
    paper::pdf(&format!("Outside letter {mark}"))
}

fn upload(person: &mut Person, mark: &str) -> Result<bool, Fault> {
    let answer = person.upload("/upload", &[("title", mark)], "letter.pdf", &marked_paper(mark))?;
    if answer.is_good() {
        Ok(true)
    } else {
        Err(Fault::Wrong(format!("{} at {}", answer.status, answer.place)))
    }
}

fn register(person: &mut Person, mark: &str, number: usize) -> Result<bool, Fault> {
    let birth = format!("{}-{:02}-{:02}", 1930 + number % 70, 1 + number % 12, 1 + number % 28);
    let given = family(number + NAMES / 2);
    let who = [("family", mark), ("given", &given), ("birth", &birth), ("sex", "male"), ("confirm", "")];
    let alike = person.post("/patients/new", &who)?;
    let seen = html::fields(&alike.html, "seen");
    let mut form = who[..4].to_vec();
    form.extend(seen.iter().map(|id| ("seen", id.as_str())));
    form.push(("confirm", "new"));
    let answer = person.post("/patients/new", &form)?;
    let is_done =
        answer.is_good() && answer.place.starts_with("/patients/") && answer.place != "/patients/new";
    if is_done { Ok(true) } else { Err(Fault::Wrong(format!("{} at {}", answer.status, answer.place))) }
}

/// The ledger to write in.
pub(super) fn record(ledger: &Mutex<Ledger>) -> std::sync::MutexGuard<'_, Ledger> {
    ledger.lock().expect("nobody who held the ledger panicked")
}

/// Names are of six letters and an ending.
const NAMES: usize = 26_usize.pow(6);
/// Shares no divisor with the number of names, so that every number below it gives another name, and neighbours
/// names that are nothing alike: people who are alike are asked about before they are registered.
const SPREAD: usize = 196_418_563;

/// The family name of the person of this number.
fn family(number: usize) -> String {
    let mut rest = (number * SPREAD + 7) % NAMES;
    let mut name = String::new();
    for _ in 0..6 {
        name.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    format!("{}{}wick", name[..1].to_uppercase(), &name[1..])
}

#[test]
fn names_are_apart() {
    let names: std::collections::BTreeSet<String> = (0..10_000).map(family).collect();
    assert_eq!(names.len(), 10_000);
    assert!(family(1)[..3] != family(2)[..3], "{} {}", family(1), family(2));
}
