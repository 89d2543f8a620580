//! What the browser walks need beside Chromium: the accessibility rules of axe-core, from the npm registry.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::workspace::{must, target};

/// The version of axe-core that the pages are held against.
const AXE_VERSION: &str = "4.14.1";

/// Puts axe-core under `target/npm/axe-core`, where the walks look for it, unless this version is there.
pub(crate) fn fetch_axe() -> Result<()> {
    let folder = target().join("npm/axe-core");
    let script = folder.join("package/axe.min.js");
    let begins = format!("/*! axe v{AXE_VERSION}");
    if std::fs::read_to_string(&script).is_ok_and(|text| text.starts_with(&begins)) {
        return Ok(());
    }
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let package = format!("axe-core@{AXE_VERSION}");
    must(Command::new("npm").args(["pack", "--silent", &package]).current_dir(&folder))?;
    must(Command::new("tar").args(["-xzf", &format!("axe-core-{AXE_VERSION}.tgz")]).current_dir(&folder))?;
    ensure!(script.is_file(), "{package} does not hold {}", script.display());
    Ok(())
}
