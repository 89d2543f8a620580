//! How often the search finds what it has not been told, and how fast: the sets of `cargo xtask bench search`.
//!
//! Arguments: the data folder, the shared folder, and for a comparison a file to write the sets to and how many queries
//! of each are asked; the lines are then for a program to read. Prints one line a set; the queries of the set that `MISSES`
//! names are shown where nothing right was found, and `SEED` draws other queries.

mod sets;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use codeset::manual::Classification;
use encoder::search::{Phrase, Question, Source};
use encoder::{Search, compile_search};
use jiff::civil::date;

use sets::{Sets, Task};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let data = arguments.next().unwrap_or_else(|| "data".to_owned());
    let shared = arguments.next().unwrap_or_else(|| "../shared".to_owned());
    let mut files = BTreeMap::new();
    for folder in ["icd10cm", "icd10pcs", "icd9cm", "encoder"] {
        read(&Path::new(&data).join(folder), &format!("{folder}/"), &mut files)?;
    }
    let seed = env::var("SEED").ok().map(|seed| seed.parse()).transpose()?.unwrap_or(20_261_001);
    let sets = Sets::read(&files, Path::new(&shared), seed)?;
    let compared = arguments.next().zip(arguments.next());
    let asked = compared.as_ref().map(|(_, asked)| asked.parse()).transpose()?;
    if let Some(((to, _), asked)) = compared.zip(asked) {
        fs::write(to, sets.to_json(asked))?;
    }
    let started = Instant::now();
    let held_out = sets.held_out();
    let is_asked =
        |phrase: &Phrase| phrase.source != Source::Title && held_out.contains(&phrase.text.to_lowercase());
    let diagnoses = compile_search(&files, Classification::Icd10cm, &is_asked)?;
    let procedures = compile_search(&files, Classification::Icd10pcs, &is_asked)?;
    eprintln!("compiled in {:?}", started.elapsed());
    if asked.is_none() {
        report_typing(&sets.tasks[0].1, &diagnoses);
    }
    let verbose = env::var("MISSES").ok();
    for (name, tasks) in &sets.tasks {
        let search = if name.starts_with("procedure") { &procedures } else { &diagnoses };
        match asked {
            Some(asked) => {
                let tally = ask(tasks.get(..asked).unwrap_or(tasks), search, false);
                let seconds = tally.micros.iter().sum::<f64>() / 1e6;
                println!(
                    "Chartroom\t{name}\t{}\t{}\t{}\t{seconds:.6}",
                    tally.micros.len(),
                    tally.first,
                    tally.tenth
                );
            }
            None => report(name, ask(tasks, search, verbose.as_deref() == Some(name))),
        }
    }
    Ok(())
}

/// How the queries of a set were answered.
#[derive(Default)]
struct Tally {
    micros: Vec<f64>,
    first: usize,
    tenth: usize,
}

fn ask(tasks: &[Task], search: &Search, show_misses: bool) -> Tally {
    let Tally { mut micros, mut first, mut tenth } = Tally::default();
    for task in tasks {
        let started = Instant::now();
        let question = Question { text: &task.query, date: date(2026, 4, 1), limit: 10, is_typing: false };
        let hits = search.find(&question);
        micros.push(started.elapsed().as_secs_f64() * 1e6);
        let rank = hits.iter().position(|hit| hit.code.starts_with(task.gold));
        first += usize::from(rank == Some(0));
        tenth += usize::from(rank.is_some());
        if show_misses && rank.is_none() {
            let shown: Vec<String> = hits
                .iter()
                .take(4)
                .map(|hit| format!("{} {} <{}>", hit.code, hit.title, hit.matched))
                .collect();
            println!("MISS {} [{}]\n    {}", task.query, task.gold, shown.join("\n    "));
        }
    }
    Tally { micros, first, tenth }
}

/// How long an answer takes while it is typed, at every letter of some queries.
fn report_typing(tasks: &[Task], search: &Search) {
    /// Queries typed in full.
    const TYPED: usize = 200;
    let mut micros: Vec<f64> = Vec::new();
    for task in tasks.iter().take(TYPED) {
        for (end, letter) in task.query.char_indices() {
            let text = &task.query[..end + letter.len_utf8()];
            let started = Instant::now();
            search.find(&Question { text, date: date(2026, 4, 1), limit: 10, is_typing: true });
            micros.push(started.elapsed().as_secs_f64() * 1e6);
        }
    }
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros.get((micros.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!(
        "as typed: {} letters, p50 {:.0} us, p95 {:.0} us, p99 {:.0} us",
        micros.len(),
        at(0.5),
        at(0.95),
        at(0.99)
    );
}

fn report(name: &str, tally: Tally) {
    let Tally { mut micros, first, tenth } = tally;
    let queries = micros.len();
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros.get((micros.len() as f64 * share) as usize).copied().unwrap_or_default();
    let percent = |count: usize| 100.0 * count as f64 / queries.max(1) as f64;
    println!(
        "{name:<28} {:>6} queries  R@1 {:>5.1}  R@10 {:>5.1}  p50 {:>6.0} us  p95 {:>6.0} us",
        queries,
        percent(first),
        percent(tenth),
        at(0.5),
        at(0.95)
    );
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        files.insert(name, fs::read_to_string(&path)?);
    }
    Ok(())
}
