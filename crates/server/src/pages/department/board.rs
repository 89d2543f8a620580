//! The supervisor's board.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table};

/// The board.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct BoardPage {
    pub(crate) queues: Table,
    pub(crate) people: Table,
    pub(crate) away: Table,
    /// Over how many days the work is counted.
    pub(crate) days: Vec<Choice>,
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "department/board.html";
    fn title(&self) -> String {
        "Board".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Board")]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::pages::Samples;
    use crate::pages::parts::Cell;

    impl Samples for BoardPage {
        fn samples() -> Vec<Self> {
            let table = |name: &'static str| Table::new(name, &["Name", "Count"], "Nothing yet.");
            let empty = Self {
                queues: table("Queues"),
                people: table("Work"),
                away: table("Away"),
                days: Vec::new(),
            };
            let row = || [vec![Cell::new("Papers"), Cell::new("3").number()]];
            let full = Self {
                queues: table("Queues").rows(row()),
                people: table("Work").rows(row()),
                away: table("Away").rows(row()),
                days: vec![Choice::new("7", "7 days", "7"), Choice::new("30", "30 days", "7")],
            };
            vec![empty, full]
        }
    }
}
