//! `chartroom edition diff`: what changed between two fiscal years or days.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use codeset::diff::{Change, Diff, Listed, Retitled, WeightChange, diff};
use codeset::{Code, FiscalYear};
use jiff::civil::Date;

use crate::commands::{Done, parse_date, print_json, print_text};
use crate::{Common, held};

/// Show what changed between two fiscal years or days: codes, titles, MDC, severity, exclusions, edits, weights
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom edition diff 2026 2027\n  chartroom edition diff 2026-09-30 2026-10-01 --codes our-codes.txt\n  chartroom edition diff 2026 2027 --json"
)]
pub(crate) struct DiffArgs {
    /// Fiscal year (its first day is taken) or day
    #[arg(value_parser = parse_point)]
    from: Date,
    /// Fiscal year or day
    #[arg(value_parser = parse_point)]
    to: Date,
    /// Only the codes in FILE, one a line: "your codes that change on 1 October"
    #[arg(long, value_name = "FILE")]
    codes: Option<PathBuf>,
    /// Print every change; otherwise the first few of each kind
    #[arg(long)]
    all: bool,
}

/// Changes of one kind printed unless all are asked for.
const FEW: usize = 10;

/// `2027` is the first day of that fiscal year; otherwise a date.
pub(crate) fn parse_point(text: &str) -> Result<Date, String> {
    match text.parse::<i16>() {
        Ok(year) if text.len() == 4 && (1000..=9999).contains(&year) => Ok(FiscalYear(year).first_day()),
        _ => parse_date(text),
    }
}

/// Compares and prints.
pub(crate) fn main(args: &DiffArgs, common: &Common) -> Done {
    let pack = held::open(common.editions.as_deref())?;
    let only = args.codes.as_deref().map(read_codes).transpose()?;
    let diff = diff(&pack, args.from, args.to, only.as_ref())?;
    if common.json {
        return print_json(&diff);
    }
    let limit = if args.all || only.is_some() { usize::MAX } else { FEW };
    print_text(Printed { diff: &diff, limit })
}

/// The codes of a file, one a line; what follows a code on its line is left alone.
pub(crate) fn read_codes(path: &Path) -> Result<BTreeSet<Code>, String> {
    let text = held::read_text(path).map_err(|error| error.to_string())?;
    let code = |(at, line): (usize, &str)| {
        let word = line.split_whitespace().next().unwrap_or_default();
        Code::parse(word).map_err(|error| format!("{}, line {}: {error}", path.display(), at + 1))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(code).collect()
}

/// What changed, as people read it: at most `limit` lines of a kind.
pub(crate) struct Printed<'d> {
    pub(crate) diff: &'d Diff,
    pub(crate) limit: usize,
}

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { diff, limit } = *self;
        writeln!(f, "From {} to {}", diff.from, diff.to)?;
        section(f, "codes added", &diff.added, limit, print_listed)?;
        section(f, "codes deleted", &diff.deleted, limit, print_listed)?;
        section(f, "titles revised", &diff.retitled, limit, print_retitled)?;
        let mut by_aspect: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        diff.changed.iter().for_each(|change| by_aspect.entry(change.aspect).or_default().push(change));
        for (aspect, changes) in by_aspect {
            section(f, &format!("{aspect} changed"), &changes, limit, |change| print_change(change))?;
        }
        section(f, "relative weights changed", &diff.weights, limit, print_weight)
    }
}

/// Writes the heading with its count, then the first lines.
fn section<T>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    items: &[T],
    limit: usize,
    line: impl Fn(&T) -> String,
) -> fmt::Result {
    writeln!(f, "\n{}: {heading}", items.len())?;
    for item in items.iter().take(limit) {
        writeln!(f, "  {}", line(item))?;
    }
    if items.len() > limit {
        writeln!(f, "  … and {} more (--all)", items.len() - limit)?;
    }
    Ok(())
}

fn print_listed(listed: &Listed) -> String {
    let title = listed.title.as_deref().unwrap_or("(title not at hand)");
    format!("{:<8} {title}", listed.classification.print(listed.code))
}

fn print_retitled(retitled: &Retitled) -> String {
    let code = retitled.classification.print(retitled.code);
    format!("{code:<8} {}\n           now: {}", retitled.before, retitled.after)
}

fn print_change(change: &Change) -> String {
    let words = |sign: char, words: &[String]| match words {
        [] => String::new(),
        words if words.len() <= FEW => format!(" {sign} {}", words.join(" ")),
        words => format!(" {sign} {} codes ({} …)", words.len(), words[..3].join(" ")),
    };
    format!("{:<8}{}{}", change.code, words('−', &change.lost), words('+', &change.gained))
}

fn print_weight(change: &WeightChange) -> String {
    let weight = |weight: &Option<String>| weight.clone().unwrap_or_else(|| "none".to_owned());
    format!("DRG {}  {} → {}", change.drg, weight(&change.before), weight(&change.after))
}
