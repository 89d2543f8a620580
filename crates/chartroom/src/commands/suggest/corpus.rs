//! A folder of coded charts, and the figures of suggestions on it.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;
use suggest::{
    Acceptance, Document, Evaluation, Judged, Measure, Standing, Suggester, assigned_codes, evaluate as judge,
};

/// A chart of the folder.
pub(super) struct Chart {
    name: String,
    text: String,
    assigned: std::collections::BTreeSet<codeset::Code>,
}

/// The figures, as `--json` prints them.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    code: Measure,
    category: Measure,
    /// Suggestions rejected for each accepted.
    noise: Option<f64>,
    /// The same without what the documents deny, say of relatives, or speak of as to come.
    proposed: Proposed,
    documents: usize,
    ms_per_document: f64,
}

/// What the desk would propose to a coder.
#[derive(Debug, Serialize)]
struct Proposed {
    code: Measure,
    category: Measure,
    noise: Option<f64>,
}

/// Reads a folder laid out as CodiEsp is.
pub(super) fn read(folder: &Path) -> Result<Vec<Chart>, Box<dyn Error>> {
    let table = files(folder)?.into_iter().find(|path| name_of(path).ends_with("D.tsv"));
    let table = table.ok_or_else(|| {
        format!("{}: has no file '<name>D.tsv' with the codes that people assigned", folder.display())
    })?;
    let text = fs::read_to_string(&table).map_err(|error| unreadable(&table, &error))?;
    let mut codes = assigned_codes(&table.display().to_string(), &text)?;
    let texts = files(&folder.join("text_files_en"))?;
    let mut charts = Vec::new();
    for path in texts.iter().filter(|path| name_of(path).ends_with(".txt")) {
        let name = name_of(path).trim_end_matches(".txt").to_owned();
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        let assigned = codes.remove(&name).unwrap_or_default();
        charts.push(Chart { name, text, assigned });
    }
    Ok(charts)
}

/// What is suggested for `charts` against what people assigned.
pub(super) fn evaluate(suggester: &Suggester, charts: &[Chart]) -> Figures {
    let acceptance = Acceptance::default();
    let (mut reached, mut proposed) = (Vec::new(), Vec::new());
    let start = Instant::now();
    for chart in charts {
        let document = Document { id: &chart.name, kind: None, text: &chart.text };
        let mut found = suggester.suggest(&document, &acceptance);
        found.retain(|suggestion| suggestion.score >= suggester.threshold());
        let judged = |found: &[suggest::Suggestion]| Judged {
            proposed: found.iter().map(|suggestion| suggestion.code).collect(),
            assigned: chart.assigned.clone(),
        };
        reached.push(judged(&found));
        found.retain(|suggestion| suggestion.standing == Standing::Proposed);
        proposed.push(judged(&found));
    }
    let ms = start.elapsed().as_secs_f64() * 1e3;
    let Evaluation { code, category, noise, .. } = judge(&reached);
    let of_proposed = judge(&proposed);
    Figures {
        code,
        category,
        noise,
        proposed: Proposed {
            code: of_proposed.code,
            category: of_proposed.category,
            noise: of_proposed.noise,
        },
        documents: charts.len(),
        ms_per_document: ms / f64::from(u32::try_from(charts.len().max(1)).unwrap_or(u32::MAX)),
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<22}{:>10}{:>10}{:>10}", "", "precision", "recall", "F1")?;
        let rows = [
            ("codes", self.code),
            ("categories", self.category),
            ("proposed: codes", self.proposed.code),
            ("proposed: categories", self.proposed.category),
        ];
        for (what, measure) in rows {
            writeln!(f, "{what:<22}{:>10.3}{:>10.3}{:>10.3}", measure.precision, measure.recall, measure.f1)?;
        }
        if let Some(noise) = self.noise {
            writeln!(f, "{noise:.2} suggestions rejected for each accepted")?;
        }
        writeln!(f, "{} documents, {:.2} ms each", self.documents, self.ms_per_document)
    }
}

/// The files of a folder, in order of name.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut files = read().map_err(|error| unreadable(folder, &error))?;
    files.sort();
    Ok(files)
}

/// Why a file or folder cannot be read, with its name.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("{}: cannot be read: {error}", path.display())
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
