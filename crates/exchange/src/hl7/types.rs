//! The data types of fields: coded elements, identifiers, names, addresses, telephone numbers, places (chapter 2A).

use chart::coded::{Coded, Coding, system};
use chart::directory::Named;
use chart::encounter::Place;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Address, Identifier, Name, NameUse, Telecom};

use super::desk::Desk;
use super::segment::Field;
use super::tables;

/// A coded element (CE, CWE, CNE): code, words and system, then the same again, and the original text.
pub(super) fn coded(field: Field<'_>) -> Option<Coded> {
    coded_of(field.first(), "")
}

/// A coded element whose codes are of HL7 table `table` where it names no system.
pub(super) fn coded_in(field: Field<'_>, table: &str) -> Option<Coded> {
    coded_of(field.first(), table)
}

/// A unit: its code in UCUM, else its words.
pub(super) fn unit(field: Field<'_>) -> String {
    let is_ucum = matches!(field.component(3).text().as_str(), "UCUM" | "ISO" | "ISO+" | "ANS+" | "");
    let (code, words) = (field.component(1).part(1).said(), field.component(2).part(1).said());
    if is_ucum { code.or(words) } else { words.or(code) }.unwrap_or_default()
}

/// Words, of a field that was plain text before it was coded: one component alone is no code.
pub(super) fn worded(field: Field<'_>) -> Option<Coded> {
    let alone = [2, 3, 4, 5, 9].into_iter().all(|at| field.component(at).is_empty());
    if alone { field.component(1).said().map(Coded::text) } else { coded(field) }
}

/// All repetitions of a coded element.
pub(super) fn coded_list(field: Field<'_>, table: &str) -> Vec<Coded> {
    field.repetitions().filter_map(|one| coded_of(one, table)).collect()
}

fn coded_of(field: Field<'_>, table: &str) -> Option<Coded> {
    let codings: Vec<Coding> = [1, 4, 10].into_iter().filter_map(|at| coding(field, at, table)).collect();
    let alone = [2, 5].into_iter().find_map(|at| field.component(at).said());
    let text = field.component(9).said().or_else(|| first_words(&codings)).or(alone);
    let text = text.or_else(|| codings.first().map(|coding| coding.code.clone()))?;
    Some(Coded { text, codings })
}

fn first_words(codings: &[Coding]) -> Option<String> {
    codings.iter().map(|coding| coding.display.clone()).find(|words| !words.is_empty())
}

/// The code that begins at component `at`, if there is one.
fn coding(field: Field<'_>, at: usize, table: &str) -> Option<Coding> {
    let code = field.component(at).said()?;
    // Components 10 to 12 are the second alternate; before version 2.7 nothing stood there.
    let system = field.component(at + 2).part(1).said();
    if at == 10 && system.is_none() {
        return None;
    }
    let system = match system {
        Some(name) => tables::system_uri(&name),
        None if table.is_empty() => String::new(),
        None => format!("{}{table}", system::HL7_TABLE),
    };
    let table = system.strip_prefix(system::HL7_TABLE).unwrap_or(table);
    let said = field.component(at + 1).said();
    let display = said.or_else(|| tables::words(table, &code).map(str::to_owned)).unwrap_or_default();
    Some(Coding { system, code, display })
}

/// Whose number it is, of a hierarchic designator (HD): its own name first, else its universal id.
pub(super) fn authority(field: Field<'_>) -> Option<String> {
    let name = field.part(1).said().or_else(|| universal(field.part(2).said()?))?;
    Some(match name.as_str() {
        "USSSA" | "SSA" | "2.16.840.1.113883.4.1" => system::SSN.into(),
        "NPI" | "NPPES" | "2.16.840.1.113883.4.6" => system::NPI.into(),
        _ => name,
    })
}

/// A universal id as a URI, where it is an OID.
fn universal(id: String) -> Option<String> {
    let is_oid = id.contains('.') && id.bytes().all(|one| one.is_ascii_digit() || one == b'.');
    let known = matches!(id.as_str(), "2.16.840.1.113883.4.1" | "2.16.840.1.113883.4.6");
    Some(if is_oid && !known { format!("urn:oid:{id}") } else { id })
}

/// An extended identifier (CX): the number, its authority (else facility, else the sender) and its type.
pub(super) fn identifier(field: Field<'_>, desk: &Desk<'_>) -> Option<Identifier> {
    let value = field.component(1).said()?;
    let kind = field.component(5).text();
    let system = match authority(field.component(4)).or_else(|| authority(field.component(6))) {
        Some(system) => system,
        None if kind == "SS" => system::SSN.into(),
        None => desk.sender.to_owned(),
    };
    Some(Identifier { system, value, kind })
}

/// An entity identifier (EI): number and authority.
pub(super) fn entity(field: Field<'_>) -> Option<(String, String)> {
    let number = field.component(1).said()?;
    let system = field.component(2).said().or_else(|| universal(field.component(3).said()?));
    Some((system.unwrap_or_default(), number))
}

/// A person's name (XPN).
pub(super) fn name(field: Field<'_>) -> Option<Name> {
    let given = [2, 3].into_iter().filter_map(|at| field.component(at).said()).collect();
    // The family name's further parts tell how it came about (own, partner's), the first is the whole.
    let family = field.component(1);
    let family = family.part(1).said().or_else(|| family.part(5).said()).unwrap_or_default();
    let suffix = [4, 6].into_iter().filter_map(|at| field.component(at).said()).collect::<Vec<_>>().join(" ");
    let usage = match field.component(7).text().as_str() {
        "D" | "N" => NameUse::Usual,
        "M" | "B" => NameUse::Maiden,
        "A" | "S" => NameUse::Alias,
        "BAD" | "K" => NameUse::Former,
        _ => NameUse::Official,
    };
    let name = Name { family, given, prefix: field.component(5).text(), suffix, usage };
    (!name.filed().is_empty()).then_some(name)
}

