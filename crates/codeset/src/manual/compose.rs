//! The title of a procedure code put together from the labels of its axes, after the pattern of the official titles.
//!
//! Used where no source has the title; the result is marked as composed wherever it is shown. Only the sections
//! whose titles follow one pattern are composed: Medical and Surgical, and Obstetrics.

use super::Axes;
use crate::Code;

/// Root operations whose titles do not read `Operation of Part`. `{part}`, `{device}` and `{qualifier}` stand for the
/// labels; a label the pattern does not name is put in its usual place.
const PATTERNS: [(&str, &str); 16] = [
    ("Bypass", "Bypass {part} to {qualifier}"),
    ("Change", "Change {device} in {part}"),
    ("Control", "Control Bleeding in {part}"),
    ("Creation", "Creation of {qualifier} in {part}"),
    ("Detachment", "Detachment at {part}"),
    ("Extirpation", "Extirpation of Matter from {part}"),
    ("Fragmentation", "Fragmentation in {part}"),
    ("Insertion", "Insertion of {device} into {part}"),
    ("Map", "Map {part}"),
    ("Release", "Release {part}"),
    ("Removal", "Removal of {device} from {part}"),
    ("Repair", "Repair {part}"),
    ("Reposition", "Reposition {part}"),
    ("Revision", "Revision of {device} in {part}"),
    ("Supplement", "Supplement {part}"),
    ("Transfer", "Transfer {part}"),
];

/// Qualifiers that official titles put after the approach.
const AFTER_APPROACH: [&str; 2] = ["Diagnostic", "Hand-Assisted"];

/// Endings of body part labels that official titles leave at the end: `Coronary Artery, One Artery`.
const STAYING: [&str; 6] = ["Artery", "Arteries", "Ascending/Arch", "Descending", "Retained", "Ectopic"];

/// The title of `code`, or `None` where an axis has no label or the section's titles follow no single pattern.
pub fn compose_title(axes: &Axes, code: Code) -> Option<String> {
    if !code.to_string().starts_with(['0', '1']) {
        return None;
    }
    let label = |position| axes.label(code, position);
    let (operation, part, approach) = (label(3)?, in_title_order(label(4)?), label(5)?);
    let device = Some(label(6)?).filter(|device| *device != "No Device").map(in_title_order);
    let qualifier = Some(label(7)?).filter(|qualifier| *qualifier != "No Qualifier");
    let (last, qualifier) = match qualifier {
        Some(last) if AFTER_APPROACH.contains(&last) => (Some(last), None),
        other => (None, other),
    };
    let mut title = fill(operation, &part, device.as_deref(), qualifier)?;
    title.push_str(", ");
    title.push_str(approach);
    if !approach.starts_with("Via") {
        title.push_str(" Approach");
    }
    if let Some(last) = last {
        title.push_str(", ");
        title.push_str(last);
    }
    Some(title)
}

/// Fills the pattern of `operation`; `None` where the pattern needs a label the code does not have.
fn fill(operation: &str, part: &str, device: Option<&str>, qualifier: Option<&str>) -> Option<String> {
    let usual = format!("{operation} of {{part}}");
    let pattern =
        PATTERNS.iter().find(|(name, _)| *name == operation).map_or(usual.as_str(), |(_, pattern)| pattern);
    let mut title = pattern.replace("{part}", part);
    if title.contains("{qualifier}") {
        title = title.replace("{qualifier}", qualifier?);
        title.push_str(&device.map(|device| format!(" with {device}")).unwrap_or_default());
        return Some(title);
    }
    if title.contains("{device}") {
        title = title.replace("{device}", device?);
    } else if let Some(device) = device {
        title.push_str(&format!(" with {device}"));
    }
    title.push_str(&qualifier.map(|qualifier| format!(", {qualifier}")).unwrap_or_default());
    Some(title)
}

/// `Femoral Artery, Right` as titles have it: `Right Femoral Artery`.
fn in_title_order(label: &str) -> String {
    match label.rsplit_once(", ") {
        Some((_, last)) if STAYING.iter().any(|word| last.ends_with(word)) => label.to_owned(),
        Some((first, last)) => format!("{last} {}", in_title_order(first)),
        None => label.to_owned(),
    }
}
