//! Entering a publication's rows into the dated tables: what vanished ends the day before, what is new begins, and
//! nothing else changes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::AddendaLine;
use crate::rows::{CodeRow, Interval, Title, TitleRow, TitleSource};
use crate::{Code, OPEN_END};

/// What an import did to a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Merged {
    /// Rows begun.
    pub begun: usize,
    /// Rows ended.
    pub ended: usize,
}

/// A code that an addenda line names and the table does not have, or has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The addenda's line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Makes `valid` the codes that hold on `effective`.
pub fn replace_codes(rows: &mut Vec<CodeRow>, valid: &BTreeSet<Code>, effective: Date) -> Merged {
    let held: BTreeSet<_> =
        rows.iter().filter(|row| row.valid.holds(effective)).map(|row| row.code).collect();
    let mut merged = Merged::default();
    for &code in held.difference(valid) {
        end_code(rows, code, effective);
        merged.ended += 1;
    }
    let begin: Vec<_> = valid.difference(&held).copied().collect();
    merged.begun = begin.len();
    begin_codes(rows, &begin, effective);
    merged
}

/// Adds and deletes the codes of addenda; one that does not fit is an error and leaves the rest undone.
pub fn apply_addenda(
    rows: &mut Vec<CodeRow>,
    added: &[AddendaLine],
    deleted: &[AddendaLine],
    effective: Date,
) -> Result<Merged, Misfit> {
    let held: BTreeSet<_> =
        rows.iter().filter(|row| row.valid.holds(effective)).map(|row| row.code).collect();
    let misfit =
        |line: &AddendaLine, what: &str| Misfit { line: line.line, what: format!("{} {what}", line.code) };
    if let Some(line) = added.iter().find(|line| held.contains(&line.code)) {
        return Err(misfit(line, "is added but already valid on that day"));
    }
    if let Some(line) = deleted.iter().find(|line| !held.contains(&line.code)) {
        return Err(misfit(line, "is deleted but not valid on that day"));
    }
    for line in deleted {
        end_code(rows, line.code, effective);
    }
    let begin: Vec<_> = added.iter().map(|line| line.code).collect();
    begin_codes(rows, &begin, effective);
    Ok(Merged { begun: added.len(), ended: deleted.len() })
}

/// Ends `code` the day before `effective`; a row that began that day goes altogether.
fn end_code(rows: &mut Vec<CodeRow>, code: Code, effective: Date) {
    rows.retain(|row| row.code != code || row.valid.first != effective);
    let ending = rows.iter_mut().find(|row| row.code == code && row.valid.holds(effective));
    if let (Some(row), Ok(day_before)) = (ending, effective.yesterday()) {
        row.valid.last = day_before;
    }
}

/// Begins `codes` on `effective`, to end where a later row of the same code begins.
fn begin_codes(rows: &mut Vec<CodeRow>, codes: &[Code], effective: Date) {
    let mut later: BTreeMap<Code, Date> = BTreeMap::new();
    for row in rows.iter().rev().filter(|row| row.valid.first > effective) {
        later.insert(row.code, row.valid.first);
    }
    for &code in codes {
        let last = later.get(&code).and_then(|first| first.yesterday().ok()).unwrap_or(OPEN_END);
        rows.push(CodeRow { code, valid: Interval { first: effective, last } });
    }
    rows.sort_unstable();
}

/// Enters the titles that hold from `effective`. A title that says the same, accents and spacing aside, changes
/// nothing; an official title takes the place of a composed one.
pub fn enter_titles(
    rows: &mut Vec<TitleRow>,
    titles: impl IntoIterator<Item = (Code, String)>,
    source: TitleSource,
    effective: Date,
) -> Merged {
    let mut by_code: BTreeMap<Code, Vec<Title>> = BTreeMap::new();
    for row in rows.drain(..) {
        by_code.entry(row.code).or_default().push(row.title);
    }
    let mut merged = Merged::default();
    for (code, text) in titles {
        let entered = enter(by_code.entry(code).or_default(), text, source, effective);
        merged.begun += usize::from(entered);
    }
    let row =
        |(code, titles): (Code, Vec<Title>)| titles.into_iter().map(move |title| TitleRow { code, title });
    rows.extend(by_code.into_iter().flat_map(row));
    merged
}

