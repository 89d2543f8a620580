//! Work queues: the list of them, one opened, and the table of their criteria.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table};

/// The queues of the role worn.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct QueuesPage {
    pub(crate) table: Table,
    /// Whether the criteria may be changed.
    pub(crate) may_change: bool,
}

impl Page for QueuesPage {
    const TEMPLATE: &'static str = "department/queues.html";
    fn title(&self) -> String {
        "Queues".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Queues")]
    }
}

/// One queue.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct WorkQueuePage {
    pub(crate) action: String,
    pub(crate) queue: String,
    pub(crate) about: String,
    /// `120 wait, 14 past due, 30 in somebody's hands`.
    pub(crate) load: String,
    /// What goes before the clock's order.
    pub(crate) first: Option<Table>,
    pub(crate) table: Table,
    /// Where the next page begins.
    pub(crate) next: Option<String>,
    /// Leads to what is the reader's own, or to all.
    pub(crate) other: (String, &'static str),
    /// Items that can be taken or given.
    pub(crate) items: Vec<Choice>,
    /// Whom they can be given to; empty for who may only take.
    pub(crate) people: Vec<Choice>,
}

impl Page for WorkQueuePage {
    const TEMPLATE: &'static str = "department/queue.html";
    fn title(&self) -> String {
        self.queue.clone()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Queues", "/queues"), Crumb::here(self.queue.clone())]
    }
}

/// The criteria of all queues as a table to be edited.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CriteriaPage {
    pub(crate) table: String,
    pub(crate) version: i64,
    pub(crate) problem: Option<String>,
}

impl Page for CriteriaPage {
    const TEMPLATE: &'static str = "department/criteria.html";
    fn title(&self) -> String {
        "Criteria of the queues".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Queues", "/queues"), Crumb::here("Criteria")]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::pages::Samples;
    use crate::pages::parts::Cell;

    fn table() -> Table {
        Table::new("Work", &["What", "Due"], "Nothing waits.")
    }

    impl Samples for QueuesPage {
        fn samples() -> Vec<Self> {
            let rows = [vec![Cell::new("Papers").link("/queues/papers"), Cell::new("3")]];
            let table = Table::new("Queues", &["Queue", "Wait"], "No queue is for this role.");
            vec![
                Self { table: table.clone(), may_change: false },
                Self { table: table.rows(rows), may_change: true },
            ]
        }
    }
    impl Samples for WorkQueuePage {
        fn samples() -> Vec<Self> {
            let rows = [vec![Cell::new("Ortega, L.").link("/patients/1"), Cell::new("2026-11-20")]];
            let empty = Self {
                queue: "Papers".into(),
                table: table(),
                other: ("/queues/papers?mine=1".into(), "Only mine"),
                ..Self::default()
            };
            let full = Self {
                action: "/queues/papers".into(),
                first: Some(Table { caption: "First".into(), ..table() }.rows(rows.clone())),
                table: table().rows(rows),
                next: Some("/queues/papers?after=1".into()),
                load: "1 waits".into(),
                items: vec![Choice::new("1", "Ortega", "")],
                people: vec![Choice::new("2", "A. Clerk", "")],
                ..empty.clone()
            };
            let taken = Self { people: Vec::new(), ..full.clone() };
            vec![empty, full, taken]
        }
    }
    impl Samples for CriteriaPage {
        fn samples() -> Vec<Self> {
            let problem = Some("Line 2: seven columns are needed.".into());
            vec![Self::default(), Self { table: "key\ttitle".into(), version: 1, problem }]
        }
    }
}
