//! Whether a remittance adds up, and what in it is a denial.

use std::fmt;

use rust_decimal::Decimal;

use super::reasons::{DenialCategory, adjustment_reason, denial_category};
use super::{Adjustment, Remittance, RemittedClaim, RemittedLine};

/// Two amounts that should be the same (implementation guide 005010X221A1, section 1.10.2). Post by hand what does not
/// balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imbalance {
    /// What does not balance: a line, a claim by its patient control number, or the payment.
    pub what: String,
    /// What it says was paid.
    pub stated: Decimal,
    /// What its parts make.
    pub computed: Decimal,
}

impl fmt::Display for Imbalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, stated, computed } = self;
        write!(f, "{what} says {stated:.2} was paid, but its parts make {computed:.2}; ask the payer")
    }
}

/// An adjustment that denies, in part or whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denial<'r> {
    /// The line it is of, from 0; none if it is of the claim as a whole.
    pub line: Option<usize>,
    /// The adjustment.
    pub adjustment: &'r Adjustment,
    /// What kind of denial it is, and what to do about it.
    pub category: &'static DenialCategory,
}

impl Remittance {
    /// What does not add up, from the lines to the payment.
    pub fn imbalances(&self) -> Vec<Imbalance> {
        let mut found: Vec<Imbalance> = self.claims.iter().flat_map(RemittedClaim::imbalances).collect();
        let claims = sum(self.claims.iter().map(|claim| claim.paid));
        let account = sum(self.provider_adjustments.iter().map(|adjustment| adjustment.amount));
        let stated = if self.payment.is_debit { -self.payment.amount } else { self.payment.amount };
        found.extend(compare(|| "the payment".to_owned(), stated, claims.saturating_sub(account)));
        found
    }
}

impl RemittedClaim {
    /// Every adjustment: of the claim, then of its lines with the line's place.
    pub fn all_adjustments(&self) -> impl Iterator<Item = (Option<usize>, &Adjustment)> {
        let lines = self.lines.iter().enumerate();
        let of_lines = lines.flat_map(|(at, line)| line.adjustments.iter().map(move |one| (Some(at), one)));
        self.adjustments.iter().map(|one| (None, one)).chain(of_lines)
    }

    /// The adjustments that deny. What a reversal takes back is none.
    pub fn denials(&self) -> Vec<Denial<'_>> {
        let denial = |(line, adjustment)| {
            Adjustment::denial(adjustment).map(|category| Denial { line, adjustment, category })
        };
        self.all_adjustments().filter_map(denial).collect()
    }

    fn imbalances(&self) -> Vec<Imbalance> {
        let number = &self.patient_control_number;
        let lines = self.lines.iter().enumerate();
        let mut found: Vec<Imbalance> = lines
            .filter_map(|(at, line)| {
                let what = || format!("line {} of claim {number}", at + 1);
                compare(what, line.paid, less(line.charged, &line.adjustments))
            })
            .collect();
        let taken = sum(self.all_adjustments().map(|(_, adjustment)| adjustment.amount));
        found.extend(compare(|| format!("claim {number}"), self.paid, self.charged.saturating_sub(taken)));
        found
    }
}

impl Adjustment {
    /// What kind of adjustment it is; a reason that the table does not know is `unknown`.
    pub fn category(&self) -> Option<&'static DenialCategory> {
        denial_category(adjustment_reason(&self.reason).map_or("unknown", |row| row.category))
    }

    /// The category, if the adjustment denies something. Whether the hospital or the patient bears it does not matter.
    pub fn denial(&self) -> Option<&'static DenialCategory> {
        self.category().filter(|category| category.is_denial && self.amount > Decimal::ZERO)
    }
}

impl RemittedLine {
    /// What was taken off.
    pub fn adjusted(&self) -> Decimal {
        sum(self.adjustments.iter().map(|adjustment| adjustment.amount))
    }
}

fn less(charged: Decimal, adjustments: &[Adjustment]) -> Decimal {
    charged.saturating_sub(sum(adjustments.iter().map(|adjustment| adjustment.amount)))
}

/// The sum of amounts; those of a file that means harm may be too large to add.
fn sum(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    amounts.fold(Decimal::ZERO, Decimal::saturating_add)
}

fn compare(what: impl FnOnce() -> String, stated: Decimal, computed: Decimal) -> Option<Imbalance> {
    (stated != computed).then(|| Imbalance { what: what(), stated, computed })
}
