//! Results as JSON lines.

use std::io::{self, Write};

use grouper::{Assignment, Outcome};

use crate::sink::{Block, TextBlock};
use crate::{Column, Value};

/// Results as JSON lines, one object a case, with the names of the result JSON.
#[derive(Debug)]
pub struct JsonBlock(Vec<u8>);

impl TextBlock for JsonBlock {
    fn header(_columns: &[Column]) -> Vec<u8> {
        Vec::new()
    }

    fn write_to(&mut self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.0)?;
        self.0.clear();
        Ok(())
    }
}

impl Block for JsonBlock {
    fn new(_columns: &[Column]) -> Self {
        Self(Vec::new())
    }

    fn add(&mut self, id: &str, outcome: &Outcome, columns: &[Column], added: &[Value]) {
        let Outcome {
            version,
            grouping,
            edits,
        } = outcome;
        let out = &mut self.0;
        put(out, "{\"id\":");
        put_string(out, id);
        put(out, ",\"version\":");
        put_number(out, version.0);
        put_assignment(out, ",\"initial_drg\":", ",\"initial_mdc\":", &grouping.initial);
        put_assignment(out, ",\"final_drg\":", ",\"final_mdc\":", &grouping.last);
        put(out, ",\"return_code\":\"");
        put(out, grouping.last.return_code.name());
        put(out, "\",\"mce\":{\"type\":\"");
        put(out, edits.kind().name());
        put(out, "\",\"edits\":{");
        for (position, (edit, count)) in edits.counts().enumerate() {
            put(out, if position == 0 { "\"" } else { ",\"" });
            put(out, edit.name());
            put(out, "\":");
            put_number(out, count);
        }
        put(out, "}}");
        put_added(out, columns, added);
        put(out, "}\n");
    }
}

fn put_assignment(out: &mut Vec<u8>, drg: &str, mdc: &str, assignment: &Assignment) {
    put(out, drg);
    put_number(out, assignment.drg.0);
    put(out, mdc);
    put_number(out, assignment.mdc.0);
}

/// The added values, one object for each group.
fn put_added(out: &mut Vec<u8>, columns: &[Column], added: &[Value]) {
    let mut open_group = "";
    for (column, value) in columns.iter().zip(added) {
        if column.group == open_group {
            put(out, ",");
        } else {
            put(out, if open_group.is_empty() { ",\"" } else { "},\"" });
            put(out, column.group);
            put(out, "\":{");
            open_group = column.group;
        }
        put_string(out, column.name);
        put(out, ":");
        put_value(out, value);
    }
    if !open_group.is_empty() {
        put(out, "}");
    }
}

fn put_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Blank => put(out, "null"),
        Value::Integer(number) => put_number(out, *number),
        Value::Decimal(number) => drop(write!(out, "{number}")),
        Value::Text(text) => put_string(out, text),
    }
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

fn put_number(out: &mut Vec<u8>, number: impl itoa::Integer) {
    put(out, itoa::Buffer::new().format(number));
}

/// `text` as a JSON string. Writing to memory cannot fail.
fn put_string(out: &mut Vec<u8>, text: &str) {
    drop(serde_json::to_writer(out, text));
}
