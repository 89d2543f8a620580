//! The levels above claims (loops 2000A to 2000C): billing provider, subscriber, patient.

use super::segment::Segment;
use super::value::{day, value_fault};
use super::{
    Address, BillingProvider, ClaimFault, Dependent, InstitutionalClaim, Loop, Payer, Person, ReportedSex,
    Subscriber,
};

/// What the open levels say.
#[derive(Debug, Default)]
pub(super) struct Levels {
    billing_provider: BillingProvider,
    subscriber: Subscriber,
    claim_filing: String,
    payer: Payer,
    dependent: Option<Dependent>,
    /// Whose address comes next.
    named: Named,
    /// What is wrong with the patient; it concerns every claim of the person.
    fault: Option<ClaimFault>,
}

/// The party that the last NM1 named.
#[derive(Debug, Clone, Copy, Default)]
enum Named {
    #[default]
    Other,
    BillingProvider,
    Subscriber,
    Payer,
    Patient,
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
                self.dependent = Some(Dependent::default());
                self.fault = None;
                Loop::Patient
            }
            _ => Loop::Header,
        }
    }

    /// Understands a segment of the level `within`.
    pub(super) fn take(&mut self, segment: Segment<'_>, within: Loop) {
        match (within, segment.name(), segment.element(1)) {
            (_, "NM1", _) => self.name(segment, within),
            (Loop::BillingProvider | Loop::Subscriber | Loop::Patient, "N3" | "N4", _) => {
                self.address(segment);
            }
            (Loop::BillingProvider, "PRV", "BI") => set(&mut self.billing_provider.taxonomy, segment, 3),
            (Loop::BillingProvider, "REF", "EI") => set(&mut self.billing_provider.tax_number, segment, 2),
            (Loop::BillingProvider, "PER", "IC") if segment.element(3) == "TE" => {
                set(&mut self.billing_provider.telephone, segment, 4);
            }
            (Loop::Subscriber, "SBR", _) => {
                set(&mut self.subscriber.payer_order, segment, 1);
                set(&mut self.subscriber.group_number, segment, 3);
                set(&mut self.subscriber.group_name, segment, 4);
                set(&mut self.claim_filing, segment, 9);
            }
            (Loop::Patient, "PAT", _) => {
                self.dependent.iter_mut().for_each(|patient| set(&mut patient.relation, segment, 1));
            }
            (Loop::Subscriber | Loop::Patient, "DMG", _) => self.demographics(segment, within),
            _ => {}
        }
    }

    fn name(&mut self, segment: Segment<'_>, within: Loop) {
        self.named = match (within, segment.element(1)) {
            (Loop::BillingProvider, "85") => {
                set(&mut self.billing_provider.name, segment, 3);
                set(&mut self.billing_provider.npi, segment, 9);
                Named::BillingProvider
            }
            (Loop::Subscriber, "IL") => {
                name(&mut self.subscriber.person, segment);
                set(&mut self.subscriber.member_id, segment, 9);
                Named::Subscriber
            }
            (Loop::Subscriber, "PR") => {
                set(&mut self.payer.name, segment, 3);
                set(&mut self.payer.id, segment, 9);
                Named::Payer
            }
            (Loop::Patient, "QC") => {
                self.dependent.iter_mut().for_each(|patient| name(&mut patient.person, segment));
                Named::Patient
            }
            _ => Named::Other,
        };
    }

    fn address(&mut self, segment: Segment<'_>) {
        let optional = match self.named {
            Named::BillingProvider => return read_address(&mut self.billing_provider.address, segment),
            Named::Subscriber => &mut self.subscriber.person.address,
            Named::Payer => &mut self.payer.address,
            Named::Patient => match &mut self.dependent {
                Some(patient) => &mut patient.person.address,
                None => return,
            },
            Named::Other => return,
        };
        read_address(optional.get_or_insert_default(), segment);
    }

    /// Reads birth and sex.
    fn demographics(&mut self, segment: Segment<'_>, within: Loop) {
        let person = match (&mut self.dependent, within) {
            (Some(patient), Loop::Patient) => &mut patient.person,
            _ => &mut self.subscriber.person,
        };
        self.fault = demographics(person, segment, within).err();
    }

    /// A claim that knows what its levels say.
    pub(super) fn new_claim(&self) -> Result<InstitutionalClaim, ClaimFault> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(InstitutionalClaim {
                billing_provider: self.billing_provider.clone(),
                subscriber: self.subscriber.clone(),
                dependent: self.dependent.clone(),
                payer: self.payer.clone(),
                claim_filing: self.claim_filing.clone(),
                ..InstitutionalClaim::default()
            }),
        }
    }
}

fn set(text: &mut String, segment: Segment<'_>, position: usize) {
    segment.element(position).clone_into(text);
}

fn name(person: &mut Person, segment: Segment<'_>) {
    set(&mut person.last, segment, 3);
    set(&mut person.first, segment, 4);
    set(&mut person.middle, segment, 5);
    set(&mut person.suffix, segment, 7);
}

fn read_address(address: &mut Address, segment: Segment<'_>) {
    if segment.name() == "N3" {
        set(&mut address.line, segment, 1);
        set(&mut address.second_line, segment, 2);
    } else {
        set(&mut address.city, segment, 1);
        set(&mut address.state, segment, 2);
        set(&mut address.postal_code, segment, 3);
        set(&mut address.country, segment, 4);
    }
}

fn demographics(person: &mut Person, segment: Segment<'_>, within: Loop) -> Result<(), ClaimFault> {
    person.born = match segment.element(2) {
        "" => None,
        text => Some(day(segment, within, "DMG02", text)?),
    };
    person.sex = match segment.element(3) {
        "M" => ReportedSex::Male,
        "F" => ReportedSex::Female,
        "U" | "" => ReportedSex::Unknown,
        other => return Err(value_fault(segment, within, "DMG03", other, "M, F or U")),
    };
    Ok(())
}
