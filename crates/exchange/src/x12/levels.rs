//! The levels above claims (loops 2000A to 2000C): billing provider, subscriber, patient.

use jiff::civil::Date;

use super::content::{self, day};
use super::segment::Segment;
use super::{ClaimFault, InstitutionalClaim, Loop, ReportedSex};

/// What the open levels say.
#[derive(Debug, Default)]
pub(super) struct Levels {
    billing_provider: String,
    payer: String,
    claim_filing: String,
    subscriber: Person,
    patient: Option<Person>,
}

/// A person's birth and sex, as the demographic segment gives them.
#[derive(Debug, Clone, Default)]
struct Person {
    born: Option<Date>,
    sex: ReportedSex,
    /// What is wrong with them; it concerns every claim of the person.
    fault: Option<ClaimFault>,
}

impl Levels {
    /// Opens the level `segment` (HL) announces, forgetting what was known of it and of those below.
    pub(super) fn open(&mut self, segment: Segment<'_>) -> Loop {
        match segment.element(3) {
            "20" => {
                *self = Self::default();
                Loop::BillingProvider
            }
            "22" => {
                let billing_provider = std::mem::take(&mut self.billing_provider);
                *self = Self { billing_provider, ..Self::default() };
                Loop::Subscriber
            }
            "23" => {
                self.patient = Some(Person::default());
                Loop::Patient
            }
            _ => Loop::Header,
        }
    }

    /// Understands a segment of the level `within`.
    pub(super) fn take(&mut self, segment: Segment<'_>, within: Loop) {
        match (within, segment.name(), segment.element(1)) {
            (Loop::BillingProvider, "NM1", "85") => self.billing_provider = segment.element(9).to_owned(),
            (Loop::Subscriber, "SBR", _) => self.claim_filing = segment.element(9).to_owned(),
            (Loop::Subscriber, "NM1", "PR") => {
                let (name, identifier) = (segment.element(3), segment.element(9));
                self.payer = if identifier.is_empty() { name } else { identifier }.to_owned();
            }
            (Loop::Subscriber, "DMG", _) => self.subscriber = Person::read(segment, within),
            (Loop::Patient, "DMG", _) => self.patient = Some(Person::read(segment, within)),
            _ => {}
        }
    }

    /// A claim that knows what its levels say.
    pub(super) fn new_claim(&self) -> Result<InstitutionalClaim, ClaimFault> {
        let person = self.patient.as_ref().unwrap_or(&self.subscriber);
        match &person.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(InstitutionalClaim {
                born: person.born,
                sex: person.sex,
                billing_provider: self.billing_provider.clone(),
                payer: self.payer.clone(),
                claim_filing: self.claim_filing.clone(),
                ..InstitutionalClaim::default()
            }),
        }
    }
}

impl Person {
    fn read(segment: Segment<'_>, within: Loop) -> Self {
        let read = || {
            let born = match segment.element(2) {
                "" => None,
                text => Some(day(segment, within, "DMG02", text)?),
            };
            let sex = match segment.element(3) {
                "M" => ReportedSex::Male,
                "F" => ReportedSex::Female,
                "U" | "" => ReportedSex::Unknown,
                other => return Err(content::value_fault(segment, within, "DMG03", other, "M, F or U")),
            };
            Ok(Self { born, sex, fault: None })
        };
        read().unwrap_or_else(|fault| Self { fault: Some(fault), ..Self::default() })
    }
}
