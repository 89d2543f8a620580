//! The plain text of a section as xhtml: blank lines part blocks; a block of `- ` lines is a list, one of ` | ` lines
//! a table, any other a paragraph.

use crate::fhir::json::Object;

/// A `Narrative`, empty for an empty text.
pub(super) fn narrative(text: &str) -> Object {
    if text.is_empty() {
        return Object::new();
    }
    Object::new().with("status", "additional").with("div", div(text))
}

fn div(text: &str) -> String {
    let blocks: String = text.split("\n\n").filter(|one| !one.trim().is_empty()).map(block).collect();
    format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{blocks}</div>")
}

fn block(block: &str) -> String {
    let lines: Vec<&str> = block.lines().collect();
    if lines.iter().all(|line| line.len() > 2 && line.starts_with("- ")) {
        let items: String = lines.iter().map(|line| format!("<li>{}</li>", escaped(&line[2..]))).collect();
        return format!("<ul>{items}</ul>");
    }
    if lines.iter().all(|line| line.contains(" | ")) {
        let rows: String = lines.iter().map(|line| row(line)).collect();
        return format!("<table>{rows}</table>");
    }
    let lines: Vec<String> = lines.into_iter().map(escaped).collect();
    format!("<p>{}</p>", lines.join("<br/>"))
}

fn row(line: &str) -> String {
    let cells: String = line.split(" | ").map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
    format!("<tr>{cells}</tr>")
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
