//! What the project takes from others, held against `deny.toml`: licences, banned crates, sources.

use cargo_metadata::Package;
use serde::Deserialize;
use spdx::{Expression, Licensee, ParseMode};

use crate::{METADATA, expect_none, root};

/// The parts of `deny.toml` that can be checked without building cargo-deny.
#[derive(Deserialize)]
struct Policy {
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

/// Licences that one crate may have beside those of all.
#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
}

fn policy() -> Policy {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml is in the root");
    toml::from_str(&text).expect("deny.toml has licences, bans and sources")
}

/// Crates that others published.
fn taken() -> impl Iterator<Item = &'static Package> {
    METADATA.packages.iter().filter(|package| package.source.is_some())
}

#[test]
fn licences_go_with_ours() {
    let Licenses { allow, exceptions } = policy().licenses;
    let findings: Vec<String> = taken()
        .filter(|package| {
            let own =
                exceptions.iter().filter(|one| package.name.as_str() == one.name).flat_map(|one| &one.allow);
            let allowed: Vec<Licensee> = allow.iter().chain(own).map(|name| licensee(name)).collect();
            !is_allowed(package.license.as_deref(), &allowed)
        })
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.license))
        .collect();
    expect_none("every licence is one that deny.toml allows", &findings);
}

fn licensee(name: &str) -> Licensee {
    Licensee::parse(name).expect("deny.toml names SPDX licences")
}

fn is_allowed(license: Option<&str>, allowed: &[Licensee]) -> bool {
    let expression = Expression::parse_mode(license.unwrap_or_default(), ParseMode::LAX);
    expression.is_ok_and(|e| e.evaluate(|requirement| allowed.iter().any(|one| one.satisfies(requirement))))
}

#[test]
fn no_banned_crate_is_used() {
    let bans = policy().bans.deny;
    let findings: Vec<String> = taken()
        .filter_map(|package| bans.iter().find(|ban| package.name.as_str() == ban.name))
        .map(|ban| format!("{}: {}", ban.name, ban.reason))
        .collect();
    expect_none("no crate that deny.toml bans", &findings);
}

#[test]
fn everything_comes_from_the_registry() {
    let registries = policy().sources.allow_registry;
    let from_registry = |package: &&Package| {
        let source = package.source.as_ref().map(|source| source.repr.as_str()).unwrap_or_default();
        source.strip_prefix("registry+").is_some_and(|url| registries.iter().any(|known| known == url))
    };
    let findings: Vec<String> = taken()
        .filter(|package| !from_registry(package))
        .map(|package| format!("{} comes from {:?}", package.name, package.source))
        .collect();
    expect_none("everything comes from the registry that deny.toml allows", &findings);
}

#[test]
fn the_rule_knows_a_foreign_licence() {
    let allowed = [Licensee::parse("MIT").expect("MIT is a licence")];
    assert!(is_allowed(Some("MIT OR GPL-3.0-only"), &allowed));
    assert!(!is_allowed(Some("GPL-3.0-only"), &allowed) && !is_allowed(None, &allowed));
}
