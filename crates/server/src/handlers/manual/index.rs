//! The alphabetic indexes, and the two tables that are picked from in two steps.

use workflow::coding::manual::{self, Book, Entry, Grid, Lead, Node, Row};

use super::{Day, books};
use crate::call::{Call, Reply};
use crate::pages::manual::{GridPage, GridRow, IndexEntry, IndexPage};
use crate::pages::parts::Choice;
use crate::problem::{Problem, sentence};

/// Rows of a table shown at most.
const ROWS: usize = 24;

/// The index at a word that was sent, or a page of it.
pub(crate) async fn index(call: Call) -> Reply {
    let day = Day::of(&call);
    let is_asked = |book: &Book| [call.form.text("book"), call.query.text("book")].contains(&book.kind());
    let book = Book::INDEXES.into_iter().find(is_asked).unwrap_or(Book::Diseases);
    let (word, from) = (call.form.text("word"), call.query.read("from").unwrap_or(0));
    let books = Book::INDEXES.iter().map(|one| Choice::new(one.kind(), one.title(), book.kind())).collect();
    let empty =
        IndexPage { title: book.title().into(), books, word: word.to_owned(), ..IndexPage::default() };
    let view = match manual::index(super::books(&call)?, book, word, from, day.date) {
        Ok(view) => view,
        Err(workflow::Error::Refused(words)) => {
            return call.page(&IndexPage { problem: Some(sentence(&words)), ..empty });
        }
        Err(other) => return Err(other.into()),
    };
    let at = |from: usize| {
        let and_day = if day.is_today { String::new() } else { format!("&day={}", day.date) };
        format!("/codes/index?book={}&from={from}{and_day}", book.kind())
    };
    let version = if view.version.is_empty() { String::new() } else { format!(", {}", view.version) };
    call.page(&IndexPage {
        title: format!("{}: {}{version}", book.title(), view.title),
        place: format!("{} to {} of {}", view.from + 1, view.from + view.entries.len(), view.total),
        entries: view.entries.iter().map(|one| entry(one, day)).collect(),
        before: view.before().map(at),
        after: view.after().map(at),
        ..empty
    })
}

fn entry(one: &Entry, day: Day) -> IndexEntry {
    let way = |code: codeset::Code| day.way(Node::Code(code), code.dotted());
    let (see, ways) = match &one.lead {
        Lead::Code(code) => (String::new(), vec![way(*code)]),
        Lead::Pair(cause, manifestation) => ("with".to_owned(), vec![way(*cause), way(*manifestation)]),
        Lead::See(to) => (format!("see {to}"), Vec::new()),
        Lead::SeeAlso(to) => (format!("see also {to}"), Vec::new()),
    };
    IndexEntry { path: one.path.join(", "), may_be_said: one.nonessential.clone(), see, ways }
}

/// The Neoplasm Table or the Table of Drugs.
pub(crate) async fn grid(call: Call) -> Reply {
    let day = Day::of(&call);
    let named = call.parameters.text("table");
    let book = [("neoplasms", Book::Neoplasms), ("drugs", Book::Drugs)];
    let (key, book) = book.into_iter().find(|(key, _)| *key == named).ok_or(Problem::Missing)?;
    let words = call.form.text("words");
    let page = GridPage {
        title: book.title(),
        here: format!("/codes/tables/{key}"),
        words: words.to_owned(),
        ..GridPage::default()
    };
    let grid = manual::grid(books(&call)?, book)?;
    let Some(grid) = grid.as_ref() else {
        return call.page(&GridPage { problem: Some(sentence(&book.how_to_import())), ..page });
    };
    call.page(&GridPage {
        version: grid.version.clone(),
        columns: grid.columns.clone(),
        rows: grid.rows_for(words, ROWS).into_iter().map(|one| row(grid, one, day)).collect(),
        ..page
    })
}

fn row(grid: &Grid, row: &Row, day: Day) -> GridRow {
    let cell = |at| grid.code(row, at).map(|code| day.way(Node::Code(code), code.dotted()));
    GridRow {
        name: row.path.join(", "),
        see: row.see.clone().unwrap_or_default(),
        cells: (0..grid.columns.len()).map(cell).collect(),
    }
}
