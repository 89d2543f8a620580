//! Results as CSV: the names of the result JSON, flat; `mce_edits` is one text such as `UNSPECIFIED:2 NON_COVERED:1`.

use std::fmt::Write as _;
use std::io::{self, Write};

use grouper::{EditSummary, Outcome};

use crate::sink::{Block, TextBlock};
use crate::{Column, Value};

/// The columns of every flat output, in order.
pub(crate) const COLUMNS: [&str; 9] = [
    "id",
    "version",
    "initial_drg",
    "initial_mdc",
    "final_drg",
    "final_mdc",
    "return_code",
    "mce_type",
    "mce_edits",
];

/// Results as rows of CSV.
#[derive(Debug)]
pub struct CsvBlock {
    rows: csv::Writer<Vec<u8>>,
    edits: String,
    values: Vec<String>,
}

impl TextBlock for CsvBlock {
    fn header(columns: &[Column]) -> Vec<u8> {
        let mut header: Vec<_> = COLUMNS.map(str::to_owned).into();
        header.extend(columns.iter().map(Column::flat_name));
        (header.join(",") + "\n").into_bytes()
    }

    fn write_to(&mut self, out: &mut impl Write) -> io::Result<()> {
        let empty = csv::Writer::from_writer(Vec::new());
        let rows = std::mem::replace(&mut self.rows, empty);
        let bytes = rows.into_inner().map_err(csv::IntoInnerError::into_error)?;
        out.write_all(&bytes)
    }
}

impl Block for CsvBlock {
    fn new(_columns: &[Column]) -> Self {
        Self {
            rows: csv::Writer::from_writer(Vec::new()),
            edits: String::new(),
            values: Vec::new(),
        }
    }

    fn add(&mut self, id: &str, outcome: &Outcome, _columns: &[Column], added: &[Value]) {
        write_edits(&outcome.edits, &mut self.edits);
        self.values.clear();
        self.values.extend(added.iter().map(text_of));
        let (initial, last) = (&outcome.grouping.initial, &outcome.grouping.last);
        let mut numbers = std::array::from_fn::<_, 5, _>(|_| itoa::Buffer::new());
        let given = [
            outcome.version.0,
            initial.drg.0,
            initial.mdc.0.into(),
            last.drg.0,
            last.mdc.0.into(),
        ];
        let mut row = vec![id];
        row.extend(numbers.iter_mut().zip(given).map(|(buffer, number)| buffer.format(number)));
        row.push(outcome.grouping.last.return_code.name());
        row.push(outcome.edits.kind().name());
        row.push(&self.edits);
        row.extend(self.values.iter().map(String::as_str));
        // Writing to memory cannot fail, and every row has the same length.
        drop(self.rows.write_record(row));
    }
}

/// Writes the edits as `NAME:count NAME:count`.
pub(crate) fn write_edits(edits: &EditSummary, text: &mut String) {
    text.clear();
    for (edit, count) in edits.counts() {
        let gap = if text.is_empty() { "" } else { " " };
        // Writing to memory cannot fail.
        let _ = write!(text, "{gap}{}:{count}", edit.name());
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    }
}
