//! The page of the coding rules, made from the files that hold them and the table of their severities.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::catalogue::manual;
use crate::workspace::root;

/// Where the rules are.
const RULES: &str = "crates/guidelines/src/rules";
/// Their severities, citations and titles.
const TABLE: &str = "data/guidelines/rule.tsv";
/// The page.
const PAGE: &str = "docs/guidelines.md";

/// Writes the page.
pub(crate) fn write() -> Result<()> {
    std::fs::write(root().join(PAGE), page(root())?).context(PAGE)
}

/// The page as it should be: one section a rule, in the order of the table.
fn page(root: &Path) -> Result<String> {
    let mut page = "# Coding guideline checks\n\n\
                    Made by `cargo xtask catalogue` from `crates/guidelines/src/rules/` and \
                    `data/guidelines/rule.tsv`; do not edit by hand. A facility may set another severity for any rule, \
                    or switch it off. An *error* asks for other codes, a *warning* for a look and perhaps a reason, \
                    *advice* for a thought.\n"
        .to_owned();
    let table = std::fs::read_to_string(root.join(TABLE)).context(TABLE)?;
    for row in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let &[rule, severity, may_override, citation, first, last, title] = fields.as_slice() else {
            bail!("{TABLE}: not seven fields: {row}");
        };
        let file = format!("{}.rs", rule.replace('-', "_"));
        let source = std::fs::read_to_string(root.join(RULES).join(&file)).with_context(|| file.clone())?;
        let overruled = if may_override == "yes" { ", may be overruled with a reason" } else { "" };
        writeln!(page, "\n## {rule}\n\n{title}. `{file}`; {severity}{overruled}; {}\n", days(first, last))?;
        manual(&source, &mut page)?;
        writeln!(page, "**Reference.**\n{citation}")?;
    }
    Ok(page)
}

fn days(first: &str, last: &str) -> String {
    if last.is_empty() { format!("since {first}") } else { format!("{first} to {last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_that_of_the_sources() {
        let page = page(root()).unwrap();
        let written = std::fs::read_to_string(root().join(PAGE)).unwrap();
        assert!(page == written, "{PAGE} is out of date: run `cargo xtask catalogue`");
        let files = std::fs::read_dir(root().join(RULES)).unwrap().count() - 1;
        assert_eq!(page.matches("\n## ").count(), files);
        for heading in ["What it checks", "Why", "Example", "Reference"] {
            assert_eq!(page.matches(&format!("**{heading}.**")).count(), files, "{heading}");
        }
    }
}
