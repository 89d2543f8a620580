//! The repository's files: sources named, of a size to read, free of anybody's machine.

use crate::{committed_files, expect_none, root};

/// Lines of a Rust file; the aim is 150.
const MAX_LINES: usize = 400;
/// The folders whose names may stand in front of a path in the text.
const PLACES: [&str; 13] = [
    ".cargo/",
    ".ci/",
    "bench/",
    "crates/",
    "data/",
    "docs/",
    "fuzz/",
    "python/",
    "xtask/",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];

/// Folders of one person's machine. Put together here so that this file does not hold them.
fn machine_folders() -> [String; 3] {
    ["work", "root", "home"].map(|name| format!("/{name}/"))
}

#[test]
fn every_data_table_names_its_source() {
    let findings: Vec<String> = committed_files()
        .filter(|(name, text)| is_table(name) && !text.starts_with("# Source: "))
        .map(|(name, _)| format!("{name}: the first line is not '# Source: …'"))
        .collect();
    expect_none("a table names its source", &findings);
}

fn is_table(name: &str) -> bool {
    name.starts_with("data/") && name.ends_with(".tsv")
}

#[test]
fn rust_files_can_be_read_in_one_sitting() {
    let findings: Vec<String> = committed_files()
        .filter(|(name, _)| name.ends_with(".rs"))
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(name, lines)| format!("{name}: {lines} lines, {MAX_LINES} at most"))
        .collect();
    expect_none("a file is read in one sitting", &findings);
}

#[test]
fn no_file_names_a_machine() {
    let folders = machine_folders();
    let mut findings = Vec::new();
    for (name, text) in committed_files() {
        for (line, content) in text.lines().enumerate() {
            if folders.iter().any(|folder| names_path(content, folder)) {
                findings.push(format!("{name}:{}: {}", line + 1, content.trim()));
            }
        }
    }
    expect_none("no path of anybody's machine", &findings);
}

/// Whether `folder` stands in `line` as the beginning of a path, not as a part of one.
fn names_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | ')'))
    })
}

#[test]
fn documents_name_files_that_exist() {
    let mut findings = Vec::new();
    for (name, text) in committed_files().filter(|(name, _)| name.ends_with(".md")) {
        let folder = root().join(&name).parent().expect("a file lies in a folder").to_owned();
        findings.extend(
            links(&text)
                .filter(|link| !folder.join(link).exists())
                .map(|link| format!("{name}: the link {link} leads nowhere")),
        );
        findings.extend(
            quoted_paths(&text)
                .filter(|path| !root().join(path).exists())
                .map(|path| format!("{name}: there is no {path}")),
        );
    }
    expect_none("documents name files that exist", &findings);
}

/// The targets of Markdown links into the repository.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://"))
}

/// Paths between backticks that begin in the repository. One with a `*`, a blank or an example's `<` is no path.
fn quoted_paths(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(|quoted| PLACES.iter().any(|place| quoted.starts_with(place)))
        .filter(|quoted| !quoted.contains(['*', ' ', '<', '…', '{']))
}

#[test]
fn the_rules_see_what_they_should() {
    let folder = format!("/{}/", "home");
    assert!(names_path(&format!("cd {folder}ann/x"), &folder));
    assert!(!names_path(&format!("example.org{folder}"), &folder));
    assert!(is_table("data/mce/age_range.tsv") && !is_table("data/editions.toml"));
    let text = "See [the layout](docs/case.md#codes), `crates/a.rs` and `data/<family>`.";
    assert_eq!(links(text).collect::<Vec<_>>(), ["docs/case.md"]);
    assert_eq!(quoted_paths(text).collect::<Vec<_>>(), ["crates/a.rs"]);
}