fn enter(titles: &mut Vec<Title>, text: String, source: TitleSource, effective: Date) -> bool {
    let begun = |title: &Title| title.first.is_none_or(|first| first <= effective);
    let at = titles.iter().rposition(begun);
    let Some(held) = at.map(|at| &mut titles[at]) else {
        titles.insert(0, Title { first: Some(effective), text, source });
        return true;
    };
    let same = folded(&held.text) == folded(&text);
    if held.source == TitleSource::Composed && source != TitleSource::Composed {
        *held = Title { first: held.first, text, source };
        return true;
    }
    if same {
        return false;
    }
    if held.first == Some(effective) {
        *held = Title { first: held.first, text, source };
    } else {
        let after = at.map_or(0, |at| at + 1);
        titles.insert(after, Title { first: Some(effective), text, source });
    }
    true
}

/// `text` without accents, case kept: order files are ASCII where the tabular list writes `Ménière`.
pub fn folded(text: &str) -> String {
    let unaccented = |letter: char| match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'À'..='Å' => 'A',
        'È'..='Ë' => 'E',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        '’' => '\'',
        other => other,
    };
    super::even(text).chars().map(unaccented).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rows::{read_codes, read_titles, write_codes, write_titles};

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    fn line(text: &str) -> AddendaLine {
        AddendaLine { code: code(text), title: "Title".into(), line: 7 }
    }

    const CODES: &str = "code\tfirst\tlast\nA000\t2015-10-01\t\nA001\t2015-10-01\t\nA002\t2028-10-01\t\n";

    #[test]
    fn a_new_year_ends_begins_and_leaves_alone() {
        let mut rows = read_codes("codes", CODES).unwrap();
        let valid = BTreeSet::from(["A000", "A002", "B20"].map(code));
        let merged = replace_codes(&mut rows, &valid, date(2027, 10, 1));
        assert_eq!(merged, Merged { begun: 2, ended: 1 });
        let wanted = "code\tfirst\tlast\nA000\t2015-10-01\t\nA001\t2015-10-01\t2027-09-30\nA002\t2027-10-01\t2028-09-30\nA002\t2028-10-01\t\nB20\t2027-10-01\t\n";
        assert_eq!(write_codes(&[], &rows), wanted);
        assert_eq!(
            replace_codes(&mut rows, &valid, date(2027, 10, 1)),
            Merged::default(),
            "again changes nothing"
        );
        assert_eq!(write_codes(&[], &rows), wanted);
    }

    #[test]
    fn addenda_that_do_not_fit_change_nothing() {
        let mut rows = read_codes("codes", CODES).unwrap();
        let misfit = apply_addenda(&mut rows, &[line("A000")], &[], date(2027, 10, 1)).unwrap_err();
        assert_eq!((misfit.line, misfit.what.as_str()), (7, "A000 is added but already valid on that day"));
        let misfit = apply_addenda(&mut rows, &[], &[line("B20")], date(2027, 10, 1)).unwrap_err();
        assert_eq!(misfit.what, "B20 is deleted but not valid on that day");
        assert_eq!(write_codes(&[], &rows), CODES);
        apply_addenda(&mut rows, &[line("B20")], &[line("A001")], date(2027, 10, 1)).unwrap();
        assert!(rows.iter().any(|row| row.code == code("B20")));
    }

    #[test]
    fn only_a_title_that_differs_begins_a_row() {
        let text =
            "code\tfirst\ttitle\tsource\nA000\t\tMénière one\torder-2025\nA001\t\tBorn of parts\tcomposed\n";
        let mut rows = read_titles("titles", text).unwrap();
        let titles = |one: &str| {
            [
                (code("A000"), one.to_owned()),
                (code("A001"), "Official".to_owned()),
                (code("A002"), "New".to_owned()),
            ]
        };
        let entered =
            enter_titles(&mut rows, titles("Meniere  one"), TitleSource::OrderFile(2028), date(2027, 10, 1));
        assert_eq!(entered.begun, 2);
        let wanted = "code\tfirst\ttitle\tsource\nA000\t\tMénière one\torder-2025\nA001\t\tOfficial\torder-2028\nA002\t2027-10-01\tNew\torder-2028\n";
        assert_eq!(write_titles(&[], &rows), wanted);
        enter_titles(&mut rows, titles("Other"), TitleSource::OrderFile(2028), date(2027, 10, 1));
        assert!(write_titles(&[], &rows).contains("A000\t2027-10-01\tOther\torder-2028\n"));
    }
}
