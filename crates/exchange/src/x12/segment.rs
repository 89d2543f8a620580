//! Segments: the delimiters an interchange header sets, and the texts between them.

use std::io::{BufRead, Read};

use super::InterchangeError;

/// The longest segment that is read, in bytes; real ones have a few hundred.
pub(super) const MAX_SEGMENT_LEN: usize = 64 << 10;

/// An interchange header is as long as this, terminator included: its elements have fixed lengths.
const HEADER_LEN: u64 = 106;

/// What separates the parts of an interchange, as its header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Delimiters {
    element: u8,
    component: u8,
    segment: u8,
}

/// Reads segments in order.
#[derive(Debug)]
pub(super) struct Segments<R> {
    input: R,
    delimiters: Option<Delimiters>,
    bytes: Vec<u8>,
    text: String,
    number: u64,
}

/// One segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'s> {
    /// Its number in the file, from 1.
    pub(super) number: u64,
    text: &'s str,
    delimiters: Delimiters,
}

impl<R: BufRead> Segments<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, delimiters: None, bytes: Vec::new(), text: String::new(), number: 0 }
    }

    /// How many segments were read.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next segment, or nothing at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Segment<'_>>, InterchangeError> {
        if !self.skip_blanks()? {
            return Ok(None);
        }
        self.number += 1;
        self.bytes.clear();
        let delimiters = match self.delimiters {
            Some(delimiters) => {
                self.read_body(delimiters.segment)?;
                delimiters
            }
            None => self.read_header()?,
        };
        self.text.clear();
        self.text.push_str(&String::from_utf8_lossy(&self.bytes));
        // Each interchange sets its own delimiters.
        self.delimiters = (!self.text.starts_with("IEA")).then_some(delimiters);
        Ok(Some(Segment { number: self.number, text: &self.text, delimiters }))
    }

    /// Skips what stands between segments; false at the end of the file.
    fn skip_blanks(&mut self) -> Result<bool, InterchangeError> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let blanks = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let all = blanks == buffer.len();
            self.input.consume(blanks);
            if !all {
                return Ok(true);
            }
        }
    }

    fn read_body(&mut self, terminator: u8) -> Result<(), InterchangeError> {
        let limit = MAX_SEGMENT_LEN as u64;
        (&mut self.input).take(limit).read_until(terminator, &mut self.bytes)?;
        if self.bytes.pop_if(|last| *last == terminator).is_none() && self.bytes.len() == MAX_SEGMENT_LEN {
            return Err(InterchangeError::SegmentTooLong { segment: self.number });
        }
        Ok(())
    }

    /// Reads an interchange header by its fixed length and finds the delimiters in it.
    fn read_header(&mut self) -> Result<Delimiters, InterchangeError> {
        (&mut self.input).take(HEADER_LEN).read_to_end(&mut self.bytes)?;
        let delimiters = match self.bytes[..] {
            [b'I', b'S', b'A', element, .., component, segment] if self.bytes.len() as u64 == HEADER_LEN => {
                Delimiters { element, component, segment }
            }
            _ => return Err(InterchangeError::NoHeader(self.number)),
        };
        let separators = self.bytes.iter().filter(|&&byte| byte == delimiters.element).count();
        let distinct = delimiters.element != delimiters.segment && delimiters.component != delimiters.segment;
        if separators != 16 || !distinct || !delimiters.segment.is_ascii() {
            return Err(InterchangeError::NoHeader(self.number));
        }
        self.bytes.pop();
        Ok(delimiters)
    }
}

impl<'s> Segment<'s> {
    /// The segment's name, such as `CLM`.
    pub(super) fn name(&self) -> &'s str {
        self.element(0)
    }

    /// Element `position`, from 1; blank if it is not sent.
    pub(super) fn element(&self, position: usize) -> &'s str {
        nth(self.text, self.delimiters.element, position)
    }

    /// All elements but the name.
    pub(super) fn elements(&self) -> impl Iterator<Item = &'s str> {
        self.text.split(char::from(self.delimiters.element)).skip(1)
    }

    /// Component `position`, from 1, of `element`; blank if it is not sent.
    pub(super) fn component(&self, element: &'s str, position: usize) -> &'s str {
        nth(element, self.delimiters.component, position - 1)
    }
}

fn nth(text: &str, separator: u8, position: usize) -> &str {
    text.split(char::from(separator)).nth(position).unwrap_or("").trim()
}
