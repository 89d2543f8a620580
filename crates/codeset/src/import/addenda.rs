//! Addenda to the order file or to the code titles of ICD-10-PCS: what the new release adds, deletes and revises.
//!
//! ```text
//! Add:         02HM3JZ Insertion of Pacemaker Lead into Ventricular Septum, Percutaneous Approach
//! Delete:      30233AZ Transfusion of Embryonic Stem Cells into Peripheral Vein, Percutaneous Approach
//! Revise from: X2H03BB Insertion of …
//! Revise to:   X2H03BB Insertion of …
//! ```
//! Addenda to the order file give the short title (sixty characters) before the long one. Headers are three characters
//! long. A count of additions, deletions and revisions follows; it is compared with what was read.

use super::{ImportError, Place, lines};
use crate::Code;

/// One line of the addenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddendaLine {
    /// The code.
    pub code: Code,
    /// Its long title.
    pub title: String,
    /// The line's number, from 1.
    pub line: usize,
}

/// What the addenda say of codes; headers are left out, as tables name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addenda {
    /// New codes.
    pub added: Vec<AddendaLine>,
    /// Codes no longer valid.
    pub deleted: Vec<AddendaLine>,
    /// Codes with their new title.
    pub revised: Vec<AddendaLine>,
}

/// Where the code begins in a line.
const CODE_COLUMN: usize = 13;
/// Length of a code; headers are shorter.
const CODE_LEN: usize = 7;
/// Length of the short title in addenda to the order file, with the space after it.
const SHORT_TITLE_LEN: usize = 61;

/// Reads addenda; `has_short_titles` for those to the order file.
pub fn parse_addenda(file: &str, text: &str, has_short_titles: bool) -> Result<Addenda, ImportError> {
    let mut addenda = Addenda::default();
    let mut lines = lines(file, text).filter(|(_, line)| !line.is_empty());
    let summary = loop {
        let Some((place, line)) = lines.next() else { break None };
        let list = match line.split_once(':') {
            Some(("Add", _)) => Some(&mut addenda.added),
            Some(("Delete", _)) => Some(&mut addenda.deleted),
            Some(("Revise to", _)) => Some(&mut addenda.revised),
            Some(("Revise from", _)) => None,
            _ if matches!(line.trim(), "Headers" | "Codes") => break Some(line),
            _ => return Err(place.error("action", "expected Add:, Delete:, Revise from: or Revise to:")),
        };
        let parsed = parse_line(place, line, has_short_titles)?;
        if let (Some(list), Some(parsed)) = (list, parsed) {
            list.push(parsed);
        }
    };
    compare_counts(&addenda, summary, lines)?;
    Ok(addenda)
}

/// The code and title of a line; `None` for a header.
fn parse_line(
    place: Place<'_>,
    line: &str,
    has_short_title: bool,
) -> Result<Option<AddendaLine>, ImportError> {
    let body = line.get(CODE_COLUMN..).ok_or_else(|| place.error("code", "no code in column 14"))?;
    let (code, titles) =
        body.split_at_checked(CODE_LEN).ok_or_else(|| place.error("code", "the code is cut short"))?;
    if code.trim_end().len() < CODE_LEN {
        return Ok(None);
    }
    let titles = titles.strip_prefix(' ').ok_or_else(|| place.error("code", "no space in column 21"))?;
    let title = if has_short_title { titles.get(SHORT_TITLE_LEN..) } else { Some(titles) };
    let title = title.ok_or_else(|| place.error("long title", "no long title in column 83"))?;
    Ok(Some(AddendaLine {
        code: place.code(code)?,
        title: place.title("long title", title)?,
        line: place.line,
    }))
}

