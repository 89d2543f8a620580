//! `chartroom edition check`: whether what is held is whole and agrees with itself.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use codeset::manual::{Classification, Entry, Manual};
use codeset::{Edition, Pack, Registry};
use editions::{Difference, Report, check};
use grouper::Desk;
use serde::Serialize;

use crate::commands::{Done, print_json, print_text};
use crate::{Common, held};

/// Open every edition, verify every digest, count codes and titles, and compare the tables with each other
///
/// Exit code 0 if all is sound, 1 if tables differ, 2 if the editions cannot be opened.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom edition check\n  chartroom --editions /srv/editions edition check\n  chartroom edition check --data data"
)]
pub(crate) struct CheckArgs {
    /// Also compare the tables of this data folder: code lists, editor and grouper must name the same codes
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// What the check found.
#[derive(Debug, Serialize)]
struct Checked {
    digest: String,
    packed_bytes: usize,
    sections: usize,
    codes: Vec<Counted>,
    unopened: Vec<String>,
    differences: Vec<Difference>,
}

/// Codes and titles on the first day of an edition.
#[derive(Debug, Serialize)]
struct Counted {
    edition: String,
    codes: usize,
    official: usize,
    composed: usize,
    not_at_hand: usize,
}

/// Checks the pack, and the data folder if one is given.
pub(crate) fn main(args: &CheckArgs, common: &Common) -> Done {
    let pack = held::open(common.editions.as_deref())?;
    let registry = Registry::open(&pack)?;
    for section in pack.sections() {
        pack.section(&section.name)?;
    }
    let compared = match &args.data {
        Some(data) => {
            let files = held::read_data(data)?;
            let own = Registry::parse(files.get(Registry::SECTION).map(String::as_str).unwrap_or_default())?;
            check(&files, &own)?
        }
        None => Report::default(),
    };
    let checked = Checked {
        digest: pack.digest(),
        packed_bytes: pack.packed_len(),
        sections: pack.sections().len(),
        codes: counts(&pack, &registry)?,
        unopened: unopened(&Desk::open(&pack)?),
        differences: compared.differences,
    };
    let sound = checked.unopened.is_empty() && checked.differences.is_empty();
    if common.json {
        print_json(&checked)?;
    } else {
        print_text(printed(&checked, args))?;
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn counts(pack: &Pack, registry: &Registry) -> Result<Vec<Counted>, codeset::PackError> {
    let mut counts = Vec::new();
    for of in Classification::ALL {
        let entries = Manual::new(pack).entries(of)?;
        let editions = registry.editions().iter().filter(|edition| edition.family == of.family());
        counts.extend(editions.map(|edition| count(edition, &entries)));
    }
    Ok(counts)
}

fn count(edition: &Edition, entries: &[Entry]) -> Counted {
    let day = edition.first;
    let mut by_origin = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.is_valid_on(day)) {
        let origin = entry.title_on(day).map(|title| title.source.is_official());
        *by_origin.entry(origin).or_insert(0) += 1;
    }
    let of = |origin| by_origin.get(&origin).copied().unwrap_or_default();
    let (official, composed, not_at_hand) = (of(Some(true)), of(Some(false)), of(None));
    let codes = official + composed + not_at_hand;
    Counted { edition: edition.id(), codes, official, composed, not_at_hand }
}

/// The grouper versions that cannot be opened, each with the reason.
fn unopened(desk: &Desk) -> Vec<String> {
    let open = |version| desk.grouper(version).err().map(|error| format!("msdrg {version}: {error}"));
    desk.versions().filter_map(open).collect()
}

fn printed(checked: &Checked, args: &CheckArgs) -> String {
    let Checked { digest, packed_bytes, sections, codes, unopened, differences } = checked;
    let mut out =
        format!("pack of {packed_bytes} bytes, {sections} sections, every digest right\ndigest {digest}\n\n");
    out.push_str(&format!(
        "{:<14} {:>7} {:>9} {:>9} {:>12}\n",
        "edition", "codes", "official", "composed", "not at hand"
    ));
    for Counted { edition, codes, official, composed, not_at_hand } in codes {
        out.push_str(&format!("{edition:<14} {codes:>7} {official:>9} {composed:>9} {not_at_hand:>12}\n"));
    }
    if unopened.is_empty() {
        out.push_str("\nevery grouper version and the editor open\n");
    }
    out.extend(unopened.iter().map(|line| format!("\nCANNOT OPEN {line}\n")));
    if args.data.is_some() && differences.is_empty() {
        out.push_str(
            "code lists, editor and grouper name the same codes on the first day of every version\n",
        );
    }
    out.extend(differences.iter().map(printed_difference));
    out
}

fn printed_difference(difference: &Difference) -> String {
    let Difference { table, date, only_listed, only_in_table } = difference;
    let some =
        |codes: &[codeset::Code]| codes.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join(" ");
    format!(
        "DIFFERENT on {date}: {table} lacks {} listed codes ({}) and has {} that are not listed ({})\n",
        only_listed.len(),
        some(only_listed),
        only_in_table.len(),
        some(only_in_table)
    )
}
