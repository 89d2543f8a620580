//! Databases of a test's own: a file, or a database on the PostgreSQL server that the environment names.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::server::Server;

/// Where the PostgreSQL server of the tests is: `postgres://USER@HOST:PORT/NAME`.
const POSTGRES: &str = "CHARTROOM_TEST_POSTGRES";

/// One of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    /// How files, databases and tables of figures name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// A database that is gone with this value.
#[derive(Debug)]
pub(crate) struct Database {
    url: String,
    kind: Kind,
    name: String,
}

impl Database {
    /// An empty database; `None`, and a line that says so, where this machine has none of the kind.
    pub(crate) fn empty(kind: Kind, name: &str) -> Option<Self> {
        let database = Self::named(kind, name)?;
        database.remove();
        if kind == Kind::Postgres {
            psql(&format!("create database {name}"));
        }
        Some(database)
    }

    /// The demo hospital, made once per kind and test program, in a copy of the caller's own.
    pub(crate) fn hospital(kind: Kind, name: &str) -> Option<Self> {
        static MADE: Mutex<[Option<Database>; 2]> = Mutex::new([None, None]);
        // A test that failed while it made the hospital leaves none behind: the next one tries again.
        let mut made = MADE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let slot = &mut made[usize::from(kind == Kind::Postgres)];
        if slot.is_none() {
            let hospital = Self::empty(kind, &format!("walk_hospital_{}", kind.name()))?;
            Server::demo(&hospital, 1).stop();
            *slot = Some(hospital);
        }
        slot.as_ref().map(|hospital| hospital.copy(name))
    }

    /// What `--database` takes.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn named(kind: Kind, name: &str) -> Option<Self> {
        let url = match kind {
            Kind::Sqlite => format!("sqlite:{}", file(name).display()),
            Kind::Postgres => {
                let Ok(server) = std::env::var(POSTGRES) else {
                    println!("skipped: {POSTGRES} names no PostgreSQL server; {name} was not walked on it");
                    return None;
                };
                let (server, _) = server.rsplit_once('/').expect("the server's address ends with a database");
                format!("{server}/{name}")
            }
        };
        Some(Self { url, kind, name: name.to_owned() })
    }

    fn copy(&self, name: &str) -> Self {
        let copy = Self::named(self.kind, name).expect("what was made once can be made again");
        copy.remove();
        match self.kind {
            Kind::Sqlite => {
                std::fs::copy(file(&self.name), file(name)).expect("the hospital's file can be copied");
            }
            Kind::Postgres => psql(&format!("create database {name} template {}", self.name)),
        }
        copy
    }

    fn remove(&self) {
        match self.kind {
            Kind::Sqlite => {
                for beside in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{beside}", file(&self.name).display()));
                }
            }
            Kind::Postgres => psql(&format!("drop database if exists {} with (force)", self.name)),
        }
    }
}

impl Drop for Database {
    /// What a failed test leaves is for whoever looks into it.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.remove();
        }
    }
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.db"))
}

fn psql(statement: &str) {
    let server = std::env::var(POSTGRES).expect("checked when the database was named");
    let output = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, &server])
        .output()
        .expect("psql comes with the PostgreSQL server");
    assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
}
