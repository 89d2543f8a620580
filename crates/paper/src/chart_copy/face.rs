//! The face sheet: who the patient is.

use chart::entry::{Coverage, EntryContent};
use chart::patient::{Address, Contact, Death, Demographics, Identifier, Sex, Telecom};

use super::shown::{Rows, Shown, coded, joined};
use super::{ChartToPrint, heading};
use crate::sheet::{Block, Level};
use crate::words::Words;

/// HL7 table 0203: a social security number.
const SOCIAL_SECURITY: &str = "SS";
/// How many digits of a social security number are printed.
const SHOWN_DIGITS: usize = 4;

/// The title and the face sheet.
pub(super) fn face_sheet(chart: &ChartToPrint, title: &str, shown: &Shown) -> Vec<Block> {
    let person = chart.demographics;
    let line = format!("{} · printed {}", person.filed_name(), shown.instant(chart.printed_at));
    let mut blocks = vec![
        Block::Title { title: title.to_owned(), line },
        heading(Level::Chapter, "Face sheet"),
        Block::KeyValues(identity(person, shown).0),
    ];
    let contacts: Vec<Words> = person.contacts.iter().map(|contact| contact_line(contact).into()).collect();
    if !contacts.is_empty() {
        blocks.extend([heading(Level::Section, "To be notified"), Block::List(contacts)]);
    }
    let coverage: Vec<Words> = chart
        .entries
        .iter()
        .filter(|entry| !entry.in_error)
        .filter_map(|entry| match &entry.content {
            EntryContent::Coverage(coverage) => Some(coverage_line(coverage, shown).into()),
            _ => None,
        })
        .collect();
    if !coverage.is_empty() {
        blocks.extend([heading(Level::Section, "Coverage"), Block::List(coverage)]);
    }
    blocks
}

fn identity(person: &Demographics, shown: &Shown) -> Rows {
    let others = person.names.iter().skip(1).map(|name| format!("{} ({:?})", name.filed(), name.usage));
    let main = person.record_number();
    let identifiers = person.identifiers.iter().filter(|one| Some(*one) != main).map(identifier);
    Rows::default()
        .row("Name", person.filed_name())
        .row("Other names", others.collect::<Vec<_>>().join("; "))
        .row("Record number", main.map(|one| one.value.clone()).unwrap_or_default())
        .row("Other numbers", identifiers.collect::<Vec<_>>().join("; "))
        .row("Born", person.birth.map(|birth| birth.to_string()).unwrap_or_default())
        .row("Sex", sex(person.sex))
        .row("Died", person.death.map(|death| died(death, shown)).unwrap_or_default())
        .row("Address", person.addresses.iter().map(address).collect::<Vec<_>>().join("; "))
        .row("Telephone and mail", telecoms(&person.telecoms))
        .row("Marital status", coded(&person.marital))
        .row("Race", coded(&person.race))
        .row("Ethnicity", coded(&person.ethnicity))
        .row("Language", coded(&person.language))
        .row("Religion", coded(&person.religion))
}

/// A number with who gave it. Of a social security number only the end: a copy travels further than the chart.
fn identifier(one: &Identifier) -> String {
    if one.kind == SOCIAL_SECURITY || one.system == chart::coded::system::SSN {
        let digits: Vec<char> = one.value.chars().filter(char::is_ascii_digit).collect();
        let end: String = digits[digits.len().saturating_sub(SHOWN_DIGITS)..].iter().collect();
        return format!("social security number ending in {end}");
    }
    match one.kind.as_str() {
        "" => format!("{} ({})", one.value, one.system),
        kind => format!("{} ({kind}, {})", one.value, one.system),
    }
}

const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "Female",
        Sex::Male => "Male",
        Sex::Other => "Other",
        Sex::Unknown => "Not known",
    }
}

fn died(death: Death, shown: &Shown) -> String {
    match death {
        Death::Undated => "yes, date not known".to_owned(),
        Death::At(when) => shown.when(when),
    }
}

fn address(address: &Address) -> String {
    let place = [address.city.as_str(), address.state.as_str(), address.zip.as_str()];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let lines = address.lines.iter().map(String::as_str);
    let parts = lines.chain([place.as_str(), address.county.as_str(), address.country.as_str()]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn telecoms(telecoms: &[Telecom]) -> String {
    let one = |telecom: &Telecom| match telecom.usage.as_str() {
        "" => telecom.value.clone(),
        usage => format!("{} ({usage})", telecom.value),
    };
    telecoms.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn contact_line(contact: &Contact) -> String {
    let reached = telecoms(&contact.telecoms);
    let lives = contact.address.as_ref().map(address).unwrap_or_default();
    joined([contact.name.filed().as_str(), &contact.relationship.text, &reached, &lives])
}

fn coverage_line(coverage: &Coverage, shown: &Shown) -> String {
    let numbered = |name: &str, number: &str| match number {
        "" => String::new(),
        number => format!("{name} {number}"),
    };
    joined([
        coverage.payer.name.as_str(),
        &coverage.plan.text,
        &numbered("member", &coverage.member),
        &numbered("group", &coverage.group),
        &shown.span(coverage.start, coverage.end),
        &coverage.status,
    ])
}
