//! The desk of whoever is here, the sheet of keys, the directory, and what this system is.

use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, Fact, Table};

/// What waits at the desk of the role worn.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct HomePage {
    pub(crate) greeting: String,
    pub(crate) role_work: &'static str,
    /// Whether patients may be searched.
    pub(crate) search: bool,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) recent_title: &'static str,
    pub(crate) recent: Vec<Recent>,
}

/// A figure that leads to its list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tile {
    pub(crate) href: &'static str,
    pub(crate) figure: String,
    pub(crate) label: &'static str,
}

/// A patient or thing seen lately.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Recent {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) facts: String,
    pub(crate) when: String,
    pub(crate) filing: Vec<u8>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home.html";
    fn title(&self) -> String {
        "My desk".into()
    }
}

/// The keys, on a page of their own.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct KeysPage {}

impl Page for KeysPage {
    const TEMPLATE: &'static str = "keys.html";
    fn title(&self) -> String {
        "Keys".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Keys")]
    }
}

/// What this system is.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AboutPage {
    pub(crate) facts: Vec<Fact>,
}

impl Page for AboutPage {
    const TEMPLATE: &'static str = "about.html";
    fn title(&self) -> String {
        "About".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("Start", "/"), Crumb::here("About")]
    }
}

/// Practitioners, organizations and places.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DirectoryPage {
    pub(crate) kinds: Vec<Choice>,
    pub(crate) named: String,
    pub(crate) table: Table,
}

impl Page for DirectoryPage {
    const TEMPLATE: &'static str = "directory.html";
    fn title(&self) -> String {
        "Directory".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Directory")]
    }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::super::parts::Cell;
    use super::*;

    impl Samples for HomePage {
        fn samples() -> Vec<Self> {
            let recent = Recent {
                href: "/patients/1".into(),
                name: "Mehta, Anjali".into(),
                facts: "1957-03-02 · Female".into(),
                when: "09:31".into(),
                filing: vec![2, 8],
            };
            let tile = Tile { href: "/unfiled", figure: "12".into(), label: "papers to file" };
            let full = Self {
                greeting: "Good morning".into(),
                role_work: "Assigns codes",
                search: true,
                tiles: vec![tile],
                recent_title: "Charts you opened",
                recent: vec![recent],
            };
            vec![Self::default(), full]
        }
    }
    impl Samples for KeysPage {
        fn samples() -> Vec<Self> {
            vec![Self {}]
        }
    }
    impl Samples for AboutPage {
        fn samples() -> Vec<Self> {
            vec![Self { facts: vec![Fact { label: "Version", value: "0.1.0".into() }] }]
        }
    }
    impl Samples for DirectoryPage {
        fn samples() -> Vec<Self> {
            let table = Table::new("Practitioners", &["Name", "Type"], "Nobody yet.");
            let full = table.clone().rows([vec![Cell::new("Mehta, Anjali").note("NPI 1"), Cell::new("MD")]]);
            let kinds = vec![Choice::new("practitioner", "Practitioners", "practitioner")];
            vec![Self { table, ..Self::default() }, Self { kinds, table: full, named: "M".into() }]
        }
    }
}
