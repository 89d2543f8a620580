//! `chartroom group --explain`: in place of results, what `chartroom case` prints of each case.

use std::io::{self, Write};

use bulk::{Block, Claim, Column, ColumnKind, TextBlock, Value};
use grouper::{DeskError, Outcome};

use crate::report::Reporter;

/// A desk that explains every case.
#[derive(Debug)]
pub(super) struct ExplainedDesk<'d> {
    pub(super) reporter: Reporter<'d>,
}

impl ExplainedDesk<'_> {
    /// The explanation as the only column.
    pub(super) const COLUMNS: [Column; 1] =
        [Column { group: "explanation", name: "text", kind: ColumnKind::Text }];

    /// Works on `claim` and pushes what there is to say.
    pub(super) fn process(&self, claim: &Claim, added: &mut Vec<Value>) -> Result<Outcome, DeskError> {
        let report = self.reporter.report(claim, None)?;
        added.push(Value::Text(report.to_string()));
        Ok(report.outcome)
    }
}

/// The explanations of some cases, a blank line after each.
#[derive(Debug, Default)]
pub(super) struct ExplanationBlock(String);

impl Block for ExplanationBlock {
    fn new(_columns: &[Column]) -> Self {
        Self::default()
    }

    fn add(&mut self, _id: &str, _outcome: &Outcome, _columns: &[Column], added: &[Value]) {
        for value in added {
            if let Value::Text(text) = value {
                self.0.push_str(text);
                self.0.push('\n');
            }
        }
    }
}

impl TextBlock for ExplanationBlock {
    fn header(_columns: &[Column]) -> Vec<u8> {
        Vec::new()
    }

    fn write_to(&mut self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(self.0.as_bytes())?;
        self.0.clear();
        Ok(())
    }
}