/// Compares the figures under the heading `Codes` with what was read.
fn compare_counts<'t>(
    addenda: &Addenda,
    first_heading: Option<&'t str>,
    lines: impl Iterator<Item = (Place<'t>, &'t str)>,
) -> Result<(), ImportError> {
    let mut of_codes = first_heading.is_some_and(|heading| heading.trim() == "Codes");
    for (place, line) in lines {
        let (number, what) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        of_codes = (of_codes && number != "Headers") || number == "Codes";
        let read = match what {
            "additions" => addenda.added.len(),
            "deletions" => addenda.deleted.len(),
            "revisions" => addenda.revised.len(),
            _ => continue,
        };
        if of_codes && number.parse() != Ok(read) {
            return Err(
                place.error("count", format!("the file counts {number} {what}, but {read} were read"))
            );
        }
    }
    Ok(())
}

/// Writes what [`parse_addenda`] reads without short titles.
pub fn print_addenda(addenda: &Addenda) -> String {
    let mut out = String::new();
    for (action, lines) in
        [("Add:", &addenda.added), ("Delete:", &addenda.deleted), ("Revise to:", &addenda.revised)]
    {
        for AddendaLine { code, title, .. } in lines {
            out.push_str(&format!("{action:<CODE_COLUMN$}{code} {title}\n"));
        }
    }
    let Addenda { added, deleted, revised } = addenda;
    let (added, deleted, revised) = (added.len(), deleted.len(), revised.len());
    out.push_str(&format!("\nCodes\n{added:>7} additions\n{deleted:>7} deletions\n{revised:>7} revisions\n"));
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &str = "Add:         02HM3JZ Insertion of Lead, Percutaneous\nDelete:      30233AZ Transfusion of Cells\nRevise from: X2H03BB Old\nRevise to:   X2H03BB New\n\nHeaders\n      9 additions\n\nCodes\n  79115 codes in a.txt\n      1 additions\n      1 deletions\n      1 revisions\n";

    #[test]
    fn actions_are_read_and_counted() {
        let addenda = parse_addenda("addenda.txt", SAMPLE, false).unwrap();
        assert_eq!(addenda.added[0].title, "Insertion of Lead, Percutaneous");
        assert_eq!(addenda.deleted[0].code.to_string(), "30233AZ");
        assert_eq!((addenda.revised[0].title.as_str(), addenda.revised[0].line), ("New", 4));
        let error =
            parse_addenda("addenda.txt", &SAMPLE.replace("      1 del", "      2 del"), false).unwrap_err();
        assert_eq!(
            error.to_string(),
            "addenda.txt, line 12, count: the file counts 2 deletions, but 1 were read"
        );
    }

    #[test]
    fn short_titles_and_headers_are_left_out() {
        let line = format!(
            "Add:         0016070 {:<60} The long title\nAdd:         001     {:<60} A table\n",
            "short", "head"
        );
        let addenda = parse_addenda("addenda.txt", &line, true).unwrap();
        assert_eq!((addenda.added.len(), addenda.added[0].title.as_str()), (1, "The long title"));
    }

    #[test]
    fn an_unknown_action_is_named() {
        let error = parse_addenda("addenda.txt", "Remove: 0016070 x\n", false).unwrap_err();
        assert_eq!((error.line, error.field), (1, "action"));
    }

    proptest! {
        #[test]
        fn printing_and_reading_is_identity(codes in prop::collection::vec("[0-9A-HJ-NP-Z]{7}", 0..12)) {
            let line = |(code, line): (&String, usize)| AddendaLine { code: Code::parse(code).unwrap(), title: format!("Title of {code}"), line };
            let third = codes.len() / 3;
            let part = |range: std::ops::Range<usize>| codes[range.clone()].iter().zip(range.start + 1..).map(line).collect();
            let addenda = Addenda { added: part(0..third), deleted: part(third..2 * third), revised: part(2 * third..codes.len()) };
            prop_assert_eq!(parse_addenda("addenda.txt", &print_addenda(&addenda), false).unwrap(), addenda);
        }

        #[test]
        fn garbage_is_an_error_and_never_a_panic(text in "(Add:|Delete:|Codes)?\\PC{0,200}") {
            let _ = parse_addenda("addenda.txt", &text, true);
        }
    }
}
