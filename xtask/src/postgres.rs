//! A PostgreSQL server of our own: on a free port, in a folder under the target folder, gone when the work is done.
//!
//! The server is Debian's. It refuses to run as root, so where the chore runs as root the server runs as the user
//! `postgres`, whom Debian's package makes. Anybody on this machine may sign in to it; it holds tests only.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::workspace::{must, succeeds, target};

/// Where tests look for the server's address.
pub(crate) const VARIABLE: &str = "CHARTROOM_TEST_POSTGRES";
/// Debian keeps each version's programs in a folder of its own, away from the path.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The user of the database, and the user of the machine that runs it in place of root.
const DATABASE_USER: &str = "chartroom";
const SYSTEM_USER: &str = "postgres";
/// Many tests at once, each with a pool of its own.
const SETTINGS: &str = "-c max_connections=400 -c listen_addresses=127.0.0.1 -c unix_socket_directories=''";

/// A server that runs until this is dropped.
pub(crate) struct Server {
    folder: PathBuf,
    port: u16,
}

impl Server {
    /// Makes a new, empty server and starts it.
    pub(crate) fn start() -> Result<Self> {
        let all = target().join("postgres");
        clear_abandoned(&all);
        let folder = all.join(std::process::id().to_string());
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        if is_root() {
            must(Command::new("chown").arg(SYSTEM_USER).arg(&folder))?;
        }
        let server = Self { folder, port: free_port()? };
        must(&mut server.initdb()?)?;
        must(server.pg_ctl()?.args(["--wait", "--silent", "start"]))?;
        Ok(server)
    }

    /// Its address, as `store` takes it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{DATABASE_USER}@127.0.0.1:{}/postgres", self.port)
    }

    fn initdb(&self) -> Result<Command> {
        let mut command = server_command(&self.folder, "initdb")?;
        command.args(["--username", DATABASE_USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
        command.args(["--no-sync", "--no-instructions", "--pgdata"]).arg(self.folder.join("data"));
        command.stdout(std::process::Stdio::null());
        Ok(command)
    }

    fn pg_ctl(&self) -> Result<Command> {
        let mut command = server_command(&self.folder, "pg_ctl")?;
        command.arg("--pgdata").arg(self.folder.join("data")).arg("--log").arg(self.folder.join("log"));
        command.arg("--options").arg(format!("-p {} {SETTINGS}", self.port));
        Ok(command)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        stop(&self.folder);
    }
}

/// Runs a command with a server up, and its address in [`VARIABLE`]; ends with the command's own exit code.
pub(crate) fn with_server(command: &[String]) -> Result<ExitCode> {
    crate::test::prepare_machine()?;
    let (program, arguments) = command.split_first().context("say which command to run")?;
    let server = Server::start()?;
    let mut command = Command::new(program);
    let status = command.args(arguments).env(VARIABLE, server.url()).status();
    let status = status.with_context(|| format!("cannot start {program}"))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// A program of the server, run by somebody who is not root.
fn server_command(folder: &Path, name: &str) -> Result<Command> {
    let program = program(name).with_context(|| format!("PostgreSQL's {name} is not installed"))?;
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["--user", SYSTEM_USER, "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder);
    Ok(command)
}

/// Where a program of the server is: of the newest version that Debian has installed, or on the path.
fn program(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path());
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.filter(|path| path.join("bin").join(name).exists()).max_by_key(version);
    let on_path = || succeeds(Command::new(name).arg("--version")).then(|| PathBuf::from(name));
    newest.map(|path| path.join("bin").join(name)).or_else(on_path)
}

/// Whether a server can be made here.
pub(crate) fn is_installed() -> bool {
    program("initdb").is_some()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// A port that nobody listens on at this moment.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}

/// Stops the server of a folder, if it runs, and removes the folder.
fn stop(folder: &Path) {
    let stopped = server_command(folder, "pg_ctl").map(|mut command| {
        command.args(["--mode=immediate", "--wait", "stop", "--pgdata"]).arg(folder.join("data")).output()
    });
    if let Err(error) = stopped {
        eprintln!("the server in {} may still be running: {error:#}", folder.display());
    }
    if let Err(error) = std::fs::remove_dir_all(folder) {
        eprintln!("cannot remove {}: {error}", folder.display());
    }
}

/// Stops the servers of chores that ended without doing so. A folder is named by the process that made it.
fn clear_abandoned(all: &Path) {
    for folder in std::fs::read_dir(all).into_iter().flatten().flatten() {
        if !Path::new("/proc").join(folder.file_name()).exists() {
            stop(&folder.path());
        }
    }
}
