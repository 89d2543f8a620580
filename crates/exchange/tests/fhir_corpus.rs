//! A whole hospital, resource by resource: counts by type, and a digest of what each type was read as.
//!
//! The corpus is for measuring and not part of the repository: the golden file holds numbers and digests only.
//! Run with `CHARTROOM_BLESS=1` after a change, and look at what changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chart::id::Digest;
use chart::intake::{Arrival, Change};
use exchange::fhir::{Known, Source, ndjson, read_resource_knowing};

/// What became of the resources of one type.
#[derive(Default)]
struct Tally {
    read: usize,
    refused: usize,
    changes: BTreeMap<&'static str, usize>,
    files: usize,
    remarks: usize,
    chain: String,
}

impl Tally {
    fn count(&mut self, arrival: &Arrival) {
        self.read += 1;
        self.files += arrival.attachments.len();
        self.remarks += arrival.remarks.len();
        for change in &arrival.changes {
            *self.changes.entry(name(change)).or_default() += 1;
        }
        let told = format!("{}{:?}{:?}", self.chain, arrival.changes, arrival.remarks);
        self.chain = Digest::of(told.as_bytes()).to_string();
    }

    fn row(&self, resource_type: &str) -> String {
        let changes: Vec<String> =
            self.changes.iter().map(|(name, count)| format!("{name} {count}")).collect();
        format!(
            "{resource_type}\t{}\t{}\t{}\t{}\t{}\t{}\n",
            self.read,
            self.refused,
            changes.join(", "),
            self.files,
            self.remarks,
            self.chain.get(..16).unwrap_or("-")
        )
    }
}

fn name(change: &Change) -> &'static str {
    match change {
        Change::Patient { .. } => "patient",
        Change::Encounter { .. } => "encounter",
        Change::Entry { content, .. } => content.kind(),
        Change::Document { .. } => "document",
        Change::Party { .. } => "party",
        Change::Merge { .. } => "merge",
        Change::Keep { .. } => "keep",
        Change::Withdraw { .. } => "withdraw",
        _ => "other",
    }
}

/// The hospital's files, unpacked once beside the build; `None` where the corpus is not at hand.
fn hospital() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("CHARTROOM_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let packed = shared.join("data/at-hand/fhir/fhir-hospital.tar.zst");
    if !packed.exists() {
        return None;
    }
    let to = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = to.join("fhir-hospital");
    if !folder.exists() {
        let mut tar = Command::new("tar");
        tar.arg("--zstd").arg("-xf").arg(&packed).arg("-C").arg(to);
        assert!(tar.status().expect("tar runs").success(), "the corpus could not be unpacked");
    }
    Some(folder)
}

fn files_in_order(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries =
        std::fs::read_dir(folder).expect("the folder opens").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "ndjson")).collect();
    let stem = |path: &PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    files.sort_by_key(|path| (ndjson::rank(&stem(path)), stem(path)));
    files.iter().map(|path| (stem(path), std::fs::read(path).expect("the file opens"))).collect()
}

#[test]
fn a_whole_hospital_is_read() {
    let Some(folder) = hospital() else {
        println!("skipped: fhir-hospital.tar.zst is not at hand");
        return;
    };
    let source = Source { system: "fhir-hospital".into(), zone: jiff::tz::TimeZone::UTC };
    let files = files_in_order(&folder);
    let mut known = Known::default();
    let mut rows = String::from("type\tread\trefused\tchanges\tfiles\tremarks\tdigest\n");
    let (mut total, mut time) = (0, Duration::ZERO);
    for (resource_type, bytes) in &files {
        let mut tally = Tally::default();
        for (at, line) in ndjson::lines(bytes) {
            let start = Instant::now();
            known.learn(line);
            let read = read_resource_knowing(line, &source, &known);
            time += start.elapsed();
            match read {
                Ok(arrival) => {
                    for remark in arrival.remarks.iter().take(3) {
                        println!("{resource_type} {at}: {remark}");
                    }
                    tally.count(&arrival);
                }
                Err(refusal) => {
                    println!("{resource_type} {at}: refused: {refusal}");
                    tally.refused += 1;
                }
            }
        }
        total += tally.read + tally.refused;
        rows += &tally.row(resource_type);
    }
    let _ = writeln!(rows, "all\t{total}");
    let per_second = f64::from(u32::try_from(total).expect("a count")) / time.as_secs_f64();
    print!("{rows}");
    println!("{total} resources in {time:?}: {per_second:.0} a second");
    compare(&rows);
}

fn compare(rows: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/fhir-hospital.tsv");
    if std::env::var_os("CHARTROOM_BLESS").is_some() {
        std::fs::write(&golden, rows).expect("the golden file is written");
    }
    let expected = std::fs::read_to_string(&golden).expect("the golden file opens");
    assert_eq!(rows, expected, "what is read has changed; look, then run with CHARTROOM_BLESS=1");
}
