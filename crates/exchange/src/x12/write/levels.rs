//! The levels above a claim: billing provider, subscriber, patient (loops 2000A to 2010CA).

use super::super::{Address, BillingProvider, Dependent, InstitutionalClaim, Payer, Person, Subscriber};
use super::draft::{Draft, code, day, optional_code, required, text};
use super::error::WriteFault;

/// Counts levels, and remembers the open one of a billing provider: claims of the same hospital share it.
#[derive(Debug, Default)]
pub(super) struct Levels {
    count: usize,
    billing_provider: Option<(usize, BillingProvider)>,
}

impl Levels {
    /// Writes the levels that `claim` needs and are not open.
    pub(super) fn put(&mut self, draft: &mut Draft, claim: &InstitutionalClaim) -> Result<(), WriteFault> {
        let parent = match &self.billing_provider {
            Some((level, open)) if *open == claim.billing_provider => *level,
            _ => {
                let level = self.open(draft, None, "20", true);
                billing_provider(draft, &claim.billing_provider)?;
                self.billing_provider = Some((level, claim.billing_provider.clone()));
                level
            }
        };
        let level = self.open(draft, Some(parent), "22", claim.dependent.is_some());
        subscriber(draft, claim)?;
        payer(draft, &claim.payer)?;
        if let Some(patient) = &claim.dependent {
            self.open(draft, Some(level), "23", false);
            dependent(draft, patient)?;
        }
        Ok(())
    }

    /// Writes HL and gives its number.
    fn open(&mut self, draft: &mut Draft, parent: Option<usize>, kind: &str, has_children: bool) -> usize {
        self.count += 1;
        let parent = parent.map_or_else(String::new, |parent| parent.to_string());
        let children = if has_children { "1" } else { "0" };
        draft.put("HL", &[&*self.count.to_string(), &parent, kind, children]);
        self.count
    }
}

fn billing_provider(draft: &mut Draft, provider: &BillingProvider) -> Result<(), WriteFault> {
    let taxonomy = optional_code("the hospital's taxonomy code", &provider.taxonomy, 10..=10)?;
    if !taxonomy.is_empty() {
        draft.put("PRV", &["BI", "PXC", &taxonomy]);
    }
    let name = required("the hospital's name", &provider.name, 60)?;
    let npi = code("the hospital's national provider identifier", &provider.npi, 10..=10)?;
    draft.put("NM1", &["85", "2", &name, "", "", "", "", "XX", &npi]);
    address(draft, &provider.address)?;
    let tax_number = code("the hospital's tax number", &provider.tax_number, 9..=9)?;
    draft.put("REF", &["EI", &tax_number]);
    let telephone = text("the hospital's telephone", &provider.telephone, 20)?;
    if !telephone.is_empty() {
        draft.put("PER", &["IC", &name, "TE", &telephone]);
    }
    Ok(())
}

fn subscriber(draft: &mut Draft, claim: &InstitutionalClaim) -> Result<(), WriteFault> {
    let Subscriber { person, member_id, payer_order, group_number, group_name } = &claim.subscriber;
    let order = code("the payer's place in the order of payers", payer_order, 1..=1)?;
    let relation = if claim.dependent.is_none() { "18" } else { "" };
    let number = text("the number of the insured group", group_number, 50)?;
    let name = text("the name of the insured group", group_name, 60)?;
    let filing = code("the claim filing indicator", &claim.claim_filing, 1..=2)?;
    draft.put("SBR", &[&*order, relation, &number, &name, "", "", "", "", &filing]);
    let member = required("the member's identifier", member_id, 80)?;
    named(draft, "IL", person, &member)?;
    if let Some(home) = &person.address {
        address(draft, home)?;
    }
    match (person.born, claim.dependent.is_none()) {
        (None, true) => Err(WriteFault::Missing("the patient's birth day")),
        (None, false) => Ok(()),
        (Some(_), _) => demographics(draft, person),
    }
}

fn payer(draft: &mut Draft, payer: &Payer) -> Result<(), WriteFault> {
    let name = required("the payer's name", &payer.name, 60)?;
    let id = required("the payer's identifier", &payer.id, 80)?;
    draft.put("NM1", &["PR", "2", &name, "", "", "", "", "PI", &id]);
    payer.address.as_ref().map_or(Ok(()), |at| address(draft, at))
}

fn dependent(draft: &mut Draft, patient: &Dependent) -> Result<(), WriteFault> {
    let relation = code("the patient's relation to the subscriber", &patient.relation, 2..=2)?;
    draft.put("PAT", &[relation]);
    named(draft, "QC", &patient.person, "")?;
    let home = patient.person.address.as_ref().ok_or(WriteFault::Missing("the patient's address"))?;
    address(draft, home)?;
    demographics(draft, &patient.person)
}

/// NM1 of a person, with the member's identifier if there is one.
fn named(draft: &mut Draft, role: &str, person: &Person, member: &str) -> Result<(), WriteFault> {
    let last = required("a family name", &person.last, 60)?;
    let first = text("a given name", &person.first, 35)?;
    let middle = text("a middle name", &person.middle, 25)?;
    let suffix = text("a name's suffix", &person.suffix, 10)?;
    let qualifier = if member.is_empty() { "" } else { "MI" };
    draft.put("NM1", &[role, "1", &last, &first, &middle, "", &suffix, qualifier, member]);
    Ok(())
}

fn demographics(draft: &mut Draft, person: &Person) -> Result<(), WriteFault> {
    let born = person.born.ok_or(WriteFault::Missing("the patient's birth day"))?;
    draft.put("DMG", &["D8", &day(born), person.sex.code()]);
    Ok(())
}

/// N3 and N4.
fn address(draft: &mut Draft, at: &Address) -> Result<(), WriteFault> {
    let line = required("the line of an address", &at.line, 55)?;
    draft.put("N3", &[line, text("the second line of an address", &at.second_line, 55)?]);
    let city = required("the city of an address", &at.city, 30)?;
    let state = optional_code("the state of an address", &at.state, 2..=2)?;
    let postal = optional_code("the postal code of an address", &at.postal_code, 3..=15)?;
    let country = optional_code("the country of an address", &at.country, 2..=2)?;
    if country.is_empty() && (state.is_empty() || postal.is_empty()) {
        return Err(WriteFault::Missing("state or postal code of an address in the United States"));
    }
    draft.put("N4", &[city, state, postal, country]);
    Ok(())
}
