//! Learning from coded charts: counts of phrases and codes, and the weights of the score. Nothing of a chart's text
//! is kept but counts, and these only for phrases, words and pairs of words that the manuals and our tables have.

use std::collections::BTreeSet;
use std::fmt::Write;

use codeset::{Code, Table, TableError};

use crate::acceptance::Acceptance;
use crate::candidate::Finder;
use crate::counts::Counts;
use crate::evaluate::{Evaluation, Judged, evaluate};
use crate::fit::{Fit, fit};
use crate::manual::{Manual, Sources, table};
use crate::mention::Reading;
use crate::weights::{FIGURES, Figures, NAMES, Weights};

/// A chart with the codes that people assigned.
#[derive(Debug, Clone)]
pub struct CodedChart {
    /// What is read.
    pub text: String,
    /// What was assigned.
    pub codes: BTreeSet<Code>,
}

/// What was learned, as the texts of tables without their first line, which names the source.
#[derive(Debug, Clone)]
pub struct Learned {
    /// `data/suggest/phrase_count.tsv`.
    pub phrase_count: String,
    /// `data/suggest/code_count.tsv`.
    pub code_count: String,
    /// `data/suggest/weight.tsv`.
    pub weight: String,
    /// What a chart's codes are proposed at when the chart itself was not counted.
    pub left_out: Evaluation,
}

/// A candidate of a chart that was left out of the counts.
struct Tried {
    chart: usize,
    code: Code,
    figures: Figures,
}

/// Learns from `charts`. The weights are fitted, and the threshold chosen, on each chart with its own counts left
/// out, so that no chart speaks for itself. `precision` is what the threshold must reach there.
pub fn learn(sources: &Sources<'_>, charts: &[CodedChart], precision: f64) -> Result<Learned, TableError> {
    let (file, text) = table!("weight.tsv");
    let held = Weights::parse(file, text)?;
    let mut manual = Manual::open(sources)?;
    manual.lexicon.add_all_parts();
    manual.lexicon.finish();
    let charts: Vec<(Reading, BTreeSet<Code>)> = charts.iter().map(|chart| read(&manual, chart)).collect();
    let mut counts = Counts::default();
    for (reading, codes) in &charts {
        counts.add(reading.by_phrase.keys().copied(), codes);
    }
    let tried = try_all(&manual, &counts, &held, &charts);
    let rows: Vec<(Figures, bool)> =
        tried.iter().map(|tried| (tried.figures, charts[tried.chart].1.contains(&tried.code))).collect();
    let fit = fit(&rows);
    let weights = Weights { base: fit.base, weights: fit.weights, ..held.clone() };
    let (threshold, left_out) = choose(&weights, &tried, &charts, precision);
    prune(&mut counts, &manual, &held);
    Ok(Learned {
        phrase_count: counts.write_phrases(&manual.lexicon),
        code_count: counts.write_codes(),
        weight: write(file, text, &fit, threshold)?,
        left_out,
    })
}

fn read(manual: &Manual, chart: &CodedChart) -> (Reading, BTreeSet<Code>) {
    let codes = chart.codes.iter().filter_map(|code| manual.book.resolve(*code)).collect();
    (manual.read(&chart.text), codes)
}

fn try_all(
    manual: &Manual,
    counts: &Counts,
    held: &Weights,
    charts: &[(Reading, BTreeSet<Code>)],
) -> Vec<Tried> {
    let acceptance = Acceptance::default();
    let mut tried = Vec::new();
    for (chart, (reading, codes)) in charts.iter().enumerate() {
        let finder = Finder {
            lexicon: &manual.lexicon,
            counts,
            settings: held.settings,
            acceptance: &acceptance,
            left_out: Some(codes),
        };
        let candidates = finder.candidates(reading);
        tried.extend(candidates.iter().map(|c| Tried { chart, code: c.code, figures: c.figures() }));
    }
    tried
}

/// The threshold, in hundredths, with the best F1 among those of enough precision; the highest if none has it.
fn choose(
    weights: &Weights,
    tried: &[Tried],
    charts: &[(Reading, BTreeSet<Code>)],
    precision: f64,
) -> (f64, Evaluation) {
    let scores: Vec<f64> = tried.iter().map(|tried| weights.score(&tried.figures)).collect();
    let at = |hundredths: u32| {
        let threshold = f64::from(hundredths) / 100.0;
        let mut judged: Vec<Judged> = charts
            .iter()
            .map(|(_, codes)| Judged { proposed: BTreeSet::new(), assigned: codes.clone() })
            .collect();
        for (tried, score) in tried.iter().zip(&scores) {
            if *score >= threshold {
                judged[tried.chart].proposed.insert(tried.code);
            }
        }
        (threshold, evaluate(&judged))
    };
    let tried = (10..60).map(at);
    let rank = |(_, found): &(f64, Evaluation)| (found.code.precision >= precision, found.code.f1);
    tried
        .max_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal))
        .unwrap_or((weights.threshold, Evaluation::default()))
}

/// Leaves only counts that can still speak, and those of a phrase's own codes.
fn prune(counts: &mut Counts, manual: &Manual, held: &Weights) {
    let Counts { charts, codes, phrases } = counts;
    let of_all = f64::from((*charts).max(1));
    let settings = held.settings;
    for (phrase, count) in phrases.iter_mut() {
        let targets = &manual.lexicon.get(*phrase).targets;
        let seen = f64::from(count.seen);
        count.coded.retain(|code, coded| {
            let prior = f64::from(codes.get(code).copied().unwrap_or(0)) / of_all;
            let share = (f64::from(*coded) + settings.shrink * prior) / (seen + settings.shrink);
            let speaks = *coded > 1 && share >= settings.min_share && share >= settings.min_lift * prior;
            (speaks && seen <= settings.max_spread * of_all)
                || targets.iter().any(|target| target.code == *code)
        });
    }
    phrases
        .retain(|phrase, count| !count.coded.is_empty() || !manual.lexicon.get(*phrase).targets.is_empty());
}

/// The table of weights with the new figures; settings and meanings stay.
fn write(file: &str, text: &str, fit: &Fit, threshold: f64) -> Result<String, TableError> {
    let mut written = "name\tvalue\tmeaning\n".to_owned();
    for row in Table::parse(file, text)?.rows() {
        let name = row.field(0);
        let place = (0..FIGURES).find(|at| NAMES[*at] == name);
        let value = match (name, place) {
            ("base", _) => format!("{:.4}", fit.base),
            ("threshold", _) => format!("{threshold:.2}"),
            (_, Some(at)) => format!("{:.4}", fit.weights[at]),
            (_, None) => row.field(1).to_owned(),
        };
        // Writing into a text cannot fail.
        let _ = writeln!(written, "{name}\t{value}\t{}", row.field(2));
    }
    Ok(written)
}
