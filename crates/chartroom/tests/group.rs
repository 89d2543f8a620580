//! `chartroom group` as a whole process: files, exit codes, standard streams, memory.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

const GOOD: &str = r#"{"id":"a","pdx":{"code":"I5021","poa":"Y"},"discharge_date":"2026-11-03","age":71,"sex":"F","discharge_status":1,"sdx":["E1165","N179"]}"#;
const BAD: &str = r#"{"id":"b","pdx":{"code":"I5021"},"discharge_date":"2026-13-03"}"#;

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chartroom-group-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn group(input: &Path, output: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chartroom"));
    command.arg("group").arg("--input").arg(input).arg("--output").arg(output).args(options);
    command
}

fn run(mut command: Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn all_done_is_0_and_some_rejected_is_1() {
    let folder = Folder::new("codes");
    let (output, rejects) = (folder.0.join("out.jsonl"), folder.0.join("rejects.jsonl"));
    let good = folder.file("good.jsonl", &format!("{GOOD}\n"));
    let ran = run(group(&good, &output, &[]));
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    assert!(fs::read_to_string(&output).unwrap().contains(r#""final_drg":292"#));

    let mixed = folder.file("mixed.jsonl", &format!("{GOOD}\n{BAD}\n{GOOD}\n"));
    let ran = run(group(&mixed, &output, &["--rejects", rejects.to_str().unwrap(), "--json"]));
    assert_eq!(ran.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&output).unwrap().lines().count(), 2);
    let reason = "discharge_date is '2026-13-03'; expected a day such as 2026-11-03 or 20261103";
    assert!(stderr(&ran).contains(&format!("line 2 (\"b\") rejected: {reason}")), "{}", stderr(&ran));
    let reject: serde_json::Value = serde_json::from_str(&fs::read_to_string(&rejects).unwrap()).unwrap();
    assert_eq!(reject, serde_json::json!({"line": 2, "id": "b", "reason": reason}));
    let summary: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!((&summary["cases"], &summary["rejected"]), (&3.into(), &1.into()));
}

#[test]
fn what_cannot_run_is_2_and_leaves_no_file() {
    let folder = Folder::new("broken");
    let output = folder.0.join("out.jsonl");
    let missing = run(group(&folder.0.join("none.jsonl"), &output, &[]));
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("none.jsonl"));

    let headless = folder.file("cases.csv", "id,age\n1,2\n");
    let ran = run(group(&headless, &output, &[]));
    assert_eq!(ran.status.code(), Some(2));
    assert!(stderr(&ran).contains("has no column pdx"), "{}", stderr(&ran));

    let nameless = folder.file("cases.txt", GOOD);
    let ran = run(group(&nameless, &output, &[]));
    assert!(stderr(&ran).contains("tells no format; give it with --format"), "{}", stderr(&ran));

    let cut = folder.file("cut.837", "ISA*00*");
    assert_eq!(run(group(&cut, &output, &[])).status.code(), Some(2));
    assert!(!output.exists() && !folder.0.join("out.jsonl.partial").exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_2_with_its_reason() {
    let folder = Folder::new("full");
    let good = folder.file("good.jsonl", GOOD);
    let ran = run(group(&good, Path::new("/dev/full"), &["--output-format", "jsonl"]));
    assert_eq!(ran.status.code(), Some(2));
    assert!(stderr(&ran).contains("the output cannot be written"), "{}", stderr(&ran));
}

#[test]
fn standard_streams_are_json_lines_and_a_closed_one_ends_the_run_quietly() {
    let standard = Path::new("-");
    let mut child = group(standard, standard, &[])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let feeding = feed(&mut child, 1);
    let ran = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap().lines().count(), 1);

    let mut child = group(standard, standard, &[])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let feeding = feed(&mut child, 200_000);
    drop(child.stdout.take());
    let ran = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    assert_eq!((ran.status.code(), stderr(&ran).as_str()), (Some(0), ""));
}

/// Writes `count` cases to the standard input of `child`, until it listens no more.
fn feed(child: &mut Child, count: usize) -> thread::JoinHandle<()> {
    let mut stdin = BufWriter::new(child.stdin.take().unwrap());
    thread::spawn(move || {
        for _ in 0..count {
            if writeln!(stdin, "{GOOD}").is_err() {
                break;
            }
        }
    })
}

#[test]
fn every_pair_of_formats_runs() {
    let folder = Folder::new("pairs");
    let claims = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/tests/resources/three-stays.837");
    let csv = folder.file("in.csv", "id,pdx,discharge_date\na,I5021:Y,2026-11-03\n");
    let json = folder.file("in.jsonl", GOOD);
    for input in [&claims, &csv, &json] {
        for name in ["out.jsonl", "out.csv", "out.parquet"] {
            let output = folder.0.join(name);
            let ran = run(group(input, &output, &["--threads", "2"]));
            assert_eq!(ran.status.code(), Some(0), "{} to {name}: {}", input.display(), stderr(&ran));
            assert!(fs::metadata(&output).unwrap().len() > 50);
        }
    }
}

/// It takes a while unoptimised, so it runs where asked for: `cargo test -p chartroom --test group -- --ignored`.
#[test]
#[ignore = "measures memory over a million claims"]
#[cfg(target_os = "linux")]
fn a_million_claims_stream_in_under_250_megabytes() {
    let folder = Folder::new("million");
    let input = folder.0.join("million.jsonl");
    let mut file = BufWriter::new(fs::File::create(&input).unwrap());
    for number in 0..1_000_000 {
        let age = number % 100;
        writeln!(file, r#"{{"id":"{number}","age":{age},"sex":"F","discharge_status":1,"discharge_date":20261103,"los":4,"pdx":{{"code":"I5021","poa":"Y"}},"sdx":[{{"code":"E1165","poa":"Y"}},{{"code":"N179","poa":"N"}},{{"code":"J9601","poa":"Y"}},{{"code":"I10","poa":"Y"}}],"procedures":["02HV33Z","5A1955Z"]}}"#).unwrap();
    }
    drop(file);
    let mut child = group(&input, &folder.0.join("out.jsonl"), &[]).stderr(Stdio::piped()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kilobytes = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak_kilobytes = peak.unwrap_or(0).max(peak_kilobytes);
        thread::sleep(Duration::from_millis(20));
    }
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    println!("peak {} MB; {said}", peak_kilobytes / 1_000);
    assert!((1..250_000).contains(&peak_kilobytes), "{peak_kilobytes} kB");
}
