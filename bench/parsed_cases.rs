//! Parsed cases through the grouper and through the editor, one thread, CPU time.
//!
//! ```sh
//! cargo bench --package bulk --bench parsed_cases -- CLAIMS.jsonl
//! ```
//! Prints two lines, `group⇥cases⇥CPU seconds` and `edit⇥cases⇥CPU seconds`, as `bench/peer_abi.c` does.

use std::hint::black_box;

use bulk::Claim;
use codeset::Pack;
use grouper::{Case, Desk, EditScratch, Scratch};
use rustix::time::{ClockId, clock_gettime};

/// Times through the file: the clock should run for a second or so.
const TIMES: usize = 20;

type AnyError = Box<dyn std::error::Error>;

fn main() -> Result<(), AnyError> {
    // Cargo adds `--bench` to the arguments.
    let file = std::env::args().skip(1).find(|argument| argument != "--bench");
    let text = std::fs::read(file.ok_or("name a file of claims, JSON lines")?)?;
    let desk = Desk::open(&Pack::open(editions::EMBEDDED)?)?;
    let cases = parse(&text, &desk)?;

    let mut scratch = Scratch::default();
    measure("group", &cases, |case| {
        black_box(desk.grouper_for(case)?.group(case, &mut scratch));
        Ok(())
    })?;
    let mut scratch = EditScratch::default();
    measure("edit", &cases, |case| {
        black_box(desk.editor().edit(case, &mut scratch));
        Ok(())
    })
}

fn parse(text: &[u8], desk: &Desk) -> Result<Vec<Case>, AnyError> {
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let mut claim = Claim::default();
    lines
        .map(|line| {
            bulk::read_case(line, desk.codes(), &mut claim)?;
            Ok(claim.case.clone())
        })
        .collect()
}

fn measure(
    name: &str,
    cases: &[Case],
    mut work: impl FnMut(&Case) -> Result<(), AnyError>,
) -> Result<(), AnyError> {
    cases.iter().try_for_each(&mut work)?; // opens the versions and warms up
    let start = cpu_seconds();
    for _ in 0..TIMES {
        cases.iter().try_for_each(&mut work)?;
    }
    println!("{name}\t{}\t{:.6}", cases.len() * TIMES, cpu_seconds() - start);
    Ok(())
}

fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
