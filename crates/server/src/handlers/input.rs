//! What people type, as the record's own values.

use chart::coded::system;
use chart::date::{NotADate, PartialDate, When};
use chart::patient::{Address, Demographics, Identifier, Name, NameUse, Sex, Telecom};
use store::Page;
use store::patients::Query;

use crate::call::Fields;
use crate::pages::parts::Pager;
use crate::pages::patients::RegisterForm;

/// The registration form as typed.
pub(crate) fn register_form(form: &Fields) -> RegisterForm {
    let text = |name: &str| form.text(name).to_owned();
    RegisterForm {
        family: text("family"),
        given: text("given"),
        middle: text("middle"),
        suffix: text("suffix"),
        former: text("former"),
        birth: text("birth"),
        sex: text("sex"),
        ssn: text("ssn"),
        number: text("number"),
        street: text("street"),
        city: text("city"),
        state: text("state"),
        zip: text("zip"),
        phone: text("phone"),
    }
}

/// The person a registration form describes.
///
/// # Errors
/// When the birth date is no date.
pub(crate) fn person(form: &RegisterForm) -> Result<Demographics, NotADate> {
    Ok(Demographics {
        identifiers: identifiers(form),
        names: names(form),
        sex: sex(&form.sex),
        birth: date(&form.birth)?,
        addresses: addresses(form),
        telecoms: telecoms(form),
        ..Demographics::default()
    })
}

fn identifiers(form: &RegisterForm) -> Vec<Identifier> {
    let number = (!form.number.is_empty()).then(|| Identifier {
        system: workflow::patients::OWN.into(),
        value: form.number.clone(),
        kind: "MR".into(),
    });
    let digits: String = form.ssn.chars().filter(char::is_ascii_digit).collect();
    let ssn = (!digits.is_empty()).then(|| Identifier {
        system: system::SSN.into(),
        value: digits,
        kind: "SS".into(),
    });
    number.into_iter().chain(ssn).collect()
}

fn names(form: &RegisterForm) -> Vec<Name> {
    let given = [&form.given, &form.middle].into_iter().filter(|name| !name.is_empty()).cloned().collect();
    let legal = Name { family: form.family.clone(), given, suffix: form.suffix.clone(), ..Name::default() };
    let former = (!form.former.is_empty()).then(|| Name {
        family: form.former.clone(),
        usage: NameUse::Former,
        ..Name::default()
    });
    std::iter::once(legal).chain(former).collect()
}

fn addresses(form: &RegisterForm) -> Vec<Address> {
    let address = Address {
        lines: Some(form.street.clone()).filter(|line| !line.is_empty()).into_iter().collect(),
        city: form.city.clone(),
        state: form.state.to_uppercase(),
        zip: form.zip.clone(),
        ..Address::default()
    };
    if address == Address::default() { Vec::new() } else { vec![address] }
}

fn telecoms(form: &RegisterForm) -> Vec<Telecom> {
    let phone = Telecom { system: "phone".into(), value: form.phone.clone(), usage: "home".into() };
    if form.phone.is_empty() { Vec::new() } else { vec![phone] }
}

/// The sex a form's choice means.
pub(crate) fn sex(text: &str) -> Sex {
    match text {
        "female" => Sex::Female,
        "male" => Sex::Male,
        "other" => Sex::Other,
        _ => Sex::Unknown,
    }
}

/// A date as typed; `None` when nothing was.
///
/// # Errors
/// When it is no date.
pub(crate) fn date(text: &str) -> Result<Option<PartialDate>, NotADate> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// A date as typed, as a point in time of a document.
///
/// # Errors
/// When it is no date.
pub(crate) fn written(text: &str) -> Result<Option<When>, NotADate> {
    Ok(date(text)?.map(When::Date))
}

/// Shortest text that is searched for.
const SHORTEST_QUERY: usize = 2;

/// What was typed into the one box for patients: words are names, the family name first or before a comma; something
/// like a date is the birth date; digits that make a telephone number are one, and a number of the record if they stand
/// together; anything else with digits is a number of the record. `None` when it is too little.
pub(crate) fn patient_query(typed: &str) -> Option<Query> {
    if typed.chars().filter(|letter| letter.is_alphanumeric()).count() < SHORTEST_QUERY {
        return None;
    }
    let mut query = Query::default();
    let mut names: Vec<&str> = Vec::new();
    let mut digits: Vec<&str> = Vec::new();
    for word in typed.split([' ', ',']).filter(|word| !word.is_empty()) {
        if is_birth(word) {
            query.birth = Some(word.to_owned());
        } else if word.chars().all(|letter| letter.is_ascii_digit() || "()+-.".contains(letter)) {
            digits.push(word);
        } else if word.contains(|letter: char| letter.is_ascii_digit()) {
            query.identifier = Some(word.to_owned());
        } else {
            names.push(word);
        }
    }
    number(&digits, &mut query);
    let given = if names.len() > 1 { names.split_off(1).join(" ") } else { String::new() };
    query.family = names.first().map(|&name| name.to_owned());
    query.given = Some(given).filter(|given| !given.is_empty());
    Some(query)
}

