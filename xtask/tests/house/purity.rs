//! What the code of the pure rooms must not say (invariants I1, I2 and I4).

use crate::rooms::{is_pure, layer};
use crate::source::{Word, files, words};
use crate::{crates, expect_none, root};

/// Modules of the standard library that reach outside the program (I1).
const OUTSIDE: [&str; 6] = ["env", "fs", "net", "os", "process", "thread"];
/// Types that read a clock when asked for `now`.
const CLOCKS: [&str; 4] = ["Instant", "SystemTime", "Timestamp", "Zoned"];
/// Macros and functions of the terminal.
const TERMINAL: [&str; 8] =
    ["dbg!", "eprint!", "eprintln!", "print!", "println!", "stderr(", "stdin(", "stdout("];
/// The first words of an SQL statement.
const SQL: [&str; 6] =
    ["select ", "insert into ", "update ", "delete from ", "create table ", "alter table "];
/// The years that regulation speaks of.
const YEARS: std::ops::RangeInclusive<u32> = 1980..=2047;
const ENGINE_LAYER: u8 = 1;

/// Runs `rule` over the code of every crate that `takes_part`; it gives what is wrong at a place, if anything.
fn scan(takes_part: impl Fn(&str) -> bool, rule: impl Fn(&[Word]) -> Option<String>) -> Vec<String> {
    let mut findings = Vec::new();
    for package in crates().filter(|package| takes_part(&package.name)) {
        for path in files(package.manifest_path.as_std_path()) {
            let text = std::fs::read_to_string(&path).expect("a source file is readable");
            let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            let words = words(&text);
            let found = (0..words.len()).filter_map(|at| Some((words[at].line, rule(&words[at..])?)));
            findings.extend(found.map(|(line, what)| format!("{name}:{line}: {what}")));
        }
    }
    findings
}

#[test]
fn i1_layers_0_to_2_reach_nothing_outside() {
    expect_none("I1: layers 0 to 2 do no input or output", &scan(is_pure, reaches_outside));
}

/// `std::fs`, `std::{fs, io}`, `SystemTime`, `Timestamp::now`, `println!`.
fn reaches_outside(words: &[Word]) -> Option<String> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let call = format!("{}{}", text(0), text(1));
    if TERMINAL.contains(&call.as_str()) {
        return Some(call);
    }
    let reads_clock = text(1) == ":" && text(2) == ":" && text(3) == "now";
    if reads_clock && CLOCKS.contains(&text(0)) {
        return Some(text(0).to_owned());
    }
    if text(0) != "std" || text(1) != ":" || text(2) != ":" {
        return None;
    }
    let mut named = if text(3) == "{" { listed(&words[3..]) } else { vec![text(3)] };
    named.retain(|name| OUTSIDE.contains(name));
    named.first().map(|name| format!("std::{name}"))
}

/// The names at the first level of a `{a, b::c, d}` list.
fn listed(words: &[Word]) -> Vec<&str> {
    let mut depth = 0;
    let mut names = Vec::new();
    let mut before = "";
    for Word { text, .. } in words {
        match text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            name if depth == 1 && matches!(before, "{" | ",") => names.push(name),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        before = text;
    }
    names
}

#[test]
fn i2_only_store_speaks_sql() {
    let findings = scan(|name| name != "store", |words| speaks_sql(&words[0].text));
    expect_none("I2: only `store` contains SQL", &findings);
}

fn speaks_sql(word: &str) -> Option<String> {
    let content = word.trim_start_matches(['r', '#']).strip_prefix('"')?.trim_start();
    let begins = |sql: &&&str| content.get(..sql.len()).is_some_and(|c| c.eq_ignore_ascii_case(sql));
    let statement = SQL.iter().find(begins)?;
    // Sentences begin with "Select" and "Update" too; a statement names a table.
    let lower = content.to_ascii_lowercase();
    let names_table =
        !matches!(*statement, "select " | "update ") || lower.contains(" from ") || lower.contains(" set ");
    names_table.then(|| word.to_owned())
}

#[test]
fn i4_no_engine_branches_on_a_year() {
    let findings = scan(|name| layer(name) == Some(ENGINE_LAYER), names_a_year);
    expect_none("I4: a year is an edition; engines know none", &findings);
}

/// A year or date as a number or text, or a grouper version by number. Numbers that are no year are written with
/// an underscore: `2_000`.
fn names_a_year(words: &[Word]) -> Option<String> {
    let word = words[0].text.as_str();
    let is_version = word == "Version"
        && words.get(1).is_some_and(|next| next.text == "(")
        && words.get(2).is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()));
    if is_version {
        return Some(format!("Version({})", words[2].text));
    }
    let bare = word.trim_matches('"');
    let year = bare.get(..4)?.parse().ok().filter(|year| YEARS.contains(year))?;
    let rest = &bare[4..];
    let is_number = !word.starts_with('"') && (rest.is_empty() || rest.starts_with(['i', 'u']));
    let is_date = matches!(rest.len(), 0 | 4 | 6) && rest.chars().all(|c| c.is_ascii_digit() || c == '-');
    (is_number || is_date).then(|| format!("{word} names the year {year}"))
}

#[test]
fn the_rules_see_what_they_should() {
    let outside = |text: &str| (0..words(text).len()).any(|at| reaches_outside(&words(text)[at..]).is_some());
    for text in
        ["use std::fs;", "use std::{io, fs::File};", "std::net::lookup()", "Timestamp::now()", "println!()"]
    {
        assert!(outside(text), "{text}");
    }
    for text in [
        "use std::io::BufRead;",
        "use std::{fmt, str::FromStr};",
        "let fs = 1;",
        "self.print(f)",
        "writeln!(f)",
    ] {
        assert!(!outside(text), "{text}");
    }
    let year = |text: &str| (0..words(text).len()).any(|at| names_a_year(&words(text)[at..]).is_some());
    for text in
        ["FiscalYear(2026)", "date(2024, 10, 1)", "2024i16", r#""2024-10-01""#, "20261001", "Version(440)"]
    {
        assert!(year(text), "{text}");
    }
    for text in ["2_000", "2048", "4096", r#""2024 is a year""#, "Version(number)", "1.35"] {
        assert!(!year(text), "{text}");
    }
    assert!(speaks_sql(r#""SELECT id FROM chart""#).is_some() && speaks_sql(r#""Select a chart""#).is_none());
}
