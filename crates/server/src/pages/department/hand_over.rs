//! Hand-over before an absence.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table};

/// The sheet.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct HandOverPage {
    pub(crate) in_hand: Table,
    pub(crate) queues: Table,
    pub(crate) absences: Table,
    pub(crate) people: Vec<Choice>,
    pub(crate) note: String,
    pub(crate) problem: Option<String>,
}

impl Page for HandOverPage {
    const TEMPLATE: &'static str = "department/hand_over.html";
    fn title(&self) -> String {
        "Hand-over".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Hand-over")]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::pages::Samples;
    use crate::pages::parts::Cell;

    impl Samples for HandOverPage {
        fn samples() -> Vec<Self> {
            let table = |name: &'static str| Table::new(name, &["What", "Count"], "Nothing.");
            let row = || [vec![Cell::new("Papers"), Cell::new("3")]];
            let empty = Self {
                in_hand: table("In hand"),
                queues: table("Queues"),
                absences: table("Absences"),
                ..Self::default()
            };
            let full = Self {
                in_hand: table("In hand").rows(row()),
                queues: table("Queues").rows(row()),
                absences: table("Absences").rows(row()),
                people: vec![Choice::new("1", "A. Clerk", "")],
                note: "Keys are in the drawer.".into(),
                problem: Some("The last day is before the first.".into()),
            };
            vec![empty, full]
        }
    }
}
