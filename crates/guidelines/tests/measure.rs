//! How often the rules speak on human-coded cases, and how long they take.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use codeset::{Code, Pack, PackWriter, Registry};
use guidelines::{Coding, Diagnosis, Guidelines, Poa, PoaExempt, Severities, compile};
use jiff::civil::date;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The checks over the repository's tables.
fn guidelines() -> Guidelines {
    let names = [
        "editions.toml",
        "guidelines/limit.tsv",
        "guidelines/list.tsv",
        "guidelines/pair.tsv",
        "guidelines/rule.tsv",
        "guidelines/safety.tsv",
        "guidelines/word.tsv",
        "icd10cm/chapters.tsv",
        "icd10cm/codes.tsv",
        "icd10cm/notes.tsv",
        "icd10cm/titles.tsv",
        "icd10pcs/codes.tsv",
        "mce/age_range.tsv",
        "mce/diagnosis.tsv",
        "msdrg/diagnosis.tsv",
    ];
    let read = |name: &str| std::fs::read_to_string(root().join("data").join(name)).unwrap();
    let files: BTreeMap<String, String> = names.map(|name| (name.to_owned(), read(name))).into();
    let mut writer = PackWriter::default();
    for (name, text) in &files {
        if name.starts_with("guidelines/") || name == Registry::SECTION {
            writer.add(name.clone(), text.clone().into_bytes());
        }
    }
    compile(&files, &mut writer).unwrap();
    let pack = Pack::open(writer.finish(1).unwrap()).unwrap();
    let start = Instant::now();
    let opened = Guidelines::open(&pack).unwrap();
    println!("guidelines: opened in {} ms", start.elapsed().as_millis());
    opened
}

/// A file of the shared material, or `None`, saying so, where it is absent.
fn shared(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("CHARTROOM_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let read = std::fs::read(folder.join("data").join(path)).ok();
    if read.is_none() {
        println!("skipped: {path} is not at hand");
    }
    read
}

fn coding(codes: &[Code]) -> Coding {
    let diagnoses = codes.iter().map(|&code| Diagnosis::new(code, Poa::Yes)).collect();
    Coding { diagnoses, ..Coding::new(date(2026, 5, 1)) }
}

/// The diagnosis codes of each case of a CodiEsp part.
fn cases(path: &str) -> Option<BTreeMap<String, Vec<Code>>> {
    let text = String::from_utf8(shared(path)?).unwrap();
    let mut cases: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for (case, code) in text.lines().filter_map(|line| line.split_once('\t')) {
        let codes = cases.entry(case.to_owned()).or_default();
        let code = Code::parse(code).unwrap();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Some(cases)
}

#[test]
fn what_the_rules_say_of_human_coded_cases() {
    let parts = ["train/trainD.tsv", "dev/devD.tsv"].map(|part| cases(&format!("at-hand/codiesp/{part}")));
    let Some(cases) = parts.into_iter().collect::<Option<Vec<_>>>() else { return };
    let guidelines = guidelines();
    let mut by_rule: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let count = cases.iter().map(BTreeMap::len).sum::<usize>();
    for codes in cases.iter().flat_map(BTreeMap::values) {
        let review = guidelines.review(&coding(codes), &Severities::default()).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for finding in review.findings {
            let row = by_rule.entry(finding.rule).or_default();
            row.0 += usize::from(seen.insert(finding.rule));
            row.1 += 1;
        }
    }
    println!("guidelines: {count} human-coded cases; rule, cases with it, findings");
    for (rule, (cases, findings)) in &by_rule {
        println!("  {rule:<28} {cases:>4} {findings:>5}");
    }
    let (with_pair, _) = by_rule["excludes1"];
    // Of all 998 cases the reference counts 383 (38 %); these are 750 of them.
    assert!(
        (30..=46).contains(&(100 * with_pair / count)),
        "{with_pair} of {count} cases have an Excludes1 pair"
    );
}

/// What this thread has used of a processor, so that other work on the machine is not counted; the time of day where
/// the system does not say.
fn processor_time() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = used.and_then(|text| text.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

#[test]
fn a_case_of_25_diagnoses_takes_well_under_a_millisecond() {
    let guidelines = guidelines();
    let table = std::fs::read_to_string(root().join("data/icd10cm/codes.tsv")).unwrap();
    let open =
        table.lines().skip(2).filter(|line| line.ends_with('\t')).filter_map(|line| line.split('\t').next());
    let codes: Vec<Code> = open.map(|code| Code::parse(code).unwrap()).collect();
    let picked = |case: usize| -> Vec<Code> {
        (0..25).map(|at| codes[(case * 7919 + at * 2963) % codes.len()]).collect()
    };
    let cases: Vec<Coding> = (0..400).map(|case| coding(&picked(case))).collect();
    let severities = Severities::default();
    let run = || {
        let start = processor_time();
        let findings: usize =
            cases.iter().map(|case| guidelines.review(case, &severities).unwrap().findings.len()).sum();
        (processor_time() - start, findings)
    };
    let runs: Vec<(Duration, usize)> = (0..5).map(|_| run()).collect();
    let (best, findings) = runs.iter().min().unwrap();
    let micros = best.as_micros() / cases.len() as u128;
    println!("guidelines: {micros} µs a case of 25 diagnoses, {} findings a case", findings / cases.len());
    assert!(micros < 2_000, "{micros} µs a case");
}

#[test]
fn the_exempt_list_of_cms_is_read() {
    let Some(packed) = shared("at-hand/icd10cm/POAexemptCodesFY26.txt.zst") else { return };
    let text = String::from_utf8_lossy(&zstd::stream::decode_all(packed.as_slice()).unwrap()).into_owned();
    let list = PoaExempt::read("POAexemptCodesFY26.txt", &text).unwrap();
    println!("guidelines: {} codes exempt from present-on-admission reporting", list.len());
    assert_eq!(list.len(), 38_349);
    let code = |text| Code::parse(text).unwrap();
    assert!(list.holds(code("Z87.891")) && !list.holds(code("J18.9")));
}
