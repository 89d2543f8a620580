//! What the checks need of the machine beyond the Rust toolchain, and how it comes there.
//!
//! The C compiler is seen to by `.cargo/cc`, since without it not even this program could be built.

use std::process::Command;

use anyhow::{Result, bail};

use crate::postgres;
use crate::workspace::{must, succeeds};

/// Something the machine must be able to do.
struct Need {
    /// What succeeds where the need is met.
    probe: Probe,
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    /// What it is for.
    purpose: &'static str,
}

/// How a need is looked for.
enum Probe {
    /// A command that succeeds.
    Command(&'static [&'static str]),
    /// A server's programs, which Debian keeps off the path.
    Postgres,
}

const NEEDS: &[Need] = &[
    Need {
        probe: Probe::Command(&["cc", "--version"]),
        packages: &["gcc", "libc6-dev"],
        purpose: "linking, and the C sources of zstd",
    },
    Need {
        probe: Probe::Command(&["git", "--version"]),
        packages: &["git"],
        purpose: "listing the repository's files",
    },
    Need {
        probe: Probe::Command(&["python3", "-c", "import ensurepip, venv"]),
        packages: &["python3", "python3-venv"],
        purpose: "pyx12, the independent reader of claims",
    },
    Need { probe: Probe::Postgres, packages: &["postgresql"], purpose: "the tests of the store on a server" },
    Need {
        probe: Probe::Command(&["cargo", "clippy", "--version"]),
        packages: &[],
        purpose: "the lints (rustup component add clippy)",
    },
    Need {
        probe: Probe::Command(&["cargo", "fmt", "--version"]),
        packages: &[],
        purpose: "the format check (rustup component add rustfmt)",
    },
    Need {
        probe: Probe::Command(&["chromedriver", "--version"]),
        packages: &["chromium", "chromium-driver", "fonts-dejavu-core"],
        purpose: "walking the pages in a real browser",
    },
];

/// Sees to everything in the list: as root on Debian by installing it, otherwise by naming it.
pub(crate) fn prepare() -> Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !need.probe.is_met()).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    for need in &missing {
        println!("missing: {} ({})", need.packages.join(" "), need.purpose);
    }
    if !packages.is_empty() {
        install(&packages)?;
    }
    match missing.iter().find(|need| !need.probe.is_met()) {
        Some(need) => bail!("`{}` still fails; it is needed for {}", need.probe.shown(), need.purpose),
        None => Ok(()),
    }
}

impl Probe {
    fn is_met(&self) -> bool {
        match self {
            Self::Command(words) => succeeds(Command::new(words[0]).args(&words[1..])),
            Self::Postgres => postgres::is_installed(),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Command(words) => words.join(" "),
            Self::Postgres => "initdb --version".to_owned(),
        }
    }
}

fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install {}", packages.join(" "));
    let is_root = Command::new("id").arg("-u").output()?.stdout == b"0\n";
    if !is_root || !succeeds(Command::new("apt-get").arg("--version")) {
        bail!("this machine lacks Debian packages; as root: {by_hand}");
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    must(&mut apt(&["update", "--quiet"]))?;
    must(apt(&["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages))
}
