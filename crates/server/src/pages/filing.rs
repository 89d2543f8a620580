//! Papers: uploading a scan, and filing what is not in a chart yet.

use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, ChoiceGroup, FileView, Found, Pager, Table};

/// The form for a scan or file.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct UploadPage {
    pub(crate) problem: Option<String>,
    /// The largest file taken, in words.
    pub(crate) limit: String,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) written: String,
    pub(crate) encounters: Vec<Choice>,
    pub(crate) kinds: Vec<ChoiceGroup>,
}

impl Page for UploadPage {
    const TEMPLATE: &'static str = "upload.html";
    fn title(&self) -> String {
        "Upload".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Upload")]
    }
}

/// The papers that are in no chart yet.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct UnfiledPage {
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl Page for UnfiledPage {
    const TEMPLATE: &'static str = "unfiled.html";
    fn title(&self) -> String {
        "Papers to file".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Papers to file")]
    }
}

/// One paper beside the form that files it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FilingPage {
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    pub(crate) number: String,
    pub(crate) found: Option<Found>,
    pub(crate) encounters: Vec<Choice>,
    pub(crate) kinds: Vec<ChoiceGroup>,
    pub(crate) title: String,
    pub(crate) written: String,
    pub(crate) file: FileView,
}

impl Page for FilingPage {
    const TEMPLATE: &'static str = "filing.html";
    fn title(&self) -> String {
        "File a paper".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Papers to file", "/unfiled"), Crumb::here("File a paper")]
    }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::super::parts::Cell;
    use super::*;

    fn kinds() -> Vec<ChoiceGroup> {
        let options = vec![Choice::new("progress-note", "Progress note", "progress-note")];
        vec![ChoiceGroup { label: "Progress".into(), options }]
    }

    impl Samples for UploadPage {
        fn samples() -> Vec<Self> {
            let encounters = vec![Choice::new("1", "Inpatient 2026-10-14", "1")];
            let full =
                Self { problem: Some("No file.".into()), kinds: kinds(), encounters, ..Self::default() };
            vec![Self::default(), full]
        }
    }
    impl Samples for UnfiledPage {
        fn samples() -> Vec<Self> {
            let table = Table::new("Waiting", &["Title", "Came"], "Everything is filed.");
            let row = vec![Cell::new("scan.pdf").link("/unfiled/1"), Cell::new("2026-10-14 09:31")];
            let pager = Pager { older: Some("/unfiled?after=1".into()), newer: None };
            vec![Self { table: table.clone(), ..Self::default() }, Self { table: table.rows([row]), pager }]
        }
    }
    impl Samples for FilingPage {
        fn samples() -> Vec<Self> {
            let file =
                FileView { href: "/x".into(), title: "scan.pdf".into(), about: "PDF".into(), shown: "pdf" };
            let found = Found {
                id: "1".into(),
                name: "Mehta, Anjali".into(),
                facts: "1957".into(),
                filing: vec![2, 8],
            };
            let empty = Self {
                action: "/unfiled/1".into(),
                problem: None,
                number: String::new(),
                found: None,
                encounters: Vec::new(),
                kinds: kinds(),
                title: String::new(),
                written: String::new(),
                file: FileView { shown: "", ..file.clone() },
            };
            let encounters = vec![Choice::new("1", "Inpatient", "")];
            let image = FileView { shown: "image", ..file.clone() };
            let full =
                Self { found: Some(found), encounters, file, problem: Some("x".into()), ..empty.clone() };
            vec![Self { file: image, ..empty.clone() }, full, empty]
        }
    }
}
