//! The claims of a benchmark, written once in each layout that a program wants.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::conformance::lines;
use crate::workspace::target;

/// Files under `target/bench`.
pub(super) struct Claims {
    /// How many claims `ours` and `peer` hold.
    pub(super) count: usize,
    /// As Chartroom reads them.
    pub(super) ours: PathBuf,
    /// The same claims as `msdrg` reads them.
    pub(super) peer: PathBuf,
    /// The same claims repeated.
    pub(super) many: PathBuf,
    /// How many claims `many` holds.
    pub(super) many_count: usize,
}

impl Claims {
    /// Writes the layouts of `source`, the repeated file with `many_count` lines.
    pub(super) fn prepare(source: &Path, many_count: usize) -> Result<Self> {
        let folder = target().join("bench");
        std::fs::create_dir_all(&folder)?;
        let claims = Self {
            count: 0,
            ours: folder.join("claims.jsonl"),
            peer: folder.join("claims-peer.jsonl"),
            many: folder.join("claims-many.jsonl"),
            many_count,
        };
        let count = claims.write_once(source)?;
        claims.repeat(source)?;
        Ok(Self { count, ..claims })
    }

    fn write_once(&self, source: &Path) -> Result<usize> {
        let mut ours = BufWriter::new(File::create(&self.ours)?);
        let mut peer = BufWriter::new(File::create(&self.peer)?);
        let mut count = 0;
        for line in lines(source)? {
            let line = line?;
            let claim = serde_json::from_str(&line).with_context(|| format!("claim {}", count + 1))?;
            writeln!(ours, "{line}")?;
            writeln!(peer, "{}", peer_layout(&claim))?;
            count += 1;
        }
        ours.flush()?;
        peer.flush()?;
        Ok(count)
    }

    fn repeat(&self, source: &Path) -> Result<()> {
        let mut many = BufWriter::new(File::create(&self.many)?);
        let mut left = self.many_count;
        while left > 0 {
            let before = left;
            for line in lines(source)?.take(left) {
                writeln!(many, "{}", line?)?;
                left -= 1;
            }
            anyhow::ensure!(left < before, "{} holds no claims", source.display());
        }
        Ok(many.flush()?)
    }
}

/// A claim as `msdrg` wants it: sexes and hospital status by its own names, codes as objects, nothing null.
fn peer_layout(claim: &Value) -> Value {
    let sex = match claim["sex"].as_str() {
        Some("M") => 0,
        Some("F") => 1,
        _ => 2,
    };
    let hospital_status = match claim["hospital_status"].as_str() {
        Some("NON_EXEMPT") | None => "NOT_EXEMPT",
        Some(other) => other,
    };
    let procedures: Vec<Value> =
        claim["procedures"].as_array().into_iter().flatten().map(|code| json!({ "code": code })).collect();
    let mut fields: Map<String, Value> =
        ["version", "age", "discharge_status", "discharge_date", "los", "pdx", "sdx"]
            .into_iter()
            .filter(|name| !claim[*name].is_null())
            .map(|name| (name.to_owned(), claim[name].clone()))
            .collect();
    fields.insert("sex".into(), sex.into());
    fields.insert("hospital_status".into(), hospital_status.into());
    fields.insert("procedures".into(), procedures.into());
    if let Some(code) = claim["admit_dx"].as_str() {
        fields.insert("admit_dx".into(), json!({ "code": code }));
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peer_gets_the_same_claim_in_its_own_words() {
        let ours = json!({"id": "1", "version": 431, "age": 65, "sex": "F", "hospital_status": "NON_EXEMPT",
            "admit_dx": null, "pdx": {"code": "I5021", "poa": "Y"}, "sdx": [], "procedures": ["02HV33Z"]});
        let peer = json!({"version": 431, "age": 65, "sex": 1, "hospital_status": "NOT_EXEMPT",
            "pdx": {"code": "I5021", "poa": "Y"}, "sdx": [], "procedures": [{"code": "02HV33Z"}]});
        assert_eq!(peer_layout(&ours), peer);
    }
}
