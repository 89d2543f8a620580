//! Who bills: the institution's numbers, and its lists.

use workflow::billing::Biller;
use workflow::billing::facility::{self as cases, Typed};

use crate::call::{Call, Reply, go_saying};
use crate::pages::billing::BillerPage;
use crate::pages::completeness::policy::Field;
use crate::problem::sentence;

/// A text that a person enters: name, label, hint, and where it is.
type Entered<T> = (&'static str, &'static str, &'static str, fn(&mut T) -> &mut String);

const FIELDS: [Entered<Biller>; 13] = [
    ("name", "Name of the institution", "", |one| &mut one.name),
    ("npi", "National provider identifier", "ten digits", |one| &mut one.npi),
    ("tax_number", "Federal tax number", "nine digits", |one| &mut one.tax_number),
    ("taxonomy", "Provider taxonomy code", "ten characters, or blank", |one| &mut one.taxonomy),
    ("street", "Street", "not a post office box", |one| &mut one.street),
    ("city", "City", "", |one| &mut one.city),
    ("state", "State", "two letters", |one| &mut one.state),
    ("postal_code", "Postal code", "nine digits", |one| &mut one.postal_code),
    ("contact", "Whom to ask about a claim", "", |one| &mut one.contact),
    ("telephone", "Telephone", "ten digits", |one| &mut one.telephone),
    ("submitter", "The submitter's identifier with the receiver", "", |one| &mut one.submitter),
    ("receiver_name", "Name of the receiver", "clearinghouse or contractor", |one| &mut one.receiver_name),
    ("receiver", "Identifier of the receiver", "", |one| &mut one.receiver),
];

const LISTS: [Entered<Typed>; 4] = [
    ("payers", "Payers", "name as registration writes it | identifier | claim filing indicator", |one| {
        &mut one.payers
    }),
    ("revenue_codes", "Revenue codes of charges", "charge code | revenue code", |one| &mut one.revenue_codes),
    (
        "plain_charges",
        "Lines for encounters that no charges were sent for",
        "setting | revenue code | day or stay | dollars",
        |one| &mut one.plain_charges,
    ),
    (
        "bill_types",
        "Types of bill other than the usual",
        "setting | two digits, such as clinic | 85",
        |one| &mut one.bill_types,
    ),
];

fn field<T>(of: &mut T, (name, label, hint, at): &Entered<T>) -> Field {
    Field { name, label, hint, value: at(of).clone() }
}

fn page(mut biller: Biller, mut lists: Typed, version: i64, problem: Option<String>) -> BillerPage {
    BillerPage {
        problem,
        version,
        fields: FIELDS.iter().map(|one| field(&mut biller, one)).collect(),
        lists: LISTS.iter().map(|one| field(&mut lists, one)).collect(),
        is_production: biller.is_production,
    }
}

pub(crate) async fn read(call: Call) -> Reply {
    let (biller, version) = cases::read(&call.house.store, &call.context()?).await?;
    let lists = biller.typed();
    call.page(&page(biller, lists, version, None))
}

pub(crate) async fn change(call: Call) -> Reply {
    let mut biller = Biller { is_production: !call.form.text("production").is_empty(), ..Biller::default() };
    let mut lists = Typed::default();
    for (name, .., at) in FIELDS {
        call.form.text(name).clone_into(at(&mut biller));
    }
    for (name, .., at) in LISTS {
        call.form.text(name).clone_into(at(&mut lists));
    }
    let version = call.form.read("version").unwrap_or_default();
    let done = match biller.clone().with(&lists) {
        Ok(whole) => cases::change(&call.house.store, &call.context()?, whole, version).await,
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(()) => Ok(go_saying("/billing", "kept")),
        Err(workflow::Error::Refused(words)) => {
            call.again(&page(biller, lists, version, Some(sentence(&words))))
        }
        Err(other) => Err(other.into()),
    }
}
