//! The rules of the house that a program can check: ARCHITECTURE.md names them, these tests hold them.

mod purity;
mod rooms;
mod source;
mod supply;
mod tidy;

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use cargo_metadata::{Metadata, MetadataCommand, Package};

/// The workspace as cargo sees it, dependencies included.
static METADATA: LazyLock<Metadata> = LazyLock::new(|| {
    MetadataCommand::new()
        .current_dir(root())
        .other_options(["--locked".to_owned()])
        .exec()
        .expect("cargo metadata")
});

/// The repository's root.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root")
}

/// The crates under `crates/`.
fn crates() -> impl Iterator<Item = &'static Package> {
    METADATA.workspace_packages().into_iter().filter(|package| package.name.as_str() != "xtask")
}

/// The text files of the repository as git has them, with their content: path from the root, text.
fn committed_files() -> impl Iterator<Item = (String, String)> {
    let list =
        Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().expect("git ls-files");
    let names = String::from_utf8(list.stdout).expect("file names are UTF-8");
    let names: Vec<String> = names.split_terminator('\0').map(str::to_owned).collect();
    assert!(!names.is_empty(), "git lists no file");
    // A file deleted but not yet committed, or one that holds no text, is left out.
    names
        .into_iter()
        .filter_map(|name| Some((std::fs::read_to_string(root().join(&name)).ok()?, name)))
        .map(|(text, name)| (name, text))
}

/// Fails with every finding on a line of its own.
#[track_caller]
fn expect_none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}\n{}", findings.join("\n"));
}
