//! Documentation alerts: on their own page, and on that of an encounter.

use ::alerts::Alert;
use ::chart::id::{EncounterId, PatientId};
use serde::Serialize;

use super::{Evidence, evidence};
use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Pager};

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AlertView {
    pub(crate) identity: String,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    pub(crate) message: String,
    pub(crate) definition: String,
    pub(crate) evidence: Vec<Evidence>,
    /// The encounter it is about.
    pub(crate) encounter: String,
    /// Where one asks about it, for those who ask.
    pub(crate) ask: Option<String>,
}

impl AlertView {
    /// An alert in the chart of `patient`; `asks` for a reader who puts queries.
    pub(crate) fn new(alert: &Alert, (patient, encounter): (PatientId, EncounterId), asks: bool) -> Self {
        let base = format!("/patients/{patient}");
        let here = format!("{base}/encounters/{encounter}");
        let ask = format!("{here}/query/new?template={}&alert={}", alert.template, alert.identity);
        Self {
            identity: alert.identity.clone(),
            title: alert.title.clone(),
            kind: alert.kind.title(),
            message: alert.message.clone(),
            definition: alert.definition.clone(),
            evidence: evidence(&alert.evidence, &base),
            encounter: here,
            ask: asks.then_some(ask),
        }
    }
}

/// An alert with whose record it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AlertLine {
    pub(crate) alert: AlertView,
    pub(crate) patient: String,
    pub(crate) raised: String,
    /// The query that asks about it already.
    pub(crate) asked: Option<String>,
}

/// Open alerts.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AlertsPage {
    pub(crate) kinds: Vec<Choice>,
    /// `14 open alerts`.
    pub(crate) summary: String,
    pub(crate) lines: Vec<AlertLine>,
    pub(crate) may_dismiss: bool,
    pub(crate) pager: Pager,
    pub(crate) problem: Option<String>,
}

impl Page for AlertsPage {
    const TEMPLATE: &'static str = "clarifying/alerts.html";
    fn title(&self) -> String {
        "Documentation alerts".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Documentation alerts")]
    }
}
