//! Who a patient is: the form that corrects it, and the history of it.

use chart::correction::{Correction, numbers};
use chart::patient::{Demographics, Sex};
use serde::Serialize;
use workflow::history::{Change, Step};

use super::chart::Top;
use super::frame::Crumb;
use super::parts::{Cell, Choice, Table};
use crate::show::{self, Show};

/// The form that corrects who a patient is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CorrectPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) action: String,
    /// The version the form was filled from.
    pub(crate) version: i64,
    pub(crate) sections: Vec<Section>,
    pub(crate) sexes: Vec<Choice>,
    pub(crate) reason: String,
    /// What would change, once it has been looked at.
    pub(crate) changes: Option<Table>,
    pub(crate) problem: Option<String>,
}

/// A group of fields.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Section {
    pub(crate) title: &'static str,
    pub(crate) fields: Vec<Field>,
    /// Whether the choice of sex stands here too.
    pub(crate) sex: bool,
}

/// A field with what it holds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: &'static str,
    pub(crate) value: String,
}

fn field(name: &'static str, label: &str, hint: &'static str, value: &str) -> Field {
    Field { name, label: label.to_owned(), hint, value: value.to_owned() }
}

impl CorrectPage {
    /// The form for `who`, holding what `typed` says.
    pub(crate) fn new(top: Top, (who, version): (&Demographics, i64), typed: &Correction) -> Self {
        let action = format!("{}/correct", top.base);
        let sexes = [Sex::Unknown, Sex::Female, Sex::Male, Sex::Other];
        let chosen = show::sex(typed.sex).to_lowercase();
        let choice = |sex| Choice::new(show::sex(sex).to_lowercase(), show::sex(sex), &chosen);
        Self {
            action,
            version,
            sections: sections(who, typed),
            sexes: sexes.map(choice).to_vec(),
            reason: String::new(),
            changes: None,
            problem: None,
            top,
        }
    }
}

impl CorrectPage {
    /// The birth date as it was typed, be it one or not.
    pub(crate) fn with_birth(mut self, typed: &str) -> Self {
        let fields = self.sections.iter_mut().flat_map(|section| &mut section.fields);
        fields.filter(|one| one.name == "birth").for_each(|one| typed.clone_into(&mut one.value));
        self
    }
}

fn sections(who: &Demographics, typed: &Correction) -> Vec<Section> {
    let plain = |title, fields| Section { title, fields, sex: false };
    let birth = typed.birth.map(|date| date.to_string()).unwrap_or_default();
    let name = vec![
        field("family", "Family name", "", &typed.family),
        field("given", "Given name", "", &typed.given),
        field("middle", "Middle names", "", &typed.middle),
        field("suffix", "Suffix", "Jr, III", &typed.suffix),
        field("former", "Former family name", "", &typed.former),
    ];
    let person = vec![
        field("birth", "Birth date", "YYYY-MM-DD; month or year alone if more is not known", &birth),
        field("mother", "Mother's maiden name", "", &typed.mothers_maiden_name),
    ];
    let address = vec![
        field("street", "Street", "", &typed.street),
        field("city", "City", "", &typed.city),
        field("state", "State", "", &typed.state),
        field("zip", "ZIP", "", &typed.zip),
    ];
    vec![
        plain("Name", name),
        Section { title: "Person", fields: person, sex: true },
        plain("Numbers", number_fields(who, typed)),
        plain("Address", address),
        plain("Telephone", phone_fields(typed)),
    ]
}

fn number_fields(who: &Demographics, typed: &Correction) -> Vec<Field> {
    let known = numbers(who).enumerate().map(|(place, one)| {
        let kind = if one.kind == "MR" { "Record number" } else { "Number" };
        let value = typed.numbers.get(place).map_or("", String::as_str);
        field("number", &format!("{kind} of {}", one.system), "empty takes it away", value)
    });
    let hint = "empty keeps what is known; 0 takes it away";
    known.chain([field("ssn", "Social security number", hint, &typed.ssn)]).collect()
}

fn phone_fields(typed: &Correction) -> Vec<Field> {
    let known = typed.phones.iter().enumerate();
    let known = known.map(|(place, value)| {
        field("phone", &format!("Telephone {}", place + 1), "empty takes it away", value)
    });
    let fields: Vec<Field> = known.collect();
    let has_room = typed.phones.last().is_some_and(String::is_empty);
    let new = (!has_room).then(|| field("phone", "Another telephone", "", ""));
    fields.into_iter().chain(new).collect()
}

/// What a correction would change.
pub(crate) fn changes(differences: &[chart::difference::Difference]) -> Table {
    let rows = differences
        .iter()
        .map(|one| vec![Cell::new(one.field), Cell::new(one.before.clone()), Cell::new(one.after.clone())]);
    Table::new("What changes", &["Field", "Now", "Then"], "Nothing differs from what is known.").rows(rows)
}

impl super::Page for CorrectPage {
    const TEMPLATE: &'static str = "chart/correct.html";
    fn title(&self) -> String {
        "Chart: correct who it is".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}

/// Everything that was ever said of who a patient is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WhoPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) steps: Vec<StepView>,
    /// Where a correction is made, for those who may.
    pub(crate) correct: Option<String>,
}

/// One change of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepView {
    pub(crate) table: Table,
    /// Who or what made it, and why.
    pub(crate) about: String,
}

impl StepView {
    /// The change as a table.
    pub(crate) fn new(step: &Step, show: &Show) -> Self {
        let caption = format!("Version {}, {}", step.version, show.moment(step.at));
        let rows = step.changes.iter().map(row);
        let table = Table::new(caption, &["Field", "Before", "After"], "").rows(rows);
        let about = [Some(maker(step)), step.reason.clone()].into_iter().flatten();
        Self { table, about: about.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ") }
    }
}

fn row(change: &Change) -> Vec<Cell> {
    let one = &change.difference;
    let after = Cell::new(one.after.clone());
    let after =
        if change.overrules { after.mark("tag warn").note("overrules a correction by hand") } else { after };
    vec![Cell::new(one.field), Cell::new(one.before.clone()), after]
}

/// Who or what made a change.
fn maker(step: &Step) -> String {
    if let Some(by) = &step.by {
        return by.clone();
    }
    let Some(origin) = &step.origin else { return "stored before versions were kept".into() };
    let way = match origin.channel {
        chart::intake::Channel::Fhir => "FHIR",
        chart::intake::Channel::Hl7 => "HL7 message",
        chart::intake::Channel::Ccda => "clinical document",
        chart::intake::Channel::Upload => "upload",
        chart::intake::Channel::Hand => "import",
    };
    origin.key.as_ref().map_or_else(|| "the program".into(), |key| format!("{way} of {}", key.system))
}

impl super::Page for WhoPage {
    const TEMPLATE: &'static str = "chart/who.html";
    fn title(&self) -> String {
        "Chart: who it is".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}
