//! The tables under `data/accuracy/`: rows of tab-separated fields after a line with the source and one with titles.

use regex::{Regex, RegexBuilder};

/// The rows of a table of `N` columns. A test reads every table, so that a malformed row fails the build's checks.
pub(crate) fn rows<const N: usize>(table: &'static str) -> Vec<[&'static str; N]> {
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
    rows.map(|line| {
        let fields: Vec<&'static str> = line.split('\t').collect();
        fields.try_into().unwrap_or_else(|_| panic!("data/accuracy: not {N} fields: {line}"))
    })
    .collect()
}

/// A pattern of a table: whole words, upper and lower case alike.
pub(crate) fn words(pattern: &str) -> Regex {
    compile(&format!(r"\b(?:{pattern})"), true)
}

/// A pattern in which case counts.
pub(crate) fn exact(pattern: &str) -> Regex {
    compile(pattern, false)
}

fn compile(pattern: &str, any_case: bool) -> Regex {
    let built = RegexBuilder::new(pattern).case_insensitive(any_case).build();
    built.unwrap_or_else(|error| panic!("accuracy: a pattern cannot be read: {error}"))
}
