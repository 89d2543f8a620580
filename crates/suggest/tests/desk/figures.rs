//! The figures on coded charts, where these are at hand; nothing of them is part of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use jiff::civil::{Date, date};
use suggest::{Acceptance, Document, Judged, assigned_codes, evaluate};

use crate::desk_of;

/// The day whose codes the charts were coded with.
const CODED_WITH: Date = date(2018, 1, 1);
/// What the department asks of the desk: F1 of codes and of categories, precision of categories.
const LEAST: (f64, f64, f64) = (0.50, 0.60, 0.65);

fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("CHARTROOM_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    Some(shared.join("data/at-hand/codiesp/dev")).filter(|folder| folder.is_dir())
}

#[test]
fn the_figures_on_charts_never_learned_from_are_kept() {
    let Some(folder) = folder() else {
        println!("skipped: CodiEsp is not at hand");
        return;
    };
    let desk = desk_of(CODED_WITH);
    let assigned = fs::read_to_string(folder.join("devD.tsv")).expect("the codes");
    let assigned = assigned_codes("devD.tsv", &assigned).expect("the codes are readable");
    let mut charts = Vec::new();
    for (chart, assigned) in assigned {
        let text = fs::read_to_string(folder.join(format!("text_files_en/{chart}.txt"))).expect("a text");
        let document = Document { id: &chart, kind: None, text: &text };
        let found = desk.suggest(&document, &Acceptance::default());
        let reached = found.into_iter().filter(|found| found.score >= desk.threshold());
        let proposed: BTreeSet<_> = reached.map(|found| found.code).collect();
        charts.push(Judged { proposed, assigned });
    }
    let found = evaluate(&charts);
    println!("{:?} {:?} noise {:?}", found.code, found.category, found.noise);
    assert!(
        found.code.f1 >= LEAST.0 && found.category.f1 >= LEAST.1,
        "{:?} {:?}",
        found.code,
        found.category
    );
    assert!(found.category.precision >= LEAST.2, "{:?}", found.category);
}
