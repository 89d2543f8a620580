//! A desk that prices every case it groups.

use bulk::{Claim, Column, ColumnKind, Value};
use grouper::{Desk, DeskError, DeskScratch, Outcome, ReturnCode};
use pricer::Payment;

use super::{PriceBook, PriceProblem, Priced};

const fn price(name: &'static str, kind: ColumnKind) -> Column {
    Column { group: "price", name, kind }
}

/// Groups, edits and prices.
#[derive(Debug)]
pub(crate) struct PricedDesk<'d> {
    pub(crate) desk: &'d Desk,
    pub(crate) book: &'d PriceBook,
}

/// How many columns a price adds.
const WIDTH: usize = 9;

impl PricedDesk<'_> {
    /// The columns a price adds, all in the group `price`.
    pub(crate) const COLUMNS: [Column; WIDTH] = [
        price("return_code", ColumnKind::Integer),
        price("total", ColumnKind::Decimal(2)),
        price("operating", ColumnKind::Decimal(2)),
        price("capital", ColumnKind::Decimal(2)),
        price("outlier", ColumnKind::Decimal(2)),
        price("weight", ColumnKind::Decimal(4)),
        price("partial", ColumnKind::Integer),
        price("missing", ColumnKind::Text),
        price("problem", ColumnKind::Text),
    ];

    /// Groups and edits `claim`, and pushes one value for each column.
    pub(crate) fn process(
        &self,
        claim: &Claim,
        scratch: &mut DeskScratch,
        added: &mut Vec<Value>,
    ) -> Result<Outcome, DeskError> {
        let version = claim.case.version.or_else(|| self.book.payer_version(claim));
        let outcome = self.desk.process_by(version, &claim.case, scratch)?;
        added.extend(self.price(&outcome, claim).unwrap_or_else(|PriceProblem(problem)| {
            let mut values: [Value; WIDTH] = std::array::from_fn(|_| Value::Blank);
            values[WIDTH - 1] = Value::Text(problem);
            values
        }));
        Ok(outcome)
    }

    fn price(&self, outcome: &Outcome, claim: &Claim) -> Result<[Value; WIDTH], PriceProblem> {
        let last = outcome.grouping.last;
        if last.return_code != ReturnCode::Ok {
            return Err(PriceProblem(format!("not priced: {}", last.return_code.meaning())));
        }
        Ok(match self.book.price(last.drg, claim)? {
            Priced::Medicare(payment) => of_medicare(&payment),
            Priced::Payer(payment) => {
                let mut values: [Value; WIDTH] = std::array::from_fn(|_| Value::Blank);
                values[1] = Value::Decimal(payment.total);
                values[4] = Value::Decimal(payment.outlier);
                values[6] = Value::Integer(0);
                values
            }
        })
    }
}

fn of_medicare(payment: &Payment) -> [Value; WIDTH] {
    let missing: Vec<_> = payment.missing.iter().map(pricer::MissingFactor::name).collect();
    let problem = if payment.code.is_paid() { String::new() } else { payment.code.meaning().to_owned() };
    let text = |text: String| if text.is_empty() { Value::Blank } else { Value::Text(text) };
    [
        Value::Integer(payment.code.0.into()),
        Value::Decimal(payment.total),
        Value::Decimal(payment.operating.sum()),
        Value::Decimal(payment.capital.total),
        Value::Decimal(payment.operating.outlier + payment.capital.outlier),
        Value::Decimal(payment.weight.weight),
        Value::Integer(payment.is_partial().into()),
        text(missing.join("; ")),
        text(problem),
    ]
}