/// Words of digits: a telephone number, written as people write one, a number of the record, or perhaps either.
fn number(words: &[&str], query: &mut Query) {
    let phone = words.join(" ");
    let is_phone = chart::identity::telephone_key(&phone).is_some();
    query.phone = is_phone.then_some(phone);
    if !is_phone || words.len() == 1 {
        query.identifier = words.last().map(|&word| word.to_owned()).or(query.identifier.take());
    }
}

/// `1957-03-02`, or `1957-03`, or a year that somebody alive can be born in.
fn is_birth(word: &str) -> bool {
    let has_form = word.len() > 4 && word.parse::<PartialDate>().is_ok();
    has_form || word.parse::<u16>().is_ok_and(|year| word.len() == 4 && (1900..2100).contains(&year))
}

/// The page that `skip` in the address asks for, with `take` rows.
pub(crate) fn page(query: &Fields, take: u32) -> Page {
    Page { skip: query.read("skip").unwrap_or(0), take }
}

/// Ways to the rows before and after `page`, of `count` in all, at `address`, which may have a query of its own.
pub(crate) fn pager(page: Page, count: i64, address: &str) -> Pager {
    let joint = if address.contains('?') { '&' } else { '?' };
    let to = |skip: u32| format!("{address}{joint}skip={skip}");
    let next = page.skip.saturating_add(page.take);
    Pager {
        older: (i64::from(next) < count).then(|| to(next)),
        newer: (page.skip > 0).then(|| to(page.skip.saturating_sub(page.take))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> [Option<String>; 4] {
        patient_query(typed)
            .map_or([const { None }; 4], |one| [one.family, one.given, one.birth, one.identifier])
    }

    #[test]
    fn digits_are_a_telephone_number_a_record_number_or_either() {
        for (typed, phone, number) in [
            ("555 0142", Some("555 0142"), None),
            ("(206) 342-8631", Some("(206) 342-8631"), None),
            ("342-8631", Some("342-8631"), Some("342-8631")),
            ("3428631 1957-03-02", Some("3428631"), Some("3428631")),
            ("100428", None, Some("100428")),
            ("HB-100428", None, Some("HB-100428")),
        ] {
            let query = patient_query(typed).unwrap();
            assert_eq!((query.phone.as_deref(), query.identifier.as_deref()), (phone, number), "{typed}");
        }
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn one_box_takes_names_dates_and_numbers() {
        assert_eq!(asked("Mehta, Anj"), [some("Mehta"), some("Anj"), None, None]);
        assert_eq!(asked("Mehta 1957-03-02"), [some("Mehta"), None, some("1957-03-02"), None]);
        assert_eq!(asked("1957"), [None, None, some("1957"), None]);
        assert_eq!(asked("CR-100428"), [None, None, None, some("CR-100428")]);
        assert_eq!(asked("a"), [const { None }; 4]);
    }

    #[test]
    fn a_form_becomes_a_person_with_only_what_was_typed() {
        let form = RegisterForm {
            family: "Quill".into(),
            given: "Ada".into(),
            former: "Ferrous".into(),
            ssn: "123-45-6789".into(),
            sex: "female".into(),
            birth: "1957-03".into(),
            ..RegisterForm::default()
        };
        let person = person(&form).unwrap();
        assert_eq!(person.filed_name(), "Quill, Ada");
        assert_eq!(person.names[1].usage, NameUse::Former);
        assert_eq!(person.identifiers[0].value, "123456789");
        assert!(person.addresses.is_empty() && person.telecoms.is_empty());
        assert!(super::person(&RegisterForm { birth: "2.3.57".into(), ..form }).is_err());
    }

    #[test]
    fn pages_lead_on_while_there_is_more() {
        let page = Page { skip: 50, take: 50 };
        let pager = pager(page, 120, "/x?a=1");
        assert_eq!(pager.older.as_deref(), Some("/x?a=1&skip=100"));
        assert_eq!(pager.newer.as_deref(), Some("/x?a=1&skip=0"));
        assert_eq!(super::pager(Page::first(50), 50, "/x"), Pager::default());
    }
}
