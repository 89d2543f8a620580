//! The files of a run: opened, decompressed, counted for the progress bar.

use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use bulk::{Compression, OutputFile, decompress};
use bytes::Bytes;
use indicatif::{ProgressBar, ProgressStyle};

use super::GroupError;

/// The name that stands for standard input or output.
pub(super) const STANDARD: &str = "-";

/// An input, open.
pub(super) struct Input {
    path: PathBuf,
    /// The file; nothing for standard input.
    file: Option<File>,
    progress: ProgressBar,
}

/// An input read as a whole, because its format is read from the end.
pub(super) enum Whole {
    File(File),
    Memory(Bytes),
}

impl Input {
    pub(super) fn open(path: &Path) -> Result<Self, GroupError> {
        let failed = |error| GroupError::File(path.display().to_string(), error);
        if path == Path::new(STANDARD) {
            return Ok(Self { path: path.to_owned(), file: None, progress: spinner() });
        }
        let file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if about.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let progress = if about.is_file() { bar(about.len()) } else { spinner() };
        Ok(Self { path: path.to_owned(), file: Some(file), progress })
    }

    /// What is drawn on a terminal while the input is read.
    pub(super) fn progress(&self) -> &ProgressBar {
        &self.progress
    }

    /// The input's bytes, decompressed, from first to last.
    pub(super) fn stream(self) -> Result<Box<dyn BufRead + Send>, GroupError> {
        let stream = match self.file {
            Some(file) => decompress(self.progress.wrap_read(file), Compression::of(&self.path)),
            None => decompress(io::stdin(), Compression::None),
        };
        stream.map_err(|error| GroupError::File(self.path.display().to_string(), error))
    }

    /// The input as a file; in memory where it is none, or compressed.
    pub(super) fn whole(self) -> Result<Whole, GroupError> {
        match self.file {
            Some(file)
                if self.progress.length().is_some() && Compression::of(&self.path) == Compression::None =>
            {
                Ok(Whole::File(file))
            }
            file => {
                let path = self.path.display().to_string();
                let mut bytes = Vec::new();
                let read = Self { file, ..self }.stream()?.read_to_end(&mut bytes);
                read.map_err(|error| GroupError::File(path, error))?;
                Ok(Whole::Memory(bytes.into()))
            }
        }
    }
}

/// Where results go.
pub(super) enum Output {
    Stdout(io::Stdout),
    File(OutputFile),
}

impl Output {
    pub(super) fn create(path: &Path) -> Result<Self, GroupError> {
        if path == Path::new(STANDARD) {
            return Ok(Self::Stdout(io::stdout()));
        }
        let file = OutputFile::create(path);
        file.map(Self::File).map_err(|error| GroupError::File(path.display().to_string(), error))
    }

    /// Gives a file its name.
    pub(super) fn complete(self) -> io::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush(),
            Self::File(file) => file.complete(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// A bar over the bytes of a file. Drawn on standard error, and only if that is a terminal.
fn bar(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}  {eta} left");
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A sign of life where the length is not known.
fn spinner() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg}  {elapsed}");
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}
