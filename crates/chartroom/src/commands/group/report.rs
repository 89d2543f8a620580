//! What a run tells: rejected cases, progress, and the summary at its end.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use bulk::{Observer, Rejection, Tally};
use indicatif::ProgressBar;
use serde_json::json;

use super::{GroupArgs, GroupError, files};

/// Rejections shown one by one on standard error; more would hide what matters.
const SHOWN: u64 = 20;

/// Keeps the rejects file and the progress bar.
pub(super) struct RunReporter {
    rejects: Option<BufWriter<File>>,
    progress: ProgressBar,
    rejected: u64,
    started: Instant,
}

impl RunReporter {
    pub(super) fn new(rejects: Option<&Path>, progress: ProgressBar) -> Result<Self, GroupError> {
        let create = |path: &Path| {
            let file =
                File::create(path).map_err(|error| GroupError::File(path.display().to_string(), error))?;
            Ok::<_, GroupError>(BufWriter::new(file))
        };
        Ok(Self { rejects: rejects.map(create).transpose()?, progress, rejected: 0, started: Instant::now() })
    }

    /// Closes the rejects file and prints the summary.
    pub(super) fn finish(mut self, tally: Tally, args: &GroupArgs, as_json: bool) -> Result<(), GroupError> {
        self.progress.finish_and_clear();
        if let (Some(rejects), Some(path)) = (&mut self.rejects, &args.rejects) {
            rejects.flush().map_err(|error| GroupError::File(path.display().to_string(), error))?;
        }
        if self.rejected > SHOWN {
            let place = if args.rejects.is_some() {
                "all are in the rejects file"
            } else {
                "--rejects FILE keeps all"
            };
            eprintln!("… and {} more rejected; {place}", self.rejected - SHOWN);
        }
        let seconds = self.started.elapsed().as_secs_f64();
        let cases = tally.processed + tally.rejected;
        let rate = (cases as f64 / seconds.max(1e-6)).round() as u64;
        let Tally { processed, rejected } = tally;
        if !as_json {
            eprintln!(
                "{cases} cases: {processed} grouped, {rejected} rejected, in {seconds:.2} s ({rate} cases/s)"
            );
            return Ok(());
        }
        let summary = json!({
            "cases": cases, "grouped": processed, "rejected": rejected,
            "seconds": (seconds * 1e3).round() / 1e3, "cases_per_second": rate,
        });
        if args.output == Path::new(files::STANDARD) {
            eprintln!("{summary}");
        } else {
            println!("{summary}");
        }
        Ok(())
    }
}

impl Observer for RunReporter {
    fn rejected(&mut self, rejection: &Rejection) -> io::Result<()> {
        let Rejection { place, id, fault } = rejection;
        self.rejected += 1;
        if let Some(rejects) = &mut self.rejects {
            let line = json!({ place.unit(): place.number(), "id": id, "reason": fault.to_string() });
            writeln!(rejects, "{line}")?;
        }
        if self.rejected <= SHOWN {
            let name = if id.is_empty() { String::new() } else { format!(" ({id:?})") };
            self.progress.suspend(|| eprintln!("{place}{name} rejected: {fault}"));
        }
        Ok(())
    }

    fn progressed(&mut self, tally: Tally) {
        self.progress.set_message(format!("{} cases", tally.processed + tally.rejected));
    }
}
