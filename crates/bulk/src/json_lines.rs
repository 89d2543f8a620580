//! JSON lines: one case a line, read in blocks of whole lines.

use std::io::{Read, Result as IoResult};

use codeset::CodeIndex;

use crate::{Batch, CaseFault, Claim, Place, Source, SourceError, read_case};

/// The longest line of JSON that is read, in bytes; a case with 25 diagnoses takes under 2,000.
pub const MAX_LINE_LEN: usize = 1 << 20;

/// Bytes asked for at a time: large enough that handing a batch to a thread costs nothing beside its work.
const BLOCK_LEN: usize = 128 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// An input of JSON lines.
#[derive(Debug)]
pub struct JsonLines<R> {
    input: R,
    /// The beginning of a line whose end is not yet read.
    carry: Vec<u8>,
    lines_read: u64,
    started: bool,
}

/// Whole lines.
#[derive(Debug, Default)]
pub struct LineBatch {
    bytes: Vec<u8>,
    lines_before: u64,
    /// The batch stands for one line that was longer than [`MAX_LINE_LEN`] and is not kept.
    overlong: bool,
}

impl<R: Read> JsonLines<R> {
    /// Reads from `input`.
    pub fn new(input: R) -> Self {
        Self {
            input,
            carry: Vec::new(),
            lines_read: 0,
            started: false,
        }
    }

    /// Appends one block; false if the input is at its end.
    fn read_block(&mut self, bytes: &mut Vec<u8>) -> IoResult<bool> {
        let read = (&mut self.input).take(BLOCK_LEN as u64).read_to_end(bytes);
        if read.is_err() {
            // The line in which the input failed is not one to judge.
            bytes.truncate(memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1));
        }
        let found = read? > 0;
        if !self.started && bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        self.started = true;
        Ok(found)
    }

    /// Drops the rest of an overlong line, keeping what follows it.
    fn skip_line(&mut self, bytes: &mut Vec<u8>) -> IoResult<()> {
        loop {
            bytes.clear();
            if !self.read_block(bytes)? {
                return Ok(());
            }
            if let Some(end) = memchr::memchr(b'\n', bytes) {
                self.carry.extend_from_slice(&bytes[end + 1..]);
                bytes.clear();
                return Ok(());
            }
        }
    }
}

impl<R: Read + Send> Source for JsonLines<R> {
    type Batch = LineBatch;

    fn fill(&mut self, batch: &mut LineBatch) -> Result<bool, SourceError> {
        let LineBatch {
            bytes,
            lines_before,
            overlong,
        } = batch;
        (*lines_before, *overlong) = (self.lines_read, false);
        bytes.clear();
        bytes.append(&mut self.carry);
        while self.read_block(bytes)? {
            if let Some(end) = memchr::memrchr(b'\n', bytes) {
                self.carry.extend_from_slice(&bytes[end + 1..]);
                bytes.truncate(end + 1);
                break;
            }
            if bytes.len() > MAX_LINE_LEN {
                self.skip_line(bytes)?;
                *overlong = true;
                break;
            }
        }
        let ends = memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.lines_read += ends + u64::from(*overlong);
        Ok(*overlong || !bytes.is_empty())
    }
}

impl Batch for LineBatch {
    fn for_each(
        &self,
        codes: &CodeIndex,
        claim: &mut Claim,
        mut take: impl FnMut(Place, &Claim, Result<(), CaseFault>),
    ) {
        if self.overlong {
            claim.clear();
            take(Place::Line(self.lines_before + 1), claim, Err(CaseFault::LineTooLong));
        }
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', &self.bytes).chain([self.bytes.len()]);
        for (number, end) in (self.lines_before + 1..).zip(ends) {
            let line = self.bytes[start..end].trim_ascii();
            start = (end + 1).min(self.bytes.len());
            if line.is_empty() {
                continue;
            }
            let read = if line.len() > MAX_LINE_LEN {
                claim.clear();
                Err(CaseFault::LineTooLong)
            } else {
                read_case(line, codes, claim)
            };
            take(Place::Line(number), claim, read);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codeset::CodeNumbers;

    fn lines(input: &[u8]) -> Vec<(Place, Result<String, String>)> {
        let codes = CodeIndex {
            diagnoses: CodeNumbers::new([]),
            procedures: CodeNumbers::new([]),
        };
        let mut source = JsonLines::new(input);
        let (mut batch, mut claim, mut found) = (LineBatch::default(), Claim::default(), Vec::new());
        while source.fill(&mut batch).unwrap() {
            batch.for_each(&codes, &mut claim, |place, claim, read| {
                found.push((place, read.map(|()| claim.case.id.clone()).map_err(|fault| fault.to_string())));
            });
        }
        found
    }

    fn case(id: &str) -> String {
        format!(r#"{{"id":"{id}","pdx":"I10","discharge_date":20261103}}"#)
    }

    #[test]
    fn blank_lines_count_and_the_last_line_needs_no_end() {
        let text = format!("\u{feff}{}\r\n\n  \n{}", case("a"), case("b"));
        let expected = [(Place::Line(1), Ok("a".into())), (Place::Line(4), Ok("b".into()))];
        assert_eq!(lines(text.as_bytes()), expected);
    }

    #[test]
    fn lines_keep_their_numbers_over_many_blocks() {
        let text: String = (1..20_000).map(|n| case(&n.to_string()) + "\n").collect();
        assert!(text.len() > 3 * BLOCK_LEN);
        for (place, id) in lines(text.as_bytes()) {
            assert_eq!(id.unwrap(), place.number().to_string());
        }
    }

    #[test]
    fn an_endless_line_is_refused_and_the_next_one_read() {
        for len in [MAX_LINE_LEN, MAX_LINE_LEN + BLOCK_LEN, 5 * MAX_LINE_LEN] {
            let text = format!("{}\n{}\n{}", case("a"), "x".repeat(len + 1), case("b"));
            let expected = [
                (Place::Line(1), Ok("a".into())),
                (Place::Line(2), Err(CaseFault::LineTooLong.to_string())),
                (Place::Line(3), Ok("b".into())),
            ];
            assert_eq!(lines(text.as_bytes()), expected, "{len}");
        }
    }
}
