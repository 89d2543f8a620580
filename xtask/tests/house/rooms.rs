//! Which crate may use which (ARCHITECTURE.md, Rooms; invariants I1, I2 and I3).

use std::collections::BTreeSet;
use std::process::Command;

use cargo_metadata::{DependencyKind, Package};

use crate::{crates, expect_none, root};

/// Crates that no room uses itself: dates are jiff's, one calendar in the whole program.
const KEPT_OUT: [&str; 2] = ["chrono", "time"];

/// Every crate's layer. A crate uses crates of lower layers only.
const LAYERS: [(&str, u8); 22] = [
    ("codeset", 0),
    ("encoder", 1),
    ("grouper", 1),
    ("guidelines", 1),
    ("pricer", 1),
    ("staging", 1),
    ("suggest", 1),
    ("chart", 2),
    ("paper", 2),
    ("registry", 2),
    ("exchange", 2),
    ("accuracy", 2),
    ("alerts", 2),
    ("clarify", 2),
    ("completeness", 2),
    ("hospital", 3),
    ("store", 3),
    ("bulk", 3),
    ("editions", 3),
    ("workflow", 4),
    ("server", 5),
    ("chartroom", 6),
];

/// Uses that the layers alone would forbid: messages are to and from the record and the cancer register, and the
/// record and the claim are printed.
const SAME_LAYER: [(&str, &str); 8] = [
    ("accuracy", "chart"),
    ("alerts", "chart"),
    ("clarify", "chart"),
    ("completeness", "chart"),
    ("exchange", "chart"),
    ("exchange", "registry"),
    ("paper", "chart"),
    ("paper", "exchange"),
];
/// Uses that the layers alone would allow: a use case works on one record, not on millions.
const NEVER: [(&str, &str); 1] = [("workflow", "bulk")];
/// The last layer that does no input or output (I1).
const LAST_PURE_LAYER: u8 = 2;
/// What a pure layer must not have, even through others.
const IMPURE: [&str; 9] =
    ["async-std", "axum", "fastrand", "getrandom", "hyper", "mio", "rand", "sqlx", "tokio"];
/// Crates that only one room may know (I2 and I3), with the rooms that may.
const KEPT_IN: [(&str, &[&str]); 5] = [
    ("sqlx", &["store"]),
    ("axum", &["server"]),
    ("minijinja", &["server", "workflow"]),
    ("arrow", &["bulk"]),
    ("parquet", &["bulk"]),
];

pub(crate) fn layer(name: &str) -> Option<u8> {
    LAYERS.iter().find(|(room, _)| *room == name).map(|(_, layer)| *layer)
}

/// Whether I1 holds for the crate.
pub(crate) fn is_pure(name: &str) -> bool {
    layer(name).is_some_and(|layer| layer <= LAST_PURE_LAYER)
}

/// The names a crate uses outside its tests.
fn uses(package: &Package) -> impl Iterator<Item = &str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
}

fn may_use(user: &str, used: &str) -> bool {
    if NEVER.contains(&(user, used)) {
        return false;
    }
    layer(used) < layer(user) || SAME_LAYER.contains(&(user, used))
}

#[test]
fn every_crate_has_a_layer() {
    let unknown: Vec<String> = crates()
        .filter(|package| layer(&package.name).is_none())
        .map(|package| format!("{} has no layer in xtask/tests/house/rooms.rs", package.name))
        .collect();
    expect_none("a room of the house has a layer", &unknown);
}

#[test]
fn crates_use_lower_layers_only() {
    let mut findings = Vec::new();
    for package in crates() {
        let rooms = uses(package).filter(|used| layer(used).is_some());
        findings.extend(
            rooms
                .filter(|used| !may_use(&package.name, used))
                .map(|used| format!("{} uses {used}", package.name)),
        );
    }
    expect_none("a crate uses lower layers only", &findings);
}

#[test]
fn i1_layers_0_to_2_have_no_runtime_database_or_randomness() {
    let mut findings = Vec::new();
    for package in crates().filter(|package| is_pure(&package.name)) {
        let reached = reached(&package.name);
        let impure = IMPURE.iter().filter(|name| reached.contains(**name));
        findings.extend(impure.map(|name| format!("{} reaches {name}", package.name)));
    }
    expect_none("I1: layers 0 to 2 do no input or output", &findings);
}

/// Everything that runs with the crate, not what builds it or tests it. `cargo metadata` also lists what a
/// dependency offers and nobody asked for, so this asks `cargo tree`.
fn reached(name: &str) -> BTreeSet<String> {
    let arguments =
        ["tree", "--locked", "--edges", "normal", "--target", "all", "--prefix", "none", "--package", name];
    let tree = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo tree");
    let tree = String::from_utf8(tree.stdout).expect("package names are UTF-8");
    let names: BTreeSet<String> =
        tree.lines().filter_map(|line| Some(line.split_once(' ')?.0.to_owned())).collect();
    assert!(names.contains(name), "cargo tree names the crate itself");
    names
}

#[test]
fn i2_and_i3_sql_http_pages_and_arrow_stay_in_their_rooms() {
    let mut findings = Vec::new();
    for package in crates() {
        for used in uses(package) {
            let kept =
                KEPT_IN.iter().find(|(name, _)| used == *name || used.starts_with(&format!("{name}-")));
            if let Some((_, rooms)) = kept.filter(|(_, rooms)| !rooms.contains(&package.name.as_str())) {
                findings.push(format!("{} uses {used}, which only {} may", package.name, rooms.join(", ")));
            }
        }
    }
    expect_none("I2, I3: one room each for SQL, for HTTP and pages, for Arrow", &findings);
}

#[test]
fn dates_are_of_one_kind() {
    let users = crates().flat_map(|package| uses(package).map(|used| (&package.name, used)));
    let findings: Vec<String> = users
        .filter(|(_, used)| KEPT_OUT.contains(used))
        .map(|(room, used)| format!("{room} uses {used}"))
        .collect();
    expect_none("dates are jiff's", &findings);
}

#[test]
fn the_rules_forbid_what_they_say() {
    assert!(may_use("grouper", "codeset") && may_use("exchange", "chart") && may_use("chartroom", "bulk"));
    assert!(!may_use("codeset", "grouper") && !may_use("grouper", "pricer") && !may_use("workflow", "bulk"));
}
