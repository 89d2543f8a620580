//! `cargo xtask catalogue`: the pages of the Medicare Code Editor's edits and of the query linter's rules, made from
//! the files that hold them.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::workspace::root;

/// Where the edits are.
const EDITS: &str = "crates/grouper/src/mce/edits";
/// The page.
const PAGE: &str = "docs/edits.md";

/// Where the rules of the query linter are.
const LINT: &str = "crates/clarify/src/lint";
/// Their page.
const LINT_PAGE: &str = "docs/query-linter.md";

/// Writes the pages.
pub(crate) fn write() -> Result<()> {
    let page = page(&root().join(EDITS))?;
    std::fs::write(root().join(PAGE), page).context(PAGE)?;
    std::fs::write(root().join(LINT_PAGE), lint_page(&root().join(LINT))?).context(LINT_PAGE)
}

/// The page of the linter: one section a rule, in order of file name.
fn lint_page(folder: &Path) -> Result<String> {
    let mut page = "# Rules of the query linter\n\n\
                    Made by `cargo xtask catalogue` from `crates/clarify/src/lint/`; do not edit by hand.\n\
                    A query that has a finding is not sent. Each rule rests on the AHIMA/ACDIS practice brief\n\
                    *Guidelines for Achieving a Compliant Query Practice* (2022).\n"
        .to_owned();
    for file in files(folder)? {
        let source = std::fs::read_to_string(&file)?;
        let Some(rule) = source.lines().next().and_then(|line| line.strip_prefix("//! The rule ")) else {
            continue;
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let title = source.split_once("title: \"").and_then(|(_, rest)| rest.split('"').next());
        let advice = source.split_once("advice: \"").and_then(|(_, rest)| rest.split('"').next());
        writeln!(page, "\n## {}\n\n{} `{name}`\n", title.context("no title")?, rule)?;
        manual(&source, &mut page)?;
        writeln!(page, "**What to do.**\n{}", advice.context("no advice")?)?;
    }
    Ok(page)
}

/// The files of a folder but its `mod.rs`, by name.
fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|path| path.file_name().is_some_and(|name| name != "mod.rs"));
    files.sort();
    Ok(files)
}

/// The page as it should be: one section an edit, in order of file name.
fn page(folder: &Path) -> Result<String> {
    let mut page = "# Edits of the Medicare Code Editor\n\n\
                    Made by `cargo xtask catalogue` from `crates/grouper/src/mce/edits/`; do not edit by hand.\n\
                    When an edit is in force, and the limit it compares with: `data/mce/edit.tsv`.\n"
        .to_owned();
    for file in files(folder)? {
        let source = std::fs::read_to_string(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        section(&name, &source, &mut page).with_context(|| name.clone())?;
    }
    Ok(page)
}

/// Adds the section of one edit: its name, its manual, its reference.
fn section(file: &str, source: &str, page: &mut String) -> Result<()> {
    let Some(edit) = source.lines().next().and_then(|line| line.strip_prefix("//! The edit ")) else {
        bail!("the first line must read `//! The edit NAME.`");
    };
    writeln!(page, "\n## {}\n\n`{file}`\n", edit.trim_end_matches('.'))?;
    manual(source, page)?;
    let reference = source.split_once("fn reference").and_then(|(_, rest)| rest.split('"').nth(1));
    writeln!(page, "**Reference.**\n{}", reference.context("no reference")?)?;
    Ok(())
}

/// Adds the doc comment that is the manual: headings, and what stands under them.
pub(crate) fn manual(source: &str, page: &mut String) -> Result<()> {
    let lines =
        source.lines().skip_while(|line| !line.starts_with("/// # ")).take_while(|l| l.starts_with("///"));
    for line in lines {
        let text = line.trim_start_matches("///").trim();
        match text.strip_prefix("# ") {
            Some(heading) => writeln!(page, "**{heading}.**")?,
            None => writeln!(page, "{text}")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_that_of_the_sources() {
        let page = page(&root().join(EDITS)).unwrap();
        let written = std::fs::read_to_string(root().join(PAGE)).unwrap();
        assert!(page == written, "{PAGE} is out of date: run `cargo xtask catalogue`");
        assert_eq!(page.matches("\n## ").count(), 24);
    }

    #[test]
    fn the_linters_page_is_that_of_the_sources() {
        let page = lint_page(&root().join(LINT)).unwrap();
        let written = std::fs::read_to_string(root().join(LINT_PAGE)).unwrap();
        assert!(page == written, "{LINT_PAGE} is out of date: run `cargo xtask catalogue`");
        assert_eq!(page.matches("\n## ").count(), 9);
    }
}
