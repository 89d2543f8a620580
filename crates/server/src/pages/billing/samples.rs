//! Samples of the pages of billing.

use super::{BillerPage, ClaimPage, DenialsPage, Nobodys, RemittancePage, RemittancesPage, WriteClaim};
use crate::pages::Samples;
use crate::pages::chart::samples::{bare, top};
use crate::pages::completeness::policy::Field;
use crate::pages::parts::{Cell, Fact, Pager, Table};

fn table() -> Table {
    let row =
        vec![Cell::new("CO-197").link("/x"), Cell::new("500.00").number().note("authorization <absent>")];
    Table::new("Rows", &["Reason", "Amount"], "None.").rows([row])
}

fn facts() -> Vec<Fact> {
    Fact::new("Payer", "Example <Medicare>").into_iter().collect()
}

impl Samples for ClaimPage {
    fn samples() -> Vec<Self> {
        let empty = Self {
            top: bare("Encounters"),
            encounter: "Inpatient".into(),
            here: "/claim".into(),
            codes: None,
            problem: None,
            missing: vec!["The codes: coding <has not> begun.".into()],
            notes: Vec::new(),
            facts: Vec::new(),
            lines: Table::default(),
            write: None,
            claims: Table::default(),
            answers: Table::default(),
            adjustments: Table::default(),
        };
        let write = |replaces| WriteClaim { label: "Write the claim", replaces, number: "P-1".into() };
        let full = Self {
            top: top("Encounters"),
            codes: Some("/coding".into()),
            problem: Some("Something is <missing>.".into()),
            missing: Vec::new(),
            notes: vec!["All 4 days are covered.".into()],
            facts: facts(),
            lines: table(),
            write: Some(write(true)),
            claims: table(),
            answers: table(),
            adjustments: table(),
            ..empty.clone()
        };
        vec![empty, Self { write: Some(write(false)), ..full.clone() }, full]
    }
}

impl Samples for BillerPage {
    fn samples() -> Vec<Self> {
        let field = Field { name: "npi", label: "Identifier", hint: "ten digits", value: "<1>".into() };
        let list =
            Field { name: "payers", value: "Medicare | 1 | MA\nOther | 2 | CI".into(), ..field.clone() };
        let full = Self {
            problem: Some("No.".into()),
            version: 2,
            fields: vec![Field { hint: "", name: "name", ..field.clone() }, field],
            lists: vec![list],
            is_production: true,
        };
        vec![Self::default(), full]
    }
}

impl Samples for RemittancesPage {
    fn samples() -> Vec<Self> {
        let full = Self {
            problem: Some("The file holds no remittance.".into()),
            done: vec!["1 payment posted.".into()],
            may_post: true,
            limit: "20 MB".into(),
            table: table(),
            pager: Pager { older: Some("/remittances?page=2".into()), newer: None },
            unmatched: table(),
        };
        vec![Self::default(), full]
    }
}

impl Samples for RemittancePage {
    fn samples() -> Vec<Self> {
        let one = |id: &str| Nobodys { id: id.into(), number: "ACC-<7>".into() };
        let full = Self {
            here: "/remittances/1".into(),
            problem: Some("No encounter has this number.".into()),
            facts: facts(),
            claims: table(),
            nobodys: vec![one("1"), one("2")],
            account: table(),
            faults: vec!["segment 9: CLP04 is 'x'".into()],
        };
        vec![Self::default(), full]
    }
}

impl Samples for DenialsPage {
    fn samples() -> Vec<Self> {
        let full = Self { which: "authorization or referral".into(), sums: table(), table: table() };
        vec![Self::default(), full]
    }
}
