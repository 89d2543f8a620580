//! Claims, who bills, and what payers answer.

mod payments;
#[cfg(test)]
mod samples;

use serde::Serialize;

use super::Page;
use super::chart::Top;
use super::completeness::policy::Field;
use super::frame::Crumb;
use super::parts::{Fact, Table};

pub(crate) use payments::{DenialsPage, Nobodys, RemittancePage, RemittancesPage};

/// The claims of one encounter, and what was paid on them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClaimPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    /// The address of this page.
    pub(crate) here: String,
    /// The coder's desk of the encounter, for those who may see it.
    pub(crate) codes: Option<String>,
    pub(crate) problem: Option<String>,
    /// What is missing before the claim can be written.
    pub(crate) missing: Vec<String>,
    /// What was taken for granted.
    pub(crate) notes: Vec<String>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) lines: Table,
    pub(crate) write: Option<WriteClaim>,
    pub(crate) claims: Table,
    pub(crate) answers: Table,
    pub(crate) adjustments: Table,
}

/// The form that writes the claim.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WriteClaim {
    /// What its button says.
    pub(crate) label: &'static str,
    /// Whether the payer's number of the earlier claim can be entered.
    pub(crate) replaces: bool,
    /// The number as it is known or was typed.
    pub(crate) number: String,
}

impl Page for ClaimPage {
    const TEMPLATE: &'static str = "billing/claim.html";
    fn title(&self) -> String {
        "Chart: claim".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Encounters", format!("{}/encounters", self.top.base)));
        crumbs.push(Crumb::here("Claim"));
        crumbs
    }
}

/// Who bills.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct BillerPage {
    pub(crate) problem: Option<String>,
    pub(crate) version: i64,
    pub(crate) fields: Vec<Field>,
    /// Lists, a line for each entry.
    pub(crate) lists: Vec<Field>,
    pub(crate) is_production: bool,
}

impl Page for BillerPage {
    const TEMPLATE: &'static str = "billing/biller.html";
    fn title(&self) -> String {
        "Who bills".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Who bills")]
    }
}
