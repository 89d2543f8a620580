//! The index itself: an FTS5 table on SQLite, a `tsvector` column on PostgreSQL.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::query::Query;
use super::words::words;
use crate::dialect::Kind;
use crate::write::{Insert, Values};
use crate::{Result, Tx};

/// Words of one text that are indexed: a scanned book would be longer than PostgreSQL's index entry may be.
const MOST_WORDS: usize = 40_000;
/// The highest position PostgreSQL keeps.
const LAST_POSITION: usize = 16_383;
/// Positions PostgreSQL keeps of one word.
const MOST_POSITIONS: usize = 255;
/// Positions between title and text, so that no phrase goes from one to the other.
const GAP: usize = 2;

/// A text to be indexed, as it is in `search_text`.
pub(super) struct Indexed<'a> {
    pub(super) kind: &'static str,
    pub(super) object: String,
    pub(super) title: &'a str,
    pub(super) body: &'a str,
}

const FTS5: Insert<'_> = Insert {
    head: "
insert into search_index (rowid, title, body)
select search_text.place, column3, column4
from (values",
    width: 4,
    tail: "
) as words
join search_text on search_text.kind = column1 and search_text.object = column2",
};

const TSVECTOR: Insert<'_> = Insert {
    head: "
insert into search_index (rowid, terms)
select search_text.place, cast(column3 as tsvector)
from (values",
    width: 3,
    tail: "
) as words
join search_text on search_text.kind = column1 and search_text.object = column2",
};

/// Indexes texts that are in `search_text` already.
pub(super) async fn add(tx: &mut Tx, texts: &[Indexed<'_>]) -> Result<()> {
    let (insert, add_terms): (_, fn(&Indexed<'_>, &mut Values) -> Result<()>) = match tx.kind() {
        Kind::Sqlite => (&FTS5, add_stems),
        Kind::Postgres => (&TSVECTOR, |text, values| values.add(tsvector(text))),
    };
    let bind = |text: &Indexed<'_>, values: &mut Values| {
        values.add(text.kind)?;
        values.add(text.object.as_str())?;
        add_terms(text, values)
    };
    insert.run(tx, texts, bind).await.map(|_| ())
}

fn add_stems(text: &Indexed<'_>, values: &mut Values) -> Result<()> {
    values.add(stems(text.title))?;
    values.add(stems(text.body))
}

fn stems(text: &str) -> String {
    let mut stems = String::with_capacity(text.len());
    for word in words(text).take(MOST_WORDS) {
        stems.push_str(&word.stem);
        stems.push(' ');
    }
    stems
}

/// `'effus':2B,9B 'pleural':1B`: every stem with its positions; A for the title, B for the text.
fn tsvector(text: &Indexed<'_>) -> String {
    let mut positions: BTreeMap<String, Vec<(usize, char)>> = BTreeMap::new();
    let mut next = 1;
    for (part, weight) in [(text.title, 'A'), (text.body, 'B')] {
        for word in words(part).take(MOST_WORDS) {
            let places = positions.entry(word.stem).or_default();
            if places.len() < MOST_POSITIONS {
                places.push((next.min(LAST_POSITION), weight));
            }
            next += 1;
        }
        next += GAP;
    }
    let mut vector = String::with_capacity(text.body.len() * 2);
    for (stem, places) in positions {
        let places: Vec<String> = places.iter().map(|(at, weight)| format!("{at}{weight}")).collect();
        // Writing to a String cannot fail.
        let _ = write!(vector, "'{stem}':{} ", places.join(","));
    }
    vector
}

/// How each database says that a text matches, and how well.
pub(super) struct Match {
    /// The rows, joined with their index.
    pub(super) from: &'static str,
    /// The condition, up to where its value stands.
    pub(super) condition: &'static str,
    /// What follows the value.
    pub(super) end: &'static str,
    /// The best first. A word in the title is worth four in the text.
    pub(super) order: &'static str,
    /// The query, as it is bound.
    pub(super) query: String,
}

/// How `kind` is asked.
pub(super) fn matching(kind: Kind, query: &Query) -> Match {
    match kind {
        Kind::Sqlite => Match {
            from: "from search_index join search_text on search_text.place = search_index.rowid",
            condition: "search_index match",
            end: "",
            order: "order by bm25(search_index, 4.0, 1.0), search_text.at desc, search_text.object",
            query: query.fts5(),
        },
        Kind::Postgres => Match {
            from: "from search_index join search_text on search_text.place = search_index.rowid",
            condition: "search_index.terms @@ cast(",
            end: "as tsquery)",
            order: "order by ts_rank('{0, 0, 0.25, 1}', search_index.terms, cast($1 as tsquery), 1) desc,
  search_text.at desc, search_text.object",
            query: query.tsquery(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_has_every_word_with_its_places() {
        let text = Indexed { kind: "entry", object: String::new(), title: "Chest pain", body: "pain, pains" };
        assert_eq!(tsvector(&text), "'chest':1A 'pain':2A,5B,6B ");
        assert_eq!(stems(text.body), "pain pain ");
    }
}
