//! The parties of a claim: hospital, patient, payer, practitioners.

use chart::coded::system;
use chart::date::PartialDate;
use chart::directory::{Named, Party};
use chart::entry::Coverage;
use chart::patient::{Demographics, Sex};
use exchange::x12::{
    Address, BillingProvider, Endpoint, Payer, Person, Practitioner, Recipient, ReportedSex, Submitter,
    Subscriber, plain_letters,
};

use super::{Biller, Prepared};

/// The words with which something of the institution is missing.
const WHERE: &str = "enter it under Who bills";
/// How senders say that the patient holds the insurance (HL7 version 2 table 0063, and in words).
const SELF: [&str; 4] = ["self", "sel", "18", "s"];
/// Claim filing indicators of Medicare, whose patients are always the insured.
const MEDICARE: [&str; 2] = ["MA", "MB"];

/// The hospital.
pub(super) fn hospital(draft: &mut Prepared, biller: &Biller) {
    let mut must = |text: &str, what: &str| {
        plain_letters(&draft.must(text, &format!("The hospital's {what}: {WHERE}.")))
    };
    let provider = BillingProvider {
        name: must(&biller.name, "name"),
        npi: must(&biller.npi, "national provider identifier"),
        tax_number: digits(&must(&biller.tax_number, "tax number")),
        taxonomy: biller.taxonomy.trim().to_owned(),
        address: Address {
            line: must(&biller.street, "street"),
            city: must(&biller.city, "city"),
            state: must(&biller.state, "state"),
            postal_code: digits(&must(&biller.postal_code, "postal code")),
            ..Address::default()
        },
        telephone: digits(&biller.telephone),
    };
    draft.claim.billing_provider = provider;
}

