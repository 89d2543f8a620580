//! `chartroom group`: cases in, MS-DRG and edits out, by the million.

mod explain;
mod files;
mod report;
mod work;

use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use bulk::{
    CaseWork, Cases837, CsvBlock, CsvCases, Format, JsonBlock, JsonLines, ParquetCases, ParquetSink,
    RunError, Sink, Source, SourceError, Tally, TextSink,
};
use clap::Args;
use explain::{ExplainedDesk, ExplanationBlock};
use files::{Input, Output};
use work::Work;

use super::{Done, Office};
use crate::Common;
use crate::price::{PriceArgs, PriceBook, PricedDesk};
use crate::report::Reporter;

/// Group and edit inpatient cases, any number of them, on all cores
///
/// Reads JSON lines, CSV, Parquet or 837 institutional claims and writes one result for each case, in input order.
/// A case that cannot be read is reported with its line and reason and left out; the rest is done.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct GroupArgs {
    /// The file of cases; '-' is standard input. Files ending in .gz or .zst are decompressed
    #[arg(short, long, value_name = "FILE")]
    input: PathBuf,
    /// The file of results; '-' is standard output. It appears only when complete
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Format of the cases, if the file's name does not tell: jsonl, csv, parquet, 837
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Format of the results, if the file's name does not tell: jsonl, csv, parquet
    #[arg(long, value_name = "FORMAT")]
    output_format: Option<Format>,
    /// Threads that work on cases [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write rejected cases here, as JSON lines with place, id and reason
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Price each case under its final DRG
    #[arg(long)]
    price: bool,
    /// Print for each case why it has its edits and its DRG (and with --price its price), as text for people
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    prices: PriceArgs,
}

const AFTER_HELP: &str = "\
Examples:
  chartroom group --input cases.jsonl --output results.jsonl
  chartroom group --input claims.837 --output drgs.csv --rejects rejects.jsonl
  chartroom group --input cases.jsonl --output priced.csv --price --providers hospitals.csv
  chartroom group --input cases.jsonl --explain | less
  zcat cases.csv.gz | chartroom group --input - --format csv --output - --output-format jsonl | less

