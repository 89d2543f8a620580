//! What payers answered: the payments, one of them, and the denials.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Fact, Pager, Table};

/// The payments, and what belongs to no encounter.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RemittancesPage {
    pub(crate) problem: Option<String>,
    /// What posting a file did, a line each.
    pub(crate) done: Vec<String>,
    pub(crate) may_post: bool,
    /// The largest file taken, in words.
    pub(crate) limit: String,
    pub(crate) table: Table,
    pub(crate) pager: Pager,
    pub(crate) unmatched: Table,
}

impl Page for RemittancesPage {
    const TEMPLATE: &'static str = "billing/remittances.html";
    fn title(&self) -> String {
        "Remittances".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Remittances")]
    }
}

/// One payment.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RemittancePage {
    pub(crate) here: String,
    pub(crate) problem: Option<String>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) claims: Table,
    /// Claims that no encounter was found for, for those who may say whose they are.
    pub(crate) nobodys: Vec<Nobodys>,
    /// Adjustments of the hospital's account.
    pub(crate) account: Table,
    /// What of it could not be read, or does not add up.
    pub(crate) faults: Vec<String>,
}

/// A claim that no encounter was found for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Nobodys {
    pub(crate) id: String,
    /// The number that the payer gave back.
    pub(crate) number: String,
}

impl Page for RemittancePage {
    const TEMPLATE: &'static str = "billing/remittance.html";
    fn title(&self) -> String {
        "Remittance".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Remittances", "/remittances"), Crumb::here("One payment")]
    }
}

/// The denials.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DenialsPage {
    /// What is listed.
    pub(crate) which: String,
    pub(crate) sums: Table,
    pub(crate) table: Table,
}

impl Page for DenialsPage {
    const TEMPLATE: &'static str = "billing/denials.html";
    fn title(&self) -> String {
        "Denials".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Denials")]
    }
}
