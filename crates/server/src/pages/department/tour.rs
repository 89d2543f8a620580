//! The tour: what a newcomer tries, role by role.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;

/// The tour.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TourPage {
    pub(crate) stops: Vec<Stop>,
}

/// What to try in a role.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Stop {
    pub(crate) role: String,
    pub(crate) work: String,
    /// Whether the reader may wear it.
    pub(crate) held: bool,
    pub(crate) tries: Vec<Try>,
}

/// One thing to try.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Try {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) what: String,
}

impl Page for TourPage {
    const TEMPLATE: &'static str = "department/tour.html";
    fn title(&self) -> String {
        "Tour".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Tour")]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::pages::Samples;

    impl Samples for TourPage {
        fn samples() -> Vec<Self> {
            let one = Try { href: "/queues".into(), label: "Queues".into(), what: "Open one.".into() };
            let stop = Stop { role: "Clerk".into(), work: "Files.".into(), held: true, tries: vec![one] };
            vec![Self::default(), Self { stops: vec![stop.clone(), Stop { held: false, ..stop }] }]
        }
    }
}