A case in JSON (only pdx and discharge_date are required):
  {\"id\": \"7\", \"age\": 71, \"sex\": \"F\", \"discharge_status\": 1, \"hospital_status\": \"NON_EXEMPT\",
   \"discharge_date\": \"2026-11-03\", \"los\": 4, \"admit_dx\": \"R0602\", \"pdx\": {\"code\": \"I5021\", \"poa\": \"Y\"},
   \"sdx\": [{\"code\": \"E1165\", \"poa\": \"Y\"}], \"procedures\": [\"02HV33Z\"], \"version\": 440}
In CSV the same names head the columns; lists are separated by blanks or '|', indicators follow a colon:
  id,age,sex,discharge_status,discharge_date,los,pdx,sdx,procedures
  7,71,F,1,2026-11-03,4,I5021:Y,E1165:Y|N179:N,02HV33Z
Parquet has the same columns, lists as in CSV or as lists of text or of {code, poa}.

Exit status: 0 all cases done; 1 some rejected; 2 the run could not be finished.";

/// Why a run cannot be finished.
#[derive(Debug, thiserror::Error)]
enum GroupError {
    #[error("{0}: {1}")]
    File(String, io::Error),
    #[error("{0}: {1}")]
    Input(String, SourceError),
    #[error("the name '{0}' tells no format; give it with {1}")]
    Format(String, &'static str),
    #[error("results cannot be written as 837; use jsonl, csv or parquet")]
    ResultsAs837,
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Runs the command and says how it ended.
pub(crate) fn main(args: &GroupArgs, common: &Common, office: &Office) -> Done {
    let (desk, pack) = (&office.desk, &office.pack);
    let book = args.price.then(|| PriceBook::open(pack, desk.editions(), &args.prices)).transpose()?;
    let work = match (args.explain, &book) {
        (true, book) => {
            Work::Explain(ExplainedDesk { reporter: Reporter { desk, pack, book: book.as_ref() } })
        }
        (false, Some(book)) => Work::Price(PricedDesk { desk, book }),
        (false, None) => Work::Group(desk),
    };
    Ok(ended(run(args, common, &work)))
}

/// The exit code of a run.
fn ended(run: Result<Tally, GroupError>) -> ExitCode {
    match run {
        Ok(Tally { rejected: 0, .. }) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        // Whoever read the results has seen enough.
        Err(GroupError::Run(RunError::Output(error))) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("chartroom group: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &GroupArgs, common: &Common, desk: &Work<'_>) -> Result<Tally, GroupError> {
    let format = format_of(args.format, &args.input, "--format")?;
    let output_format = format_of(args.output_format, &args.output, "--output-format")?;
    let input = Input::open(&args.input)?;
    let mut reporter = report::RunReporter::new(args.rejects.as_deref(), input.progress().clone())?;
    let mut job = Job { args, desk, output_format, reporter: &mut reporter };
    let in_input = |error| GroupError::Input(args.input.display().to_string(), error);
    let tally = match format {
        Format::JsonLines => job.run(JsonLines::new(input.stream()?)),
        Format::Csv => job.run(CsvCases::new(input.stream()?).map_err(in_input)?),
        Format::X12 => job.run(Cases837::new(input.stream()?)),
        Format::Parquet => match input.whole()? {
            files::Whole::File(file) => job.run(ParquetCases::new(file).map_err(in_input)?),
            files::Whole::Memory(bytes) => job.run(ParquetCases::new(bytes).map_err(in_input)?),
        },
    }?;
    reporter.finish(tally, args, common.json)?;
    Ok(tally)
}

/// The format asked for, or that of the file's name; standard input and output are JSON lines unless asked.
fn format_of(asked: Option<Format>, file: &Path, option: &'static str) -> Result<Format, GroupError> {
    let told = asked
        .or_else(|| Format::of(file))
        .or((file == Path::new(files::STANDARD)).then_some(Format::JsonLines));
    told.ok_or_else(|| GroupError::Format(file.display().to_string(), option))
}

/// A run whose input is open.
struct Job<'j> {
    args: &'j GroupArgs,
    desk: &'j Work<'j>,
    output_format: Format,
    reporter: &'j mut report::RunReporter,
}

impl Job<'_> {
    /// Runs the cases of `source` into the output.
    fn run<S: Source>(&mut self, source: S) -> Result<Tally, GroupError> {
        let mut output = Output::create(&self.args.output)?;
        let columns = self.desk.columns();
        let failed = |error| GroupError::Run(RunError::Output(error));
        if self.args.explain {
            let sink = TextSink::<_, ExplanationBlock>::new(&mut output, columns).map_err(failed)?;
            let tally = self.run_into(source, sink)?;
            output.complete().map_err(failed)?;
            return Ok(tally);
        }
        let tally = match self.output_format {
            Format::JsonLines => {
                let sink = TextSink::<_, JsonBlock>::new(&mut output, columns).map_err(failed)?;
                self.run_into(source, sink)?
            }
            Format::Csv => {
                let sink = TextSink::<_, CsvBlock>::new(&mut output, columns).map_err(failed)?;
                self.run_into(source, sink)?
            }
            Format::Parquet => {
                let sink =
                    ParquetSink::new(&mut output, columns).map_err(io::Error::other).map_err(failed)?;
                self.run_into(source, sink)?
            }
            Format::X12 => return Err(GroupError::ResultsAs837),
        };
        output.complete().map_err(failed)?;
        Ok(tally)
    }

    fn run_into(&mut self, source: impl Source, mut sink: impl Sink) -> Result<Tally, GroupError> {
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        let threads = self.args.threads.map_or_else(cores, usize::from);
        Ok(bulk::run(source, &mut sink, self.desk, threads, self.reporter)?)
    }
}
