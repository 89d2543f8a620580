//! From segments to remittances, one transaction set at a time.

use std::io::BufRead;

use super::super::InterchangeError;
use super::super::segment::{Segment, Segments};
use super::super::value::shortened;
use super::take::Open;
use super::{Remittance, RemittanceError};

/// Reads the remittances of `bytes`, one or more interchanges.
pub fn read_remittances(bytes: &[u8]) -> Remittances<&[u8]> {
    Remittances::new(bytes)
}

/// The remittances of an 835, in order. After an error of the interchange there are no more.
#[derive(Debug)]
pub struct Remittances<R> {
    segments: Segments<R>,
    open: Option<Open>,
    in_interchange: bool,
    ended: bool,
}

/// What a segment leads to.
enum Step {
    /// Read on.
    On,
    /// A remittance is complete.
    Complete(Box<Remittance>),
    /// Another kind of transaction set begins.
    Foreign(RemittanceError),
}

impl<R: BufRead> Remittances<R> {
    /// Reads the remittances of `input`, one or more interchanges.
    pub fn new(input: R) -> Self {
        Self { segments: Segments::new(input), open: None, in_interchange: false, ended: false }
    }

    fn read_on(&mut self) -> Result<Option<Remittance>, RemittanceError> {
        while let Some(segment) = self.segments.next()? {
            self.in_interchange = segment.name() != "IEA";
            match step(&mut self.open, segment) {
                Step::On => {}
                Step::Complete(remittance) => return Ok(Some(*remittance)),
                Step::Foreign(error) => return Err(error),
            }
        }
        self.ended = true;
        if self.in_interchange {
            return Err(InterchangeError::CutShort(self.segments.number()).into());
        }
        Ok(self.open.take().map(Open::close))
    }
}

impl<R: BufRead> Iterator for Remittances<R> {
    type Item = Result<Remittance, RemittanceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read_on();
        self.ended |= matches!(read, Err(RemittanceError::Interchange(_)));
        read.transpose()
    }
}

/// Understands `segment`.
fn step(open: &mut Option<Open>, segment: Segment<'_>) -> Step {
    match segment.name() {
        "ST" if segment.element(1) != "835" => {
            *open = None;
            let set = shortened(segment.element(1));
            return Step::Foreign(RemittanceError::NotARemittance { segment: segment.number, set });
        }
        "ST" => {
            let before = open.replace(Open::new(segment.number, segment.element(2)));
            return before.map_or(Step::On, |open| Step::Complete(Box::new(open.close())));
        }
        "SE" | "GE" | "IEA" => {
            let complete = open.take();
            return complete.map_or(Step::On, |open| Step::Complete(Box::new(open.close())));
        }
        _ => {}
    }
    open.iter_mut().for_each(|open| open.take(segment));
    Step::On
}
