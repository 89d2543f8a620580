//! What a code says of side, acuity or degree, and what the words near a mention say of it: the code is narrowed
//! where the record says it, and a question is asked where it does not.

use std::collections::{BTreeMap, BTreeSet};

use codeset::{Code, Row, Table, TableError};

use crate::codebook::{Codebook, category_of};
use crate::lexicon::stems_of;
use crate::suggestion::Question;
use crate::words::{Stems, stem};

/// The most codes a question lists.
const MAX_OPTIONS: usize = 12;

/// The specifiers, `data/suggest/specifier.tsv`, and what each code's title says by them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Specifiers {
    kinds: Vec<Kind>,
    /// By code: what its title says, and what is left of the title.
    titles: BTreeMap<Code, Said>,
}

#[derive(Debug, Clone)]
struct Kind {
    about: String,
    narrows: bool,
    question: String,
    /// Values by stem.
    values: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Said {
    /// Value by number of kind.
    values: BTreeMap<usize, String>,
    /// The other stems of the title, in alphabetical order.
    rest: String,
}

/// What the words of a record did to a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Specified {
    pub code: Code,
    /// What was said, in the words of the table: `side: right`.
    pub by: Vec<String>,
    pub questions: Vec<Question>,
}

impl Specifiers {
    /// Reads the table, and the titles of `book` by it.
    pub(crate) fn parse(file: &str, text: &str, book: &Codebook) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["about", "value", "words", "narrows", "question"])?;
        let mut kinds: Vec<Kind> = Vec::new();
        for row in table.rows() {
            add_row(&mut kinds, &row)?;
        }
        let leaves = book.nodes().filter(|(_, node)| node.billable || node.needs_seventh);
        let mut known = Stems::default();
        let titles = leaves.map(|(code, node)| (code, said(&kinds, &node.title, &mut known))).collect();
        Ok(Self { kinds, titles })
    }

    /// Narrows `code` by the folded words that stand near its mention, and asks for what they do not say.
    pub(crate) fn specify(&self, book: &Codebook, code: Code, near: &[String]) -> Specified {
        let mut specified = Specified { code, by: Vec::new(), questions: Vec::new() };
        let stems: BTreeSet<String> = near.iter().map(|word| stem(word)).collect();
        for (number, kind) in self.kinds.iter().enumerate() {
            let options = self.options(specified.code, number);
            if options.len() > 1 {
                narrow_or_ask(kind, &options, &stems, &mut specified);
            }
        }
        specified.questions.extend(wider_question(book, specified.code));
        specified
    }

    /// The codes that differ from `code` only in the kind `number`, by what they say of it; empty if `code` itself
    /// says it already.
    fn options(&self, code: Code, number: usize) -> BTreeMap<String, Code> {
        let mut options = BTreeMap::new();
        let Some(said) = self.titles.get(&code).filter(|said| !said.values.contains_key(&number)) else {
            return options;
        };
        let category = category_of(code);
        let near = self.titles.range(category..).take_while(|(other, _)| other.starts_with(category));
        for (other, other_said) in near.filter(|(_, other)| other.rest == said.rest) {
            let mut values = other_said.values.clone();
            if let Some(value) = values.remove(&number).filter(|_| values == said.values) {
                options.entry(value).or_insert(*other);
            }
        }
        options
    }
}

fn narrow_or_ask(
    kind: &Kind,
    options: &BTreeMap<String, Code>,
    near: &BTreeSet<String>,
    specified: &mut Specified,
) {
    let values: BTreeSet<&String> =
        kind.values.iter().filter(|(stem, _)| near.contains(*stem)).map(|(_, value)| value).collect();
    let mut named = options.iter().filter(|(value, _)| values.contains(value));
    match (named.next(), named.next()) {
        (Some((value, code)), None) if kind.narrows => {
            specified.code = *code;
            specified.by.push(format!("{}: {value}", kind.about));
        }
        _ => specified.questions.push(Question {
            about: kind.about.clone(),
            text: kind.question.clone(),
            options: options.values().copied().take(MAX_OPTIONS).collect(),
        }),
    }
}

/// The question that a code which is no complete code raises.
fn wider_question(book: &Codebook, code: Code) -> Option<Question> {
    let node = book.node(code)?;
    if node.needs_seventh {
        let text =
            "Which seventh character: initial encounter, subsequent, sequela, or another the category names?";
        let about = "seventh character".to_owned();
        return Some(Question { about, text: text.to_owned(), options: Vec::new() });
    }
    let leaves = || book.under(code).filter(|(_, node)| node.billable || node.needs_seventh);
    (!node.billable).then(|| Question {
        about: "kind".to_owned(),
        text: format!("{} has no unspecified code. Which of those under it?", code.dotted()),
        options: leaves().map(|(code, _)| code).take(MAX_OPTIONS).collect(),
    })
}

fn said(kinds: &[Kind], title: &str, known: &mut Stems) -> Said {
    let mut values = BTreeMap::new();
    let mut rest = BTreeSet::new();
    for stem in stems_of(title, known) {
        let kind = kinds.iter().enumerate().find_map(|(n, kind)| Some((n, kind.values.get(&stem)?)));
        match kind {
            Some((number, value)) if !values.contains_key(&number) => {
                values.insert(number, value.clone());
            }
            _ => {
                rest.insert(stem);
            }
        }
    }
    Said { values, rest: rest.into_iter().collect::<Vec<_>>().join(" ") }
}

fn add_row(kinds: &mut Vec<Kind>, row: &Row<'_>) -> Result<(), TableError> {
    let narrows = match row.field(3) {
        "yes" => true,
        "no" => false,
        other => return Err(row.error(format!("narrows is 'yes' or 'no', not '{other}'"))),
    };
    let about = row.field(0);
    let place = kinds.iter().position(|kind| kind.about == about).unwrap_or(kinds.len());
    if place == kinds.len() {
        let question = row.field(4).to_owned();
        kinds.push(Kind { about: about.to_owned(), narrows, question, values: BTreeMap::new() });
    }
    for word in row.field(2).split('|') {
        kinds[place].values.insert(stem(word), row.field(1).to_owned());
    }
    Ok(())
}
