//! The classification manuals. Addresses hold codes and days; words are sent, for what a coder looks up may be what a
//! patient has.

mod index;
mod other;
mod tabular;

pub(crate) use index::{grid, index};
pub(crate) use other::{axes, changes, former};
pub(crate) use tabular::{chapters, place};

use jiff::civil::Date;
use workflow::coding::Classification;
use workflow::coding::manual::Node;

use super::coding::books;
use crate::call::Call;
use crate::pages::manual::Way;

/// The day whose manual is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    date: Date,
    is_today: bool,
}

impl Day {
    fn of(call: &Call) -> Self {
        let today = call.show().today();
        let date = call.query.read::<Date>("day").or(call.form.read("day")).unwrap_or(today);
        Self { date, is_today: date == today }
    }

    /// The address on this day.
    fn at(self, address: &str) -> String {
        if self.is_today { address.to_owned() } else { format!("{address}?day={}", self.date) }
    }

    /// The way to a place of the tabular list.
    fn way(self, node: Node, label: impl Into<String>) -> Way {
        Way { href: self.at(&tabular_address(node)), label: label.into() }
    }
}

fn tabular_address(node: Node) -> String {
    match node {
        Node::Chapter(number) => format!("/codes/tabular/chapter-{number}"),
        other => format!("/codes/tabular/{other}"),
    }
}

/// The address of a code as its manual prints it.
pub(crate) fn code_address(of: Classification, printed: &str) -> String {
    match of {
        Classification::Icd10cm => format!("/codes/tabular/{printed}"),
        Classification::Icd10pcs => format!("/codes/procedure/{printed}"),
    }
}
