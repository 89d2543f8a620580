//! The program as a process: started, asked where it listens, stopped or killed.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::database::Database;

/// How long making a large hospital may take.
const START_LIMIT: Duration = Duration::from_secs(600);
/// How long a graceful stop may take.
const STOP_LIMIT: Duration = Duration::from_secs(20);
/// A port that the system chooses.
const ANY_PORT: &str = "127.0.0.1:0";

/// A running program; killed with this value if nobody stopped it.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where its pages are: `http://127.0.0.1:PORT`.
    pub(crate) base: String,
    /// Where it takes HL7 messages.
    pub(crate) hl7: SocketAddr,
}

impl Server {
    /// `chartroom demo`: makes the hospital, then serves it.
    pub(crate) fn demo(database: &Database, scale: u32) -> Self {
        let scale = scale.to_string();
        Self::start(&["demo", "--scale", &scale], database, ANY_PORT, ANY_PORT)
    }

    /// `chartroom serve` on a database that is there.
    pub(crate) fn serve(database: &Database) -> Self {
        Self::start(&["serve"], database, ANY_PORT, ANY_PORT)
    }

    /// `chartroom serve` again, where this one was.
    pub(crate) fn again(&self, database: &Database) -> Self {
        let http = self.base.trim_start_matches("http://");
        Self::start(&["serve"], database, http, &self.hl7.to_string())
    }

    fn start(command: &[&str], database: &Database, http: &str, hl7: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chartroom"))
            .args(command)
            .args(["--database", database.url(), "--listen", http, "--mllp", hl7])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log(database))
            .spawn()
            .expect("the program starts");
        let said = listen(child.stdout.take().expect("its output is piped"));
        match await_ready(&said) {
            Some((base, hl7)) => Self { child, base, hl7 },
            None => {
                let _ = child.kill();
                panic!("chartroom {command:?} did not become ready; its log lies under {}", tmp().display());
            }
        }
    }

    /// Asks it to stop, and sees that it does so in good order.
    pub(crate) fn stop(mut self) {
        let process = self.child.id();
        let asked = Command::new("sh").args(["-c", &format!("kill -TERM {process}")]).status();
        assert!(asked.is_ok_and(|status| status.success()), "process {process} cannot be asked to stop");
        let limit = Instant::now() + STOP_LIMIT;
        while Instant::now() < limit {
            if let Some(status) = self.child.try_wait().expect("the program is our child") {
                assert!(status.success(), "a graceful stop ends with success, not {status}");
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the program did not stop within {STOP_LIMIT:?}");
    }

    /// `kill -9`: no warning, no farewell.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("the program is our child");
        self.child.wait().expect("the program is our child");
    }

    /// The most memory it has held, in bytes, as the kernel counts it.
    pub(crate) fn peak_memory_bytes(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("the program runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux counts it");
        let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number of kB");
        kilobytes * 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn tmp() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Where the program's log of this database goes; a restarted program goes on in it.
fn log(database: &Database) -> File {
    let name = database.url().rsplit('/').next().unwrap_or("server");
    let path = tmp().join(format!("{name}.log"));
    File::options().create(true).append(true).open(path).expect("target/tmp can be written")
}

/// What the program prints, line by line. It is read to the end, so that the program never waits for a reader.
fn listen(output: ChildStdout) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    receive
}

/// Where it listens, once it says that it is ready; `None` when it ended before.
fn await_ready(said: &Receiver<String>) -> Option<(String, SocketAddr)> {
    let (mut base, mut hl7) = (None, None);
    loop {
        let line = said.recv_timeout(START_LIMIT).ok()?;
        if let Some(address) = line.strip_prefix("listening on ") {
            base = Some(address.trim_end_matches('/').to_owned());
        } else if let Some(address) = line.strip_prefix("HL7 on ") {
            hl7 = address.parse().ok();
        } else if line == "ready" {
            return Some((base?, hl7?));
        }
    }
}