/// An address (XAD, AD).
pub(super) fn address(field: Field<'_>) -> Option<Address> {
    let street = field.component(1).parts().filter_map(|part| part.said()).collect::<Vec<_>>().join(" ");
    let lines = [street, field.component(2).text(), field.component(8).text()];
    let address = Address {
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        city: field.component(3).text(),
        county: field.component(9).part(1).text(),
        state: field.component(4).text(),
        zip: field.component(5).text(),
        country: field.component(6).text(),
    };
    (address != Address::default()).then_some(address)
}

/// The addresses of a field, those at home first.
pub(super) fn addresses(field: Field<'_>) -> Vec<Address> {
    let mut all: Vec<_> = field.repetitions().collect();
    all.sort_by_key(|one| !matches!(one.component(7).text().as_str(), "" | "H" | "HOME" | "L" | "P" | "M"));
    all.into_iter().filter_map(address).collect()
}

/// A telephone number or the like (XTN); `home` says what the field is for.
pub(super) fn telecom(field: Field<'_>, usage: &str) -> Option<Telecom> {
    let equipment = field.component(3).text();
    let digits = [6, 7].map(|at| field.component(at).text());
    let numbered = || {
        let country = field
            .component(5)
            .said()
            .map(|code| format!("+{} ", code.trim_start_matches('+')))
            .unwrap_or_default();
        let number = digits.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        (!number.is_empty()).then(|| format!("{country}{number}"))
    };
    let email = field.component(4).said().filter(|text| text.contains('@'));
    let is_email = email.is_some();
    let value = email
        .or_else(|| field.component(1).said())
        .or_else(numbered)
        .or_else(|| field.component(12).said())?;
    let extension = field.component(8).said().filter(|_| !is_email);
    let value = extension.map_or_else(|| value.clone(), |extension| format!("{value} ext. {extension}"));
    let use_code = field.component(2).text();
    let system = match equipment.as_str() {
        _ if is_email || value.contains('@') => "email",
        "FX" | "FAX" => "fax",
        "" | "PH" | "CP" | "SAT" => "phone",
        _ => "other",
    };
    let usage = match (use_code.as_str(), equipment.as_str()) {
        (_, "CP") | ("PRS", _) => "mobile",
        ("PRN" | "HOME" | "VHN" | "ORN", _) => "home",
        ("WPN" | "WORK", _) => "work",
        _ => usage,
    };
    Some(Telecom { system: system.into(), value, usage: usage.into() })
}

/// Every telephone number of a field, those without anything left out.
pub(super) fn telecoms(field: Field<'_>, usage: &str) -> Vec<Telecom> {
    field.repetitions().filter_map(|one| telecom(one, usage)).collect()
}

/// A person who cares (XCN, CNN, PPN), with their number as a key of the directory.
pub(super) fn person(field: Field<'_>, desk: &Desk<'_>) -> Option<Named> {
    let id = field.component(1).said();
    let parts = [2, 3, 4, 5, 7].map(|at| field.component(at).part(1).text());
    let [family, given, second, suffix, degree] = parts;
    let given = [given, second].into_iter().filter(|one| !one.is_empty()).collect();
    let suffix = [suffix, degree].into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join(" ");
    let filed = Name { family, given, suffix, ..Name::default() }.filed();
    // A number alone is a key; words alone are a name in the wrong place.
    let numeric = |id: &str| id.bytes().any(|one| one.is_ascii_digit());
    let name = if filed.is_empty() { id.clone()? } else { filed.clone() };
    let kind = field.component(13).text();
    let system = authority(field.component(9))
        .unwrap_or_else(|| if kind == "NPI" { system::NPI.into() } else { desk.sender.to_owned() });
    let key =
        id.filter(|id| !filed.is_empty() || numeric(id)).map(|id| SourceKey::new(system, KeyKind::Party, id));
    Some(Named { name, key })
}

/// Every person of a field.
pub(super) fn persons(field: Field<'_>, desk: &Desk<'_>) -> Vec<Named> {
    field.repetitions().filter_map(|one| person(one, desk)).collect()
}

/// A person named with a time (NDL): the name's parts are subcomponents of the first component.
pub(super) fn person_with_time(field: Field<'_>, desk: &Desk<'_>) -> Option<Named> {
    person(field.component(1).one_level_down(), desk)
}

/// A place (PL): point of care, room, bed, facility, building, floor.
pub(super) fn place(field: Field<'_>) -> Option<Place> {
    let at = |position| field.component(position).part(1).said();
    let join = |parts: Vec<Option<String>>, by| parts.into_iter().flatten().collect::<Vec<_>>().join(by);
    let place = Place {
        unit: at(1).or_else(|| at(9)).unwrap_or_default(),
        bed: join(vec![at(2), at(3)], " "),
        facility: join(vec![at(4), at(7), at(8).map(|floor| format!("floor {floor}"))], ", "),
    };
    (place != Place::default()).then_some(place)
}

/// An organization (XON).
pub(super) fn organization(field: Field<'_>, desk: &Desk<'_>) -> Option<Named> {
    let name = field.component(1).said();
    let id = field.component(10).said().or_else(|| field.component(3).said());
    let system = authority(field.component(6)).unwrap_or_else(|| desk.sender.to_owned());
    let key = id.clone().map(|id| SourceKey::new(system, KeyKind::Party, id));
    Some(Named { name: name.or(id)?, key })
}
