//! From segments to claims: which loop a segment stands in, and what it says there.

use std::io::BufRead;

use super::content;
use super::levels::Levels;
use super::segment::{Segment, Segments};
use super::value::shortened;
use super::{ClaimFault, InstitutionalClaim, InterchangeError, Loop};

/// The guide of institutional claims; what follows it names the edition, such as `A2`.
const INSTITUTIONAL_GUIDE: &str = "005010X223";

/// A claim or what is wrong with it, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRead {
    /// The number, from 1, of the segment that opens the claim.
    pub segment: u64,
    /// The patient control number, as far as it was read.
    pub patient_control_number: String,
    /// The claim.
    pub claim: Result<InstitutionalClaim, ClaimFault>,
}

/// Reads the claims of `bytes`, one or more interchanges.
pub fn read(bytes: &[u8]) -> Claims<&[u8]> {
    Claims::new(bytes)
}

/// The claims of an 837, in order. After an error there are no more.
#[derive(Debug)]
pub struct Claims<R> {
    segments: Segments<R>,
    context: Context,
    /// Within an interchange, so that its trailer must come.
    in_interchange: bool,
    ended: bool,
}

/// What is known when a segment comes.
#[derive(Debug, Default)]
struct Context {
    guide: String,
    within: Loop,
    levels: Levels,
    open: Option<ClaimRead>,
}

impl<R: BufRead> Claims<R> {
    /// Reads the claims of `input`, one or more interchanges.
    pub fn new(input: R) -> Self {
        Self {
            segments: Segments::new(input),
            context: Context::default(),
            in_interchange: false,
            ended: false,
        }
    }

    /// Reads on until a claim is complete.
    fn read_claim(&mut self) -> Result<Option<ClaimRead>, InterchangeError> {
        while let Some(segment) = self.segments.next()? {
            self.in_interchange = segment.name() != "IEA";
            let complete = self.context.take(segment);
            if complete.is_some() {
                return Ok(complete);
            }
        }
        self.ended = true;
        if self.in_interchange {
            return Err(InterchangeError::CutShort(self.segments.number()));
        }
        Ok(None)
    }
}

impl<R: BufRead> Iterator for Claims<R> {
    type Item = Result<ClaimRead, InterchangeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read_claim();
        self.ended |= read.is_err();
        read.transpose()
    }
}

impl Context {
    /// Understands `segment`; gives the claim that it closes, if any.
    fn take(&mut self, segment: Segment<'_>) -> Option<ClaimRead> {
        match segment.name() {
            "ST" => return self.open_transaction(segment),
            "HL" => {
                self.within = self.levels.open(segment);
                return self.open.take();
            }
            "CLM" => return self.open_claim(segment),
            "SE" | "GE" | "IEA" => return self.open.take(),
            "LX" => self.within = Loop::ServiceLine,
            "SBR" if matches!(self.within, Loop::Claim | Loop::OtherPayer) => self.within = Loop::OtherPayer,
            _ if matches!(self.within, Loop::Claim | Loop::ServiceLine) => self.take_content(segment),
            _ => self.levels.take(segment, self.within),
        }
        None
    }

    fn open_transaction(&mut self, segment: Segment<'_>) -> Option<ClaimRead> {
        let unfinished = self.open.take();
        *self = Self { guide: segment.element(3).to_owned(), ..Self::default() };
        if segment.element(1) != "837" {
            let fault = ClaimFault::NotAClaim(shortened(segment.element(1)));
            return Some(ClaimRead {
                segment: segment.number,
                patient_control_number: String::new(),
                claim: Err(fault),
            });
        }
        unfinished
    }

    fn open_claim(&mut self, segment: Segment<'_>) -> Option<ClaimRead> {
        self.within = Loop::Claim;
        let claim = if self.guide.starts_with(INSTITUTIONAL_GUIDE) {
            self.levels.new_claim().and_then(|claim| content::open(segment, claim))
        } else {
            Err(ClaimFault::NotInstitutional(shortened(&self.guide)))
        };
        let patient_control_number = segment.element(1).to_owned();
        self.open.replace(ClaimRead { segment: segment.number, patient_control_number, claim })
    }

    /// A segment of the open claim; after its first fault the rest of it is passed over.
    fn take_content(&mut self, segment: Segment<'_>) {
        let take = if self.within == Loop::Claim { content::take } else { content::take_line };
        if let Some(ClaimRead { claim, .. }) = &mut self.open
            && let Ok(content) = claim
            && let Err(fault) = take(segment, content)
        {
            *claim = Err(fault);
        }
    }
}
