//! Which format a file has, by its name, and reading through its compression.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::str::FromStr;

/// A format of cases or of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON lines: one object a line.
    JsonLines,
    /// CSV with a header.
    Csv,
    /// Parquet.
    Parquet,
    /// X12 837 institutional claims; cases only.
    X12,
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

/// A name that is no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no format; formats are jsonl, csv, parquet and 837")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        match name.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => Ok(Self::JsonLines),
            "csv" => Ok(Self::Csv),
            "parquet" | "pq" => Ok(Self::Parquet),
            "837" | "837i" | "x12" | "edi" => Ok(Self::X12),
            _ => Err(UnknownFormat(name.to_owned())),
        }
    }
}

impl Format {
    /// The format that the name of `file` tells, its compression aside.
    pub fn of(file: &Path) -> Option<Self> {
        let stem = match Compression::of(file) {
            Compression::None => file,
            Compression::Gzip | Compression::Zstd => Path::new(file.file_stem()?),
        };
        stem.extension()?.to_str()?.parse().ok()
    }
}

impl Compression {
    /// The compression that the name of `file` tells.
    pub fn of(file: &Path) -> Self {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => Self::None,
        }
    }
}

/// Reads `input` through its compression.
pub fn decompress<'r>(
    input: impl Read + Send + 'r,
    compression: Compression,
) -> io::Result<Box<dyn BufRead + Send + 'r>> {
    Ok(match compression {
        Compression::None => Box::new(BufReader::new(input)),
        Compression::Gzip => Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(input))),
        Compression::Zstd => Box::new(BufReader::new(zstd::stream::read::Decoder::new(input)?)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn names_tell_format_and_compression() {
        for (name, format, compression) in [
            ("a.jsonl", Some(Format::JsonLines), Compression::None),
            ("a.csv.gz", Some(Format::Csv), Compression::Gzip),
            ("x/a.b.JSONL.zst", Some(Format::JsonLines), Compression::Zstd),
            ("a.parquet", Some(Format::Parquet), Compression::None),
            ("claims.837", Some(Format::X12), Compression::None),
            ("claims.txt", None, Compression::None),
            ("-", None, Compression::None),
        ] {
            assert_eq!((Format::of(Path::new(name)), Compression::of(Path::new(name))), (format, compression), "{name}");
        }
    }

    #[test]
    fn compressed_text_is_read_and_a_cut_one_is_an_error() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"text").unwrap();
        let gzip = gzip.finish().unwrap();
        let zstd = zstd::encode_all(&b"text"[..], 1).unwrap();
        for (bytes, compression) in [(gzip, Compression::Gzip), (zstd, Compression::Zstd)] {
            let read = |bytes| io::read_to_string(decompress(bytes, compression).unwrap());
            assert_eq!(read(&bytes[..]).unwrap(), "text");
            assert!(read(&bytes[..bytes.len() - 3]).is_err());
        }
    }
}
