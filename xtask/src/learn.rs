//! `cargo xtask learn-suggestions --train DIR`: rebuilds the learned tables of `data/suggest/` from coded charts.
//!
//! The folders of `--train` and `--report` are laid out as CodiEsp is: `<name>D.tsv` with the diagnosis codes, where
//! `<name>` is the folder's, and `text_files_en/` with one text a chart. Only counts enter the tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use codeset::manual::{Classification, Entry, pages};
use codeset::rows::{read_codes, read_titles};
use codeset::{Code, Synonym, Table, read_synonyms};
use jiff::civil::{Date, date};
use suggest::{
    Acceptance, CodedChart, Document, Evaluation, Judged, Sources, Standing, Suggester, assigned_codes,
    evaluate, learn,
};

/// The day whose codes the charts of CodiEsp were coded with: the second Spanish edition of ICD-10-CM, of 2018.
const CODED_WITH: Date = date(2018, 1, 1);
/// The precision that the threshold must reach on charts left out.
const PRECISION: f64 = 0.68;
/// Where counts are from.
const SOURCE: &str = "# Source: CodiEsp corpus v4 (CC BY 4.0, doi.org/10.5281/zenodo.3837305), training part: counts only, of words \
     that ICD-10-CM's titles and terms and our own tables have; rebuild with cargo xtask learn-suggestions";

/// Where the charts are.
#[derive(Args)]
pub(crate) struct Options {
    /// The folder to learn from; left out, nothing is learned
    #[arg(long, value_name = "DIR")]
    train: Option<PathBuf>,
    /// A folder to print figures of, with the tables this program was built with
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// A synonym pack to open for the report
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
}

/// Notes that name conditions a code takes in.
const NAMING_NOTES: [&str; 2] = ["inclusion-term", "includes"];

/// The conditions that codes take in. Chapters and blocks are no codes: what they include is a heading of many.
fn terms(notes: &str) -> Result<Vec<(Code, &str)>> {
    let table = Table::parse("icd10cm/notes.tsv", notes)?;
    table.expect_columns(&["node", "kind", "place", "first", "last", "text"])?;
    let mut terms = Vec::new();
    for row in table.rows().filter(|row| NAMING_NOTES.contains(&row.field(1)) && !row.field(0).contains('-'))
    {
        if row.date_or(4, CODED_WITH)? >= CODED_WITH {
            terms.push((row.parse(0)?, row.field(5)));
        }
    }
    Ok(terms)
}

/// Learns and reports what is asked for.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let data = crate::workspace::root().join("data");
    let entries = entries(&data)?;
    let notes = read(&data.join("icd10cm/notes.tsv"))?;
    let terms = terms(&notes)?;
    let sources = Sources { entries: &entries, terms: &terms, synonyms: &[], date: CODED_WITH };
    if let Some(folder) = &options.train {
        teach(&data, &sources, folder)?;
    }
    if let Some(folder) = &options.report {
        let synonyms = options.synonyms.as_deref().map(synonyms).transpose()?.unwrap_or_default();
        report(&Sources { synonyms: &synonyms, ..sources }, folder)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn teach(data: &Path, sources: &Sources<'_>, folder: &Path) -> Result<()> {
    let charts: Vec<CodedChart> = charts(folder)?.into_iter().map(|(_, chart)| chart).collect();
    let learned = learn(sources, &charts, PRECISION)?;
    let tables = [
        ("phrase_count.tsv", &learned.phrase_count),
        ("code_count.tsv", &learned.code_count),
        ("weight.tsv", &learned.weight),
    ];
    for (name, table) in tables {
        let path = data.join("suggest").join(name);
        fs::write(&path, format!("{SOURCE}\n{table}")).with_context(|| path.display().to_string())?;
    }
    print("each chart left out of its counts", &learned.left_out);
    Ok(())
}

fn report(sources: &Sources<'_>, folder: &Path) -> Result<()> {
    let start = Instant::now();
    let suggester = Suggester::open(sources)?;
    println!("opened in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let (mut all, mut asserted) = (Vec::new(), Vec::new());
    let charts = charts(folder)?;
    let start = Instant::now();
    for (name, chart) in &charts {
        let document = Document { id: name, kind: None, text: &chart.text };
        let found = suggester.suggest(&document, &Acceptance::default());
        let likely = found.iter().filter(|found| found.score >= suggester.threshold());
        let proposed = likely.clone().map(|found| found.code).collect();
        all.push(Judged { proposed, assigned: chart.codes.clone() });
        let standing = likely.filter(|found| found.standing == Standing::Proposed);
        asserted.push(Judged { proposed: standing.map(|f| f.code).collect(), assigned: chart.codes.clone() });
    }
    println!("{:.2} ms a document", start.elapsed().as_secs_f64() * 1e3 / charts.len().max(1) as f64);
    print("all statuses", &evaluate(&all));
    print("what would be proposed", &evaluate(&asserted));
    Ok(())
}

fn print(what: &str, found: &Evaluation) {
    for (level, measure) in [("code", found.code), ("category", found.category)] {
        let (p, r, f1) = (measure.precision, measure.recall, measure.f1);
        println!("{what}: {level} precision {p:.3} recall {r:.3} F1 {f1:.3}");
    }
}

/// The charts of a folder, in order of name.
fn charts(folder: &Path) -> Result<Vec<(String, CodedChart)>> {
    let name = folder.file_name().and_then(|name| name.to_str()).context("the folder has no name")?;
    let path = folder.join(format!("{name}D.tsv"));
    let mut codes = assigned_codes(&path.display().to_string(), &read(&path)?)?;
    let texts = folder.join("text_files_en");
    let mut files: Vec<PathBuf> = fs::read_dir(&texts)
        .with_context(|| texts.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let codes: BTreeSet<Code> = codes.remove(&name).unwrap_or_default();
            Ok((name, CodedChart { text: read(path)?, codes }))
        })
        .collect()
}

fn entries(data: &Path) -> Result<Vec<Entry>> {
    let table = |name: &str| read(&data.join("icd10cm").join(name));
    let codes = read_codes("codes.tsv", &table("codes.tsv")?)?;
    let titles = read_titles("titles.tsv", &table("titles.tsv")?)?;
    Ok(pages(Classification::Icd10cm, &codes, &titles).into_values().flatten().collect())
}

fn synonyms(path: &Path) -> Result<Vec<Synonym>> {
    Ok(read_synonyms(&path.display().to_string(), &read(path)?)?)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}
