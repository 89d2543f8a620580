//! Cases that belong to no record, over HTTP as a coder's program sends them: each 42nd of the reference cases at hand,
//! some two thousand, answered as the reference answers.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::database::{Database, Kind};
use crate::support::person::Person;
use crate::support::server::Server;
use crate::support::turn;

/// One case of so many is asked.
const EVERY: usize = 42;
/// Cases in one request.
const AT_ONCE: usize = 100;

/// The field of a reference line, and the place of the same thing in our answer.
const FIELDS: [(&str, &str); 8] = [
    ("/id", "/id"),
    ("/initial_drg", "/initial_drg"),
    ("/initial_mdc", "/initial_mdc"),
    ("/final_drg", "/final_drg"),
    ("/final_mdc", "/final_mdc"),
    ("/final_rc", "/return_code"),
    ("/mce/type", "/mce/type"),
    ("/mce/edits", "/mce/edits"),
];

#[test]
fn every_forty_second_reference_case_is_answered_as_the_reference_says() {
    let folder = shared().join("data/at-hand/msdrg-conformance");
    if !folder.is_dir() {
        println!("skipped: {} is not at hand", folder.display());
        return;
    }
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_cases").expect("SQLite is everywhere");
    let server = Server::serve(&hospital);
    let mut coder = Person::sign_in(&server.base, "coder");
    let (claims, expected) = (lines(&folder, "claims-"), lines(&folder, "expected-"));
    assert_eq!(claims.len(), expected.len());
    let mut wrong = Vec::new();
    for (claims, expected) in claims.chunks(AT_ONCE).zip(expected.chunks(AT_ONCE)) {
        let answer = coder.send_json("/api/code-case", &claims.join("\n")).expect("the server answers");
        assert!(answer.is_good(), "{}: {}", answer.status, answer.html);
        let answers: Vec<Value> =
            answer.html.lines().map(|line| serde_json::from_str(line).expect("JSON lines")).collect();
        assert_eq!(answers.len(), expected.len());
        wrong.extend(expected.iter().zip(&answers).filter_map(|(line, ours)| difference(line, ours)));
    }
    println!("{} of {} equal over HTTP", expected.len() - wrong.len(), expected.len());
    assert!(expected.len() > 2_000, "the reference has more cases than {}", expected.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where an answer differs from the reference.
fn difference(line: &str, ours: &Value) -> Option<String> {
    let reference: Value = serde_json::from_str(line).expect("the reference is JSON");
    let differs = |(theirs, place): &&(&str, &str)| {
        reference.pointer(theirs).unwrap_or(&Value::Null) != ours.pointer(place).unwrap_or(&Value::Null)
    };
    let fields: Vec<&str> = FIELDS.iter().filter(differs).map(|(theirs, _)| *theirs).collect();
    (!fields.is_empty()).then(|| format!("{}: {}", reference["id"], fields.join(", ")))
}

/// Each 42nd line of the files whose names begin so, in the order of their names.
fn lines(folder: &Path, beginning: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let named =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning));
    let mut files: Vec<PathBuf> = paths.filter(named).collect();
    files.sort();
    let all = files.iter().flat_map(|path| {
        let file = std::fs::File::open(path).expect("a reference file opens");
        let text = zstd::Decoder::new(file).expect("it is compressed");
        BufReader::new(text).lines().map(|line| line.expect("a line of text"))
    });
    all.step_by(EVERY).collect()
}

fn shared() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::var_os("CHARTROOM_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from)
}
