//! `chartroom edition list` and `show`: the register of editions.

use clap::Args;
use codeset::{Edition, Registry};
use jiff::civil::Date;

use crate::commands::{Done, parse_date, print_json, print_text};
use crate::{Common, held};

/// List the editions held
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  chartroom edition list\n  chartroom edition list --on 2026-11-03")]
pub(crate) struct ListArgs {
    /// Only the editions that govern this discharge date
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    on: Option<Date>,
}

/// Show one edition whole: source, status, evidence, files
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  chartroom edition show msdrg 44.0\n  chartroom edition show icd10cm")]
pub(crate) struct ShowArgs {
    /// The family, such as icd10cm, icd10pcs, msdrg, mce, ipps-table5 or ipps-rates
    family: String,
    /// The version, such as 2027 or 44.0; all versions if left out
    #[arg(id = "edition_version", value_name = "VERSION")]
    version: Option<String>,
}

/// Prints one line per edition.
pub(crate) fn list(args: &ListArgs, common: &Common) -> Done {
    let registry = Registry::open(&held::open(common.editions.as_deref())?)?;
    let governs =
        |edition: &&Edition| args.on.is_none_or(|day| (edition.first..=edition.last).contains(&day));
    let editions: Vec<_> = registry.editions().iter().filter(governs).collect();
    if common.json {
        return print_json(&editions);
    }
    let mut lines = format!("{:<12} {:<8} {:<10} {:<10} status\n", "family", "version", "first", "last");
    for Edition { family, version, first, last, status, .. } in editions {
        lines.push_str(&format!("{family:<12} {version:<8} {first} {last} {status}\n"));
    }
    print_text(lines)
}

/// Prints the editions asked for; an error if there is none.
pub(crate) fn show(args: &ShowArgs, common: &Common) -> Done {
    let registry = Registry::open(&held::open(common.editions.as_deref())?)?;
    let is_asked = |edition: &&Edition| {
        edition.family.to_string() == args.family
            && args.version.as_ref().is_none_or(|version| *version == edition.version)
    };
    let editions: Vec<_> = registry.editions().iter().filter(is_asked).collect();
    if editions.is_empty() {
        let version = args.version.as_deref().unwrap_or("of any version");
        return Err(format!(
            "no edition {} {version} is held; `chartroom edition list` shows which are",
            args.family
        )
        .into());
    }
    if common.json {
        return print_json(&editions);
    }
    print_text(editions.into_iter().map(described).collect::<String>())
}

fn described(edition: &Edition) -> String {
    let Edition { first, last, status, source, evidence, files, .. } = edition;
    let files = files.join("\n            ");
    format!(
        "{}\n  holds     {first} to {last}\n  status    {status}\n  source    {source}\n  evidence  {evidence}\n  files     {files}\n",
        edition.id()
    )
}
