//! My day: one list over all hats.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table};

/// The day.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MyDayPage {
    /// `42 things wait, 6 past due`.
    pub(crate) load: String,
    pub(crate) hats: Vec<Choice>,
    pub(crate) table: Table,
    /// What is looked at again later, in sentences.
    pub(crate) self_checks: Vec<String>,
    /// What was handed over to the reader, in sentences.
    pub(crate) taken_over: Vec<String>,
}

impl Page for MyDayPage {
    const TEMPLATE: &'static str = "department/my_day.html";
    fn title(&self) -> String {
        "My day".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("My day")]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::pages::Samples;
    use crate::pages::parts::Cell;

    impl Samples for MyDayPage {
        fn samples() -> Vec<Self> {
            let table = Table::new("Today", &["What", "Hat", "Due"], "Nothing waits.");
            let rows =
                [vec![Cell::new("Ortega").link("/patients/1"), Cell::new("Clerk"), Cell::new("today")]];
            let full = Self {
                load: "1 thing waits".into(),
                hats: vec![Choice::new("clerk", "Clerk", "clerk"), Choice::new("analyst", "Analyst", "")],
                table: table.clone().rows(rows),
                self_checks: vec!["After 7 days you look again at findings you overrode.".into()],
                taken_over: vec!["From A. Clerk until 2026-12-01: keys are in the drawer.".into()],
            };
            vec![Self { table, ..Self::default() }, full]
        }
    }
}
