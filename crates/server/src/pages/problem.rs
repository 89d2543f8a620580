//! Pages for what went wrong, in plain words.

use serde::Serialize;

use super::Page;

/// Something did not work, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ProblemPage {
    pub(crate) heading: &'static str,
    pub(crate) what: String,
    pub(crate) help: String,
    /// Set when somebody has to look into it.
    pub(crate) reference: Option<String>,
    /// Where the chart can be opened in an emergency, when that is what is in the way.
    pub(crate) glass: Option<String>,
    /// Where the restriction that is in the way can be lifted.
    pub(crate) lift: Option<String>,
    pub(crate) back: String,
    pub(crate) back_label: &'static str,
}

impl Page for ProblemPage {
    const TEMPLATE: &'static str = "error.html";
    fn title(&self) -> String {
        self.heading.into()
    }
}

#[cfg(test)]
impl super::Samples for ProblemPage {
    fn samples() -> Vec<Self> {
        let plain = Self {
            heading: "Not found",
            what: "There is no such page.".into(),
            help: String::new(),
            reference: None,
            glass: None,
            lift: None,
            back: "/".into(),
            back_label: "To my desk",
        };
        let full = Self {
            help: "Ask the privacy officer.".into(),
            reference: Some("01JD".into()),
            glass: Some("/patients/1/glass".into()),
            lift: Some("/patients/1/restriction".into()),
            ..plain.clone()
        };
        vec![plain, full]
    }
}
