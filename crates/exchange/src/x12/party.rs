//! The parties of a claim: who bills, who is insured, who was treated, who pays, who answered for the care.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A postal address (N3, N4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Street, or post office box.
    pub line: String,
    /// A second line; blank if there is none.
    pub second_line: String,
    /// City.
    pub city: String,
    /// State or province of two letters; blank outside the United States and Canada.
    pub state: String,
    /// Postal code without hyphen. A billing provider's has nine digits.
    pub postal_code: String,
    /// Country of two letters (ISO 3166); blank for the United States.
    pub country: String,
}

/// The hospital that bills (loops 2000A and 2010AA; UB-04 form locators 1, 5, 56, 81).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BillingProvider {
    /// Its name.
    pub name: String,
    /// Its identifier (NM109): a national provider identifier as a rule.
    pub npi: String,
    /// Federal tax number without hyphen (REF*EI).
    pub tax_number: String,
    /// Provider taxonomy code (PRV03); blank if not sent.
    pub taxonomy: String,
    /// Where it is: a street, not a post office box.
    pub address: Address,
    /// Telephone, ten digits (PER*IC); blank if not sent.
    pub telephone: String,
}

/// A person as a claim names one (NM1, N3, N4, DMG).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// Family name.
    pub last: String,
    /// Given name.
    pub first: String,
    /// Middle name or initial.
    pub middle: String,
    /// Such as `JR`.
    pub suffix: String,
    /// Home address, if sent.
    pub address: Option<Address>,
    /// Birth day (DMG02).
    pub born: Option<Date>,
    /// Sex (DMG03).
    pub sex: ReportedSex,
}

impl Person {
    /// The name as filed: `ORTEGA, LUCIA M`.
    pub fn filed_name(&self) -> String {
        let given = [&*self.first, &*self.middle, &*self.suffix];
        let given: Vec<&str> = given.into_iter().filter(|part| !part.is_empty()).collect();
        match (&*self.last, given.join(" ")) {
            (last, given) if given.is_empty() => last.to_owned(),
            (last, given) => format!("{last}, {given}"),
        }
    }
}

/// Who holds the insurance (loops 2000B and 2010BA).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Subscriber {
    /// The person.
    pub person: Person,
    /// The member's identifier with the payer (NM109 of NM1*IL); a Medicare beneficiary identifier for example.
    pub member_id: String,
    /// The payer's place in the order of payers (SBR01): `P` first, `S` second, `T` third.
    pub payer_order: String,
    /// Number of the insured group (SBR03).
    pub group_number: String,
    /// Name of the insured group (SBR04).
    pub group_name: String,
}

/// A patient who is not the subscriber (loops 2000C and 2010CA).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dependent {
    /// What the patient is to the subscriber (PAT01): `01` spouse, `19` child, `20` employee, `21` unknown, `39` organ
    /// donor, `40` cadaver donor, `53` life partner, `G8` other.
    pub relation: String,
    /// The patient.
    pub person: Person,
}

/// Who is to pay (loop 2010BB).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Payer {
    /// Its name.
    pub name: String,
    /// Its identifier (NM109 of NM1*PR).
    pub id: String,
    /// Its address, if sent.
    pub address: Option<Address>,
}

impl Payer {
    /// The identifier, or the name of a payer that has none.
    pub fn key(&self) -> &str {
        if self.id.is_empty() { &self.name } else { &self.id }
    }
}

/// A practitioner who answered for the care (loops 2310A to 2310D).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Practitioner {
    /// Family name.
    pub last: String,
    /// Given name.
    pub first: String,
    /// National provider identifier; blank if not sent.
    pub npi: String,
    /// Provider taxonomy code (PRV03), sent of the attending provider only; blank if not sent.
    pub taxonomy: String,
}

/// Sex as sent (DMG03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportedSex {
    /// `M`.
    Male,
    /// `F`.
    Female,
    /// `U`, or not sent.
    #[default]
    Unknown,
}

impl ReportedSex {
    /// The code that stands for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "M",
            Self::Female => "F",
            Self::Unknown => "U",
        }
    }
}
