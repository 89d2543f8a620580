//! My day: one list over all hats.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table, Tag};

/// The day.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MyDayPage {
    /// `42 things wait, 6 past due`.
    pub(crate) load: String,
    pub(crate) hats: Vec<Choice>,
    pub(crate) table: Table,
    /// One's own work that is looked at again.
    pub(crate) self_checks: Vec<Again>,
    pub(crate) problem: Option<String>,
    /// What was handed over to the reader, in sentences.
    pub(crate) taken_over: Vec<String>,
}

/// A duty whose work one looks at again oneself.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Again {
    pub(crate) key: &'static str,
    /// Why, in a sentence.
    pub(crate) why: String,
    /// How much there is, and by when; nothing to do without it.
    pub(crate) due: Option<Tag>,
    pub(crate) table: Table,
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

    fn again(is_due: bool) -> Again {
        let table =
            Table::new("Merges you made yourself", &["What", "When"], "Nothing since you last looked.");
        let rows = [vec![Cell::new("Patient merge").link("/patients/1"), Cell::new("2026-11-01 09:00")]];
        Again {
            key: if is_due { "self-check-identity" } else { "self-check-coding" },
            why: "7 days later look again at merges you made yourself.".into(),
            due: is_due.then(|| Tag { tone: "warn", text: "1 to look at, the first by 2026-11-08".into() }),
            table: if is_due { table.rows(rows) } else { table },
        }
    }

    impl Samples for MyDayPage {
        fn samples() -> Vec<Self> {
            let table = Table::new("Today", &["What", "Hat", "Due"], "Nothing waits.");
            let rows =
                [vec![Cell::new("Ortega").link("/patients/1"), Cell::new("Clerk"), Cell::new("today")]];
            let full = Self {
                load: "1 thing waits".into(),
                hats: vec![Choice::new("clerk", "Clerk", "clerk"), Choice::new("analyst", "Analyst", "")],
                table: table.clone().rows(rows),
                self_checks: vec![again(true), again(false)],
                problem: Some("Say what came of it.".into()),
                taken_over: vec!["From A. Clerk until 2026-12-01: keys are in the drawer.".into()],
            };
            vec![Self { table, ..Self::default() }, full]
        }
    }
}
