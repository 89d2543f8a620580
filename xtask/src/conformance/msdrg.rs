//! MS-DRG and Medicare Code Editor cases, sent through the built program as a hospital would send them:
//! `chartroom group --input claims --output -`, its result lines against the expected ones.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{Comparison, Difference, lines};
use crate::workspace::{cargo, must, target};

/// The field of an expected line, and the place of the same thing in our result.
const FIELDS: [(&str, &str); 7] = [
    ("initial_drg", "/initial_drg"),
    ("initial_mdc", "/initial_mdc"),
    ("final_drg", "/final_drg"),
    ("final_mdc", "/final_mdc"),
    ("final_rc", "/return_code"),
    ("mce.type", "/mce/type"),
    ("mce.edits", "/mce/edits"),
];

/// Compares every `claims-X` of `dir` with its `expected-X`.
pub(super) fn compare(dir: &Path) -> Result<Comparison> {
    must(&mut cargo(&["build", "--release", "--package", "chartroom"]))?;
    let mut comparison = Comparison::default();
    for (claims, expected) in pairs(dir)? {
        let before = comparison.counts();
        compare_file(&claims, &expected, &mut comparison)?;
        let after = comparison.counts();
        println!("{}: {} of {} equal", claims.display(), after.1 - before.1, after.0 - before.0);
    }
    Ok(comparison)
}

/// The claims files of `dir` in order of name, each with its answers.
fn pairs(dir: &Path) -> Result<Vec<(PathBuf, PathBuf)>> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix("claims-") else {
            continue;
        };
        found.push((dir.join(&name), dir.join(format!("expected-{rest}"))));
    }
    if found.is_empty() {
        bail!("{} holds no claims-*.jsonl or claims-*.jsonl.zst", dir.display());
    }
    found.sort();
    Ok(found)
}

fn compare_file(claims: &Path, expected: &Path, comparison: &mut Comparison) -> Result<()> {
    let mut desk = Desk::open(claims)?;
    for line in lines(expected)? {
        let expected: Value = serde_json::from_str(&line?)?;
        let found = desk.next_result()?;
        let id = expected["id"].as_str().unwrap_or("a case without id");
        comparison.add(id, &differences(&expected, &found));
    }
    desk.close()
}

/// The fields in which `found` is not what `expected` says.
fn differences(expected: &Value, found: &Value) -> Vec<Difference> {
    let mut differences = vec![];
    for (name, place) in [("id", "/id")].into_iter().chain(FIELDS) {
        let wanted = &expected.pointer(&format!("/{}", name.replace('.', "/"))).unwrap_or(&Value::Null);
        let given = &found.pointer(place).unwrap_or(&Value::Null);
        if wanted != given {
            differences.push(Difference {
                field: name.to_owned(),
                expected: wanted.to_string(),
                found: given.to_string(),
            });
        }
    }
    differences
}

/// The running program, fed with the claims by a thread of its own.
struct Desk {
    program: Child,
    results: std::io::Lines<BufReader<ChildStdout>>,
    feeder: std::thread::JoinHandle<Result<()>>,
}

impl Desk {
    fn open(claims: &Path) -> Result<Self> {
        let mut program = Command::new(target().join("release/chartroom"))
            .args(["group", "--format", "jsonl", "--input", "-", "--output", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start target/release/chartroom")?;
        let mut input = program.stdin.take().context("no standard input")?;
        let output = program.stdout.take().context("no standard output")?;
        let claims = lines(claims)?.collect::<std::io::Result<Vec<String>>>()?;
        let feeder = std::thread::spawn(move || {
            for claim in claims {
                writeln!(input, "{claim}")?;
            }
            Ok(())
        });
        Ok(Self { program, results: BufReader::new(output).lines(), feeder })
    }

    fn next_result(&mut self) -> Result<Value> {
        let line = self.results.next().context("chartroom gave fewer results than there are answers")??;
        Ok(serde_json::from_str(&line)?)
    }

    fn close(mut self) -> Result<()> {
        if self.results.next().is_some() {
            bail!("chartroom gave more results than there are answers");
        }
        let status = self.program.wait()?;
        match self.feeder.join() {
            Ok(fed) => fed?,
            Err(_) => bail!("feeding the claims failed"),
        }
        if !status.success() {
            bail!("chartroom group ended with {status}");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_the_fields_that_differ() {
        let mut expected = json!({"id": "a", "initial_drg": 291, "initial_mdc": 5, "final_drg": 291, "final_mdc": 5,
            "final_rc": "OK", "mce": {"type": "NONE", "edits": {}}});
        let mut found = json!({"id": "a", "initial_drg": 291, "initial_mdc": 5, "final_drg": 291, "final_mdc": 5,
            "return_code": "OK", "mce": {"type": "NONE", "edits": {}}});
        assert_eq!(differences(&expected, &found), []);
        found["return_code"] = json!("UNGROUPABLE");
        expected["mce"]["edits"]["INVALID_CODE"] = json!(2);
        let fields: Vec<String> = differences(&expected, &found).into_iter().map(|d| d.field).collect();
        assert_eq!(fields, ["final_rc", "mce.edits"]);
    }
}
