//! A coder who adds codes to a stay, one after the other, while the server comes and goes.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use chart::coding::Purpose;
use chart::id::EncounterId;
use codeset::Code;
use store::{View, coding};

use crate::support::coder::{self, CODES};
use crate::support::person::Person;

use super::ledger::{Ledger, Written};
use super::traffic::{Fault, PAUSE, record, take_down};

/// The desk of a stay that waits to be coded.
pub(super) fn own_desk(person: &mut Person) -> String {
    let desks = coder::waiting(person).expect("the server is there");
    let mut open = desks.into_iter().filter(|desk| {
        let begun = coder::begin(person, desk).expect("the server is there");
        begun.is_some()
    });
    open.next().expect("a stay of the demo hospital waits to be coded")
}

/// Adds codes at `desk`. Nobody adds one twice: what broke off is left as it is.
pub(super) fn code(mut person: Person, desk: &str, ledger: &Mutex<Ledger>, over: &AtomicBool) {
    for number in 0..CODES {
        if over.load(Ordering::Relaxed) {
            return;
        }
        let mark = coder::code(number);
        let answer = add(&mut person, desk, &mark);
        let mut ledger = record(ledger);
        let confirmed = take_down(answer, &mark, &mut ledger);
        ledger.codes.push(Written { mark, confirmed });
        drop(ledger);
        if !confirmed {
            std::thread::sleep(PAUSE);
        }
    }
}

fn add(person: &mut Person, desk: &str, mark: &str) -> Result<bool, Fault> {
    let page = person.get(desk)?;
    let wrong = |status: u16| Fault::Wrong(format!("{status} at {desk}"));
    let seen = coder::seen(&page.html).ok_or_else(|| wrong(page.status))?;
    let answer = coder::add(person, desk, &seen, mark)?;
    if answer.is_good() { Ok(true) } else { Err(wrong(answer.status)) }
}

/// Codes that were confirmed and are lost, or are there twice.
pub(super) async fn findings(view: &mut View, desk: &str, ledger: &Ledger) -> Vec<String> {
    let encounter: EncounterId =
        desk.rsplit('/').nth(1).and_then(|id| id.parse().ok()).expect("a desk's address");
    let set = coding::find(view, encounter, Purpose::Record).await.expect("code sets can be read");
    let set = set.expect("the coder has begun");
    let wrong = ledger.codes.iter().filter_map(|one| {
        let code = Code::parse(&one.mark).expect("a code");
        let count = set.codes.diagnoses.iter().filter(|line| line.code == code).count();
        let is_right = if one.confirmed { count == 1 } else { count <= 1 };
        (!is_right).then(|| format!("{} (confirmed: {}) is there {count} times", one.mark, one.confirmed))
    });
    wrong.collect()
}