/// Who sends the file, and to whom.
pub(super) fn envelope(draft: &mut Prepared, biller: &Biller) -> (Endpoint, Endpoint, Submitter, Recipient) {
    let mut must = |text: &str, what: &str| plain_letters(&draft.must(text, &format!("{what}: {WHERE}.")));
    let id = must(&biller.submitter, "The submitter's identifier with the receiver");
    let receiver = must(&biller.receiver, "The receiver's identifier");
    let endpoint = |id: &str| Endpoint { qualifier: "ZZ".into(), id: id.chars().take(15).collect() };
    let submitter = Submitter {
        name: plain_letters(&biller.name),
        contact: plain_letters(&biller.contact),
        telephone: digits(&must(&biller.telephone, "The telephone of whom to ask about claims")),
        id: id.clone(),
    };
    let recipient =
        Recipient { name: must(&biller.receiver_name, "The receiver's name"), id: receiver.clone() };
    (endpoint(&id), endpoint(&receiver), submitter, recipient)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The patient as the insured, and the payer. `coverage` is what the record has of the insurance; `named` is the payer as
/// the encounter names it.
pub(super) fn insurance(
    draft: &mut Prepared,
    biller: &Biller,
    patient: &Demographics,
    coverage: Option<&Coverage>,
    named: Option<&Named>,
) {
    let person = person(draft, patient);
    let name = coverage.map(|one| one.payer.name.as_str()).filter(|name| !name.is_empty());
    let name = name.or_else(|| named.map(|one| one.name.as_str())).unwrap_or_default();
    let name = draft.must(name, "The payer: registration has sent none with this encounter.");
    let (id, filing) = match biller.payer(&name) {
        Some(line) => (line.id.clone(), line.filing.clone()),
        None if name.is_empty() => Default::default(),
        None => {
            draft.lacks(format!("The identifier of the payer '{name}': add a line for it under Who bills."));
            Default::default()
        }
    };
    holder(draft, coverage, &filing);
    let member = coverage.map_or("", |one| one.member.as_str());
    let member_id = draft.must(member, "The member's number with the payer: registration has not sent it.");
    draft.claim.payer = Payer { name: plain_letters(&name), id, address: None };
    draft.claim.claim_filing = filing;
    draft.claim.subscriber = Subscriber {
        person,
        member_id: plain_letters(&member_id),
        payer_order: "P".into(),
        group_number: plain_letters(coverage.map_or("", |one| one.group.as_str())),
        group_name: String::new(),
    };
}

/// The patient must be the insured: of another insured the record has no name.
fn holder(draft: &mut Prepared, coverage: Option<&Coverage>, filing: &str) {
    let said = coverage.and_then(|one| one.relationship.as_ref());
    let is_self = said.map(|said| {
        let codes = said.codings.iter().map(|one| one.code.as_str());
        codes.chain([said.text.as_str()]).any(|one| SELF.contains(&one.to_lowercase().as_str()))
    });
    match is_self {
        Some(true) => {}
        _ if MEDICARE.contains(&filing) => {}
        Some(false) => draft.lacks(
            "The name and address of the insured: another than the patient holds the insurance, and the record does \
             not say who. Bill this one from registration.",
        ),
        None => draft.lacks("What the insured is to the patient: registration has not said it."),
    }
}

fn person(draft: &mut Prepared, patient: &Demographics) -> Person {
    let name = patient.names.first();
    let given = |place: usize| {
        let given = name.and_then(|name| name.given.get(place));
        given.map(|text| plain_letters(text)).unwrap_or_default()
    };
    let family = plain_letters(name.map_or("", |name| name.family.as_str()));
    let last = draft.must(&family, "The patient's family name, in letters that a claim can hold.");
    let born = match patient.birth {
        Some(PartialDate::Day(day)) => Some(day),
        _ => {
            draft.lacks("The patient's day of birth.");
            None
        }
    };
    Person {
        last,
        first: given(0),
        middle: given(1),
        suffix: plain_letters(name.map_or("", |name| name.suffix.as_str())),
        address: home(draft, patient),
        born,
        sex: match patient.sex {
            Sex::Female => ReportedSex::Female,
            Sex::Male => ReportedSex::Male,
            Sex::Other | Sex::Unknown => ReportedSex::Unknown,
        },
    }
}

fn home(draft: &mut Prepared, patient: &Demographics) -> Option<Address> {
    let home = patient.addresses.first();
    let whole = home.filter(|home| !home.lines.is_empty() && !home.city.is_empty());
    let Some(home) = whole else {
        draft.lacks("The patient's address: street and city.");
        return None;
    };
    let line = |place: usize| home.lines.get(place).map(|line| plain_letters(line)).unwrap_or_default();
    let is_here = matches!(home.country.to_uppercase().as_str(), "" | "US" | "USA");
    if is_here && (home.state.len() != 2 || home.zip.is_empty()) {
        draft.lacks("State (two letters) and postal code of the patient's address.");
    }
    Some(Address {
        line: line(0),
        second_line: line(1),
        city: plain_letters(&home.city),
        state: home.state.to_uppercase(),
        postal_code: home.zip.chars().filter(char::is_ascii_alphanumeric).collect(),
        country: if is_here { String::new() } else { home.country.to_uppercase() },
    })
}

/// A practitioner of the directory, as a claim names one. `role` is what a lack is told with.
pub(super) fn practitioner(
    draft: &mut Prepared,
    role: &str,
    named: &Named,
    party: Option<&Party>,
) -> Practitioner {
    let identifiers = party.into_iter().flat_map(|party| &party.identifiers);
    let npi = identifiers.clone().find(|one| one.system == system::NPI || one.kind == "NPI");
    let npi = npi.map_or("", |one| one.value.as_str());
    let lacks =
        format!("The national provider identifier of the {role}, {}: the directory has none.", named.name);
    let npi = draft.must(npi, &lacks);
    let name = party.map_or(named.name.as_str(), |party| party.name.as_str());
    let (last, first) = match name.split_once(',') {
        Some((last, first)) => (last, first),
        None => name.rsplit_once(' ').map_or((name, ""), |(first, last)| (last, first)),
    };
    Practitioner { last: plain_letters(last), first: plain_letters(first), npi, taxonomy: String::new() }
}
