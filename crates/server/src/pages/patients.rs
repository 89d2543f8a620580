//! The patient index: finding people, registering them, and the closed door of a chart.

use chart::patient::Sex;
use serde::{Deserialize, Serialize};

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, Table};
use crate::show;

/// The search for people and what it found.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PatientsPage {
    pub(crate) query: String,
    pub(crate) may_register: bool,
    /// `14 people, the likeliest first`.
    pub(crate) summary: String,
    pub(crate) rows: Vec<PatientRow>,
}

/// One person found. Of a restricted chart only the name's initials and the number are shown.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PatientRow {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) born: String,
    pub(crate) sex: &'static str,
    pub(crate) number: String,
    pub(crate) filing: Vec<u8>,
    pub(crate) phone: String,
    pub(crate) city: String,
    pub(crate) why: String,
    pub(crate) restricted: bool,
    pub(crate) died: bool,
}

impl Page for PatientsPage {
    const TEMPLATE: &'static str = "patients.html";
    fn title(&self) -> String {
        "Patients".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Patients")]
    }
}

/// What registration asks, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RegisterForm {
    pub(crate) family: String,
    pub(crate) given: String,
    pub(crate) middle: String,
    pub(crate) suffix: String,
    pub(crate) former: String,
    pub(crate) birth: String,
    pub(crate) sex: String,
    pub(crate) ssn: String,
    pub(crate) number: String,
    pub(crate) street: String,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) zip: String,
    pub(crate) phone: String,
}

/// Registering, after the search for who it may be already.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RegisterPage {
    pub(crate) form: RegisterForm,
    pub(crate) sexes: Vec<Choice>,
    pub(crate) problem: Option<String>,
    /// Whether the search has been made for what is typed now.
    pub(crate) checked: bool,
    pub(crate) matches: Vec<Likely>,
}

/// Somebody who may be meant.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Likely {
    pub(crate) id: String,
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) facts: String,
    pub(crate) filing: Vec<u8>,
    pub(crate) verdict: String,
    pub(crate) tone: &'static str,
    pub(crate) weight: String,
    pub(crate) why: Table,
}

impl RegisterPage {
    /// The empty form, or the one typed.
    pub(crate) fn new(form: RegisterForm) -> Self {
        let sexes = [Sex::Unknown, Sex::Female, Sex::Male, Sex::Other];
        let chosen = if form.sex.is_empty() { "unknown" } else { form.sex.as_str() };
        let choice = |sex| Choice::new(show::sex(sex).to_lowercase(), show::sex(sex), chosen);
        Self { sexes: sexes.map(choice).to_vec(), form, ..Self::default() }
    }
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "register.html";
    fn title(&self) -> String {
        "Register a patient".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Patients", "/patients"), Crumb::here("Register")]
    }
}

/// A chart that is not open to the reader, with the way in for an emergency.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct GlassPage {
    pub(crate) action: String,
    pub(crate) why: String,
    pub(crate) hours: i64,
    pub(crate) reasons: Vec<Choice>,
    pub(crate) problem: Option<String>,
}

impl Page for GlassPage {
    const TEMPLATE: &'static str = "glass.html";
    fn title(&self) -> String {
        "A closed chart".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Patients", "/patients"), Crumb::here("A closed chart")]
    }
}

/// Search over the text of all charts.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct FindPage {
    pub(crate) query: String,
    pub(crate) summary: String,
    pub(crate) hits: Vec<super::parts::Hit>,
}

impl Page for FindPage {
    const TEMPLATE: &'static str = "find.html";
    fn title(&self) -> String {
        "Search all charts".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Search all charts")]
    }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::super::parts::{Cell, Hit, Piece};
    use super::*;

    impl Samples for PatientsPage {
        fn samples() -> Vec<Self> {
            let row = PatientRow {
                href: "/patients/1".into(),
                name: "Mehta, Anjali".into(),
                filing: vec![2, 8],
                died: true,
                ..PatientRow::default()
            };
            let masked = PatientRow { restricted: true, ..row.clone() };
            let found = Self {
                query: "Meh".into(),
                may_register: true,
                summary: "2 people".into(),
                rows: vec![row, masked],
            };
            let nobody = Self { rows: Vec::new(), ..found.clone() };
            vec![Self::default(), nobody, found]
        }
    }
    impl Samples for RegisterPage {
        fn samples() -> Vec<Self> {
            let why = Table::new("Field by field", &["Field", "Weight"], "")
                .rows([vec![Cell::new("Birth date"), Cell::new("8.1").number()]]);
            let match_ = Likely {
                id: "1".into(),
                href: "/patients/1".into(),
                name: "Mehta, Anjali".into(),
                facts: "1957-03-02".into(),
                filing: vec![2, 8],
                verdict: "almost certainly the same".into(),
                tone: "stop",
                weight: "18.2".into(),
                why,
            };
            let empty = Self::new(RegisterForm::default());
            let checked =
                Self { checked: true, problem: Some("The birth date is no date.".into()), ..empty.clone() };
            vec![empty, Self { matches: vec![match_], ..checked.clone() }, checked]
        }
    }
    impl Samples for GlassPage {
        fn samples() -> Vec<Self> {
            let reasons = vec![Choice::new("treatment", "Treatment", "")];
            let full = Self { reasons, hours: 8, problem: Some("Say why.".into()), ..Self::default() };
            vec![Self::default(), full]
        }
    }
    impl Samples for FindPage {
        fn samples() -> Vec<Self> {
            let pieces = vec![
                Piece { text: "acute ".into(), marked: false },
                Piece { text: "MI".into(), marked: true },
            ];
            let hit = Hit { href: "/".into(), title: "History".into(), about: "2026".into(), pieces };
            let found = Self { query: "MI".into(), summary: "1 place".into(), hits: vec![hit] };
            vec![Self::default(), Self { query: "x".into(), ..Self::default() }, found]
        }
    }
}
