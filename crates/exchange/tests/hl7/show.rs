//! What was read, as JSON and as a short block for goldens that may not hold the text itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chart::id::Digest;
use chart::intake::{Arrival, Change, Extent, SourceKey};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An arrival as JSON, without the original's bytes.
pub(crate) fn arrival(arrival: &Arrival) -> Value {
    let files = arrival.attachments.iter();
    json!({
        "kind": arrival.kind,
        "channel": arrival.channel,
        "changes": arrival.changes.iter().map(change).collect::<Vec<_>>(),
        "attachments": files.map(|file| json!({"media_type": file.media_type, "bytes": file.bytes.len()})).collect::<Vec<_>>(),
        "remarks": arrival.remarks,
    })
}

fn value(of: impl Serialize) -> Value {
    without_blanks(serde_json::to_value(of).expect("chart types are written as JSON"))
}

/// Drops what is not said, so that goldens show what is.
fn without_blanks(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, without_blanks(value)));
            Value::Object(fields.filter(|(_, value)| !is_blank(value)).collect::<Map<_, _>>())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(without_blanks).collect()),
        other => other,
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn key(key: &SourceKey) -> String {
    format!("{:?} {key}", key.kind)
}

/// A change as JSON.
pub(crate) fn change(change: &Change) -> Value {
    let extent = |extent: &Extent| format!("{extent:?}").to_lowercase();
    match change {
        Change::Patient { key: of, demographics, extent: how } => {
            json!({"patient": key(of), "extent": extent(how), "demographics": value(demographics)})
        }
        Change::Encounter { key: of, patient, visit, movement, extent: how } => {
            json!({"encounter": key(of), "of": key(patient), "movement": movement, "extent": extent(how), "visit": value(visit)})
        }
        Change::Entry { key: of, patient, encounter, content } => {
            json!({"entry": key(of), "of": key(patient), "in": encounter.as_ref().map(key), "content": value(content)})
        }
        Change::Document { key: of, patient, encounter, content } => {
            json!({"document": key(of), "of": key(patient), "in": encounter.as_ref().map(key), "content": value(content)})
        }
        Change::Party { key: of, party } => json!({"party": key(of), "content": value(party)}),
        Change::Merge { survivor, absorbed } => json!({"merge": key(absorbed), "into": key(survivor)}),
        Change::MergeEncounters { survivor, absorbed } => {
            json!({"merge-encounter": key(absorbed), "into": key(survivor)})
        }
        Change::MoveEncounter { encounter, to } => json!({"move": key(encounter), "to": key(to)}),
        Change::Rename { old, new } => json!({"rename": key(old), "to": key(new)}),
        Change::Keep { key: of, patient, reason } => {
            json!({"keep": key(of), "of": patient.as_ref().map(key), "why": reason})
        }
        Change::Withdraw { key: of } => json!({"withdraw": key(of)}),
    }
}

/// A block that shows any change of reading and holds none of the text: for each change its kind, the names of the
/// fields filled with how many values each has, the codes counted by system, and the digest of everything.
pub(crate) fn structure(name: &str, read: &Arrival) -> String {
    // A document's kind is a title of the text itself.
    let head = if read.kind.contains('^') { read.kind.as_str() } else { "document" };
    let mut out = format!("{name}: {head} changes={} files={}\n", read.changes.len(), read.attachments.len());
    for one in &read.changes {
        let shown = change(one);
        let fields = shown.as_object().expect("a change is an object");
        let kind = fields.keys().find(|name| KINDS.contains(&name.as_str())).map_or("?", String::as_str);
        let content = ["demographics", "visit", "content"].into_iter().find_map(|name| fields.get(name));
        let detail = content.map(filled).unwrap_or_default();
        let movement = fields.get("movement").and_then(Value::as_str).unwrap_or_default();
        writeln!(out, "  {kind} {movement} {detail}").expect("text is written");
    }
    let all = arrival(read);
    let mut systems = BTreeMap::new();
    count_systems(&all, &mut systems);
    let systems =
        systems.iter().map(|(system, count)| format!("{system}×{count}")).collect::<Vec<_>>().join(" ");
    let digest = Digest::of(all.to_string().as_bytes()).to_string();
    writeln!(out, "  codes: {systems}\n  remarks={} digest={}", read.remarks.len(), &digest[..16])
        .expect("text is written");
    out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

const KINDS: [&str; 11] = [
    "patient",
    "encounter",
    "entry",
    "document",
    "party",
    "merge",
    "merge-encounter",
    "move",
    "rename",
    "keep",
    "withdraw",
];

/// `identifiers:3 names:2 sex birth`, with the kind of an entry first.
fn filled(content: &Value) -> String {
    let Some(fields) = content.as_object() else { return String::new() };
    let kind = fields.get("kind").and_then(Value::as_str).unwrap_or_default();
    let names =
        fields.iter().filter(|(name, value)| *name != "kind" || !value.is_string()).map(|(name, value)| {
            match value {
                Value::Array(list) => format!("{name}:{}", list.len()),
                Value::String(text) if is_time(text) => format!(
                    "{name}={}",
                    text.chars().map(|one| if one.is_ascii_digit() { '9' } else { one }).collect::<String>()
                ),
                _ => name.clone(),
            }
        });
    let names = names.collect::<Vec<_>>().join(" ");
    format!("{kind} {names}")
}

fn is_time(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok() || text.parse::<chart::date::PartialDate>().is_ok()
}

/// Counts codings by system; systems the sender made up count as `local`.
fn count_systems(value: &Value, counts: &mut BTreeMap<String, usize>) {
    match value {
        Value::Object(fields) => {
            if let (Some(_), Some(_)) = (
                fields.get("code").filter(|code| code.is_string()),
                fields.get("system").or(fields.get("display")),
            ) {
                let system = fields.get("system").and_then(Value::as_str).unwrap_or_default();
                let shown = if system.starts_with("http") { system } else { "local" };
                *counts.entry(shown.to_owned()).or_insert(0) += 1;
            }
            fields.values().for_each(|value| count_systems(value, counts));
        }
        Value::Array(list) => list.iter().for_each(|value| count_systems(value, counts)),
        _ => {}
    }
}

/// The folder of test files of this crate.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The files of a folder of the corpus, sorted; none where it is absent.
pub(crate) fn corpus(folder: &str) -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var("CHARTROOM_SHARED").map_or(root, PathBuf::from);
    let mut files: Vec<_> = std::fs::read_dir(shared.join("data/at-hand").join(folder))
        .ok()?
        .flatten()
        .map(|one| one.path())
        .collect();
    files.sort();
    Some(files)
}

/// Compares with a golden file, or writes it where `CHARTROOM_BLESS` is set.
pub(crate) fn check(golden: &Path, actual: &str) {
    if std::env::var_os("CHARTROOM_BLESS").is_some() {
        std::fs::write(golden, actual).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(golden).unwrap_or_default();
    if let Some((line, (was, is))) =
        expected.lines().zip(actual.lines()).enumerate().find(|(_, (was, is))| was != is)
    {
        panic!(
            "{}:{}\n  expected: {was}\n  read:     {is}\n(CHARTROOM_BLESS=1 accepts)",
            golden.display(),
            line + 1
        );
    }
    assert_eq!(
        expected.lines().count(),
        actual.lines().count(),
        "{} (CHARTROOM_BLESS=1 accepts)",
        golden.display()
    );
}
