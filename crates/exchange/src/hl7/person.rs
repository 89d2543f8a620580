//! Who the patient is: PID, PD1, NK1.

use chart::coded::system;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Contact, Death, Demographics, Identifier, Name, NameUse, Sex};

use super::desk::Desk;
use super::group::PatientGroup;
use super::segment::{Field, Segment};
use super::{time, types};

/// The key of a patient: the medical record number of PID-3 (or MRG-1), else its first number, else PID-2.
pub(super) fn key(list: Field<'_>, other: Option<Field<'_>>, desk: &Desk<'_>) -> Option<SourceKey> {
    let numbers: Vec<Identifier> =
        list.repetitions().filter_map(|one| types::identifier(one, desk)).collect();
    let usable = |one: &&Identifier| one.system != system::SSN && one.kind != "SS";
    let record = numbers.iter().find(|one| matches!(one.kind.as_str(), "MR" | "MRN"));
    let chosen = record.or_else(|| numbers.iter().find(usable)).or(numbers.first()).cloned();
    let chosen = chosen.or_else(|| types::identifier(other?, desk))?;
    Some(SourceKey::new(chosen.system, KeyKind::Patient, chosen.value))
}

/// The key of the patient a PID is about.
pub(super) fn key_of(pid: Segment<'_>, desk: &Desk<'_>) -> Option<SourceKey> {
    key(pid.field(3), Some(pid.field(2)), desk)
}

/// Everything the group says of who the patient is.
pub(super) fn demographics(group: &PatientGroup<'_>, desk: &Desk<'_>) -> Demographics {
    let pid = group.pid;
    Demographics {
        identifiers: identifiers(pid, desk),
        names: names(pid),
        sex: sex(pid, desk),
        birth: birth(pid, desk),
        death: death(pid, desk),
        addresses: addresses(pid),
        telecoms: [(13, "home"), (14, "work"), (40, "")]
            .into_iter()
            .flat_map(|(at, usage)| types::telecoms(pid.field(at), usage))
            .collect(),
        marital: types::coded_in(pid.field(16), "0002"),
        race: types::coded_list(pid.field(10), "0005"),
        ethnicity: types::coded_in(pid.field(22), "0189"),
        language: types::coded_in(pid.field(15), "0296"),
        religion: types::coded_in(pid.field(17), "0006"),
        mothers_maiden_name: types::name(pid.field(6).first()).map(|name| name.family).unwrap_or_default(),
        birth_order: birth_order(pid),
        contacts: group.all("NK1").filter_map(contact).collect(),
    }
}

fn identifiers(pid: Segment<'_>, desk: &Desk<'_>) -> Vec<Identifier> {
    let lists = [3, 2, 4].into_iter().flat_map(|at| pid.field(at).repetitions());
    let mut all: Vec<Identifier> = lists.filter_map(|one| types::identifier(one, desk)).collect();
    let number = |at: usize| pid.field(at).component(1).said();
    if let Some(value) = number(19) {
        all.push(Identifier { system: system::SSN.into(), value, kind: "SS".into() });
    }
    if let Some(value) = number(20) {
        let issuer = pid.field(20).component(2).said().unwrap_or_else(|| desk.sender.to_owned());
        all.push(Identifier { system: issuer, value, kind: "DL".into() });
    }
    // The same number often stands in PID-2 and PID-3: its first mention says most.
    let mut seen: Vec<(String, String)> = Vec::new();
    all.retain(|one| {
        let same = (one.system.clone(), one.value.clone());
        let new = !seen.contains(&same);
        seen.push(same);
        new
    });
    all
}

/// Names of PID-5, the legal one first, then aliases of PID-9.
fn names(pid: Segment<'_>) -> Vec<Name> {
    let mut names: Vec<Name> = pid.field(5).repetitions().filter_map(types::name).collect();
    names.sort_by_key(|name| name.usage != NameUse::Official);
    let aliases = pid.field(9).repetitions().filter_map(types::name);
    names.extend(aliases.map(|name| Name { usage: NameUse::Alias, ..name }));
    names
}

fn sex(pid: Segment<'_>, desk: &Desk<'_>) -> Sex {
    let field = pid.field(8);
    match field.component(1).text().to_ascii_uppercase().as_str() {
        "F" | "FEMALE" => Sex::Female,
        "M" | "MALE" => Sex::Male,
        "O" | "A" | "X" => Sex::Other,
        "" | "U" | "N" | "UNKNOWN" => Sex::Unknown,
        _ => {
            desk.remark(&field.place(), "not a sex of HL7 table 0001 (F, M, O, A, U); read as unknown");
            Sex::Unknown
        }
    }
}

fn birth(pid: Segment<'_>, desk: &Desk<'_>) -> Option<chart::date::PartialDate> {
    let field = pid.field(7);
    let text = field.component(1).said()?;
    let date = time::date(&text);
    if date.is_none() {
        desk.remark(&field.place(), "not a date of birth (YYYYMMDD); left out");
    }
    date
}

fn death(pid: Segment<'_>, desk: &Desk<'_>) -> Option<Death> {
    match (desk.when(pid.field(29)), pid.field(30).text().as_str()) {
        (Some(when), _) => Some(Death::At(when)),
        (None, "Y") => Some(Death::Undated),
        _ => None,
    }
}

fn addresses(pid: Segment<'_>) -> Vec<chart::patient::Address> {
    let mut addresses = types::addresses(pid.field(11));
    // PID-12 is the county of older versions.
    if let (Some(home), Some(county)) =
        (addresses.first_mut().filter(|home| home.county.is_empty()), pid.field(12).said())
    {
        home.county = county;
    }
    addresses
}

/// PID-25, unless PID-24 says that the birth was single.
fn birth_order(pid: Segment<'_>) -> Option<u8> {
    pid.field(25).text().parse().ok().filter(|_| pid.field(24).text() != "N")
}

/// Next of kin. An organization alone, without a person, is named as one.
fn contact(nk1: Segment<'_>) -> Option<Contact> {
    let organization = || Some(Name { family: nk1.field(13).component(1).said()?, ..Name::default() });
    let name = nk1.field(2).repetitions().find_map(types::name).or_else(organization);
    let relationship =
        types::coded_in(nk1.field(3), "0063").or_else(|| types::coded_in(nk1.field(7), "0131"));
    let numbers = [(5, "home"), (6, "work"), (40, ""), (41, "mobile")];
    let telecoms =
        numbers.into_iter().flat_map(|(at, usage)| types::telecoms(nk1.field(at), usage)).collect();
    let contact = Contact {
        name: name.unwrap_or_default(),
        relationship: relationship.unwrap_or_default(),
        telecoms,
        address: types::addresses(nk1.field(4)).into_iter().next(),
    };
    (contact != Contact::default()).then_some(contact)
}
