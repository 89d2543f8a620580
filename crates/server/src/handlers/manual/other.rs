//! Procedure codes axis by axis, what changed, and ICD-9-CM.

use codeset::Code;
use jiff::civil::Date;
use workflow::coding::Classification;
use workflow::coding::manual::procedure::{Step, Value};
use workflow::coding::manual::{self, Diff, Equivalent, FormerCode, Whose};

use super::{Day, books, code_address};
use crate::call::{Call, Reply};
use crate::pages::manual::{AxisPage, AxisValue, ChangesPage, FormerPage, Labelled, Way};
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};

/// Rows of a table of changes shown at most.
const ROWS: usize = 400;

pub(crate) async fn axes(call: Call) -> Reply {
    let day = Day::of(&call);
    let step =
        manual::step(books(&call)?, call.parameters.text("chosen"), day.date)?.ok_or(Problem::Missing)?;
    let back = |at: usize| {
        let before = step.chosen.get(..at).unwrap_or_default();
        let address = format!("/codes/procedure/{before}");
        Way {
            href: day.at(address.trim_end_matches('/')),
            label: step.chosen.get(at..=at).unwrap_or_default().to_owned(),
        }
    };
    let title = step.title.clone().unwrap_or_else(|| "title not at hand".into());
    call.page(&AxisPage {
        day: day.date.to_string(),
        here: format!("/codes/procedure/{}", step.chosen).trim_end_matches('/').to_owned(),
        chosen: (0..step.chosen.len()).map(back).collect(),
        axis: step.axis.clone().unwrap_or_else(|| "Next character".into()),
        values: step.values.iter().map(|one| value(&step, one, day)).collect(),
        complete: step.complete.map(|code| Labelled { label: code.to_string(), value: title }),
    })
}

fn value(step: &Step, one: &Value, day: Day) -> AxisValue {
    // Small g begins the keys that go elsewhere.
    let key = if one.value == 'G' { "G".to_owned() } else { one.value.to_lowercase().to_string() };
    AxisValue {
        href: day.at(&format!("/codes/procedure/{}{}", step.chosen, one.value)),
        value: one.value.to_string(),
        key,
        label: one.label.clone().unwrap_or_else(|| "label not at hand".into()),
        definition: one.definition.clone().unwrap_or_default(),
        codes: one.codes,
    }
}

pub(crate) async fn changes(call: Call) -> Reply {
    let books = books(&call)?;
    let years = manual::years(books);
    let last = |back: usize| years.iter().rev().nth(back).map(|(_, first)| *first);
    let today = call.show().today();
    let from = call.query.read::<Date>("from").or(last(1)).unwrap_or(today);
    let to = call.query.read::<Date>("to").or(last(0)).unwrap_or(today);
    let chosen = |day: Date| {
        let choice = |(version, first): &(String, Date)| {
            Choice::new(first.to_string(), version.clone(), &day.to_string())
        };
        years.iter().map(choice).collect()
    };
    let (whose, value) = (call.query.text("whose"), call.query.text("value"));
    let kinds =
        [("used", "The codes used here"), ("code", "A code and what is under it"), ("chapter", "A chapter")];
    let empty = ChangesPage {
        from: chosen(from),
        to: chosen(to),
        whose: kinds.iter().map(|(key, label)| Choice::new(*key, *label, whose)).collect(),
        value: value.to_owned(),
        ..ChangesPage::default()
    };
    let asked = match asked(whose, value) {
        Ok(Some(asked)) => asked,
        Ok(None) => return call.page(&empty),
        Err(words) => return call.again(&ChangesPage { problem: Some(words), ..empty }),
    };
    match manual::changed(books, &call.house.store, (from, to), asked).await {
        Ok(diff) => call.page(&ChangesPage { tables: tables(&diff), ..empty }),
        Err(workflow::Error::Refused(words)) => {
            call.again(&ChangesPage { problem: Some(sentence(&words)), ..empty })
        }
        Err(other) => Err(other.into()),
    }
}

fn asked(whose: &str, value: &str) -> Result<Option<Whose>, String> {
    Ok(match whose {
        "used" => Some(Whose::UsedHere),
        "chapter" => {
            let number =
                value.parse().map_err(|_| format!("'{value}' is no number of a chapter; write 1 to 22."))?;
            Some(Whose::Chapter(number))
        }
        "code" => {
            let code = Code::parse(value).ok().filter(|_| !value.is_empty());
            Some(Whose::Code(code.ok_or_else(|| format!("'{value}' is no code; write one such as E11."))?))
        }
        _ => None,
    })
}

fn tables(diff: &Diff) -> Vec<Table> {
    let listed = |one: &codeset::diff::Listed| {
        let printed = one.classification.print(one.code);
        let href = code_address(one.classification, &printed);
        vec![Cell::new(printed).link(href), Cell::new(one.title.clone().unwrap_or_default())]
    };
    let retitled = |one: &codeset::diff::Retitled| {
        vec![
            Cell::new(one.classification.print(one.code)),
            Cell::new(one.before.clone()),
            Cell::new(one.after.clone()),
        ]
    };
    let changed = |one: &codeset::diff::Change| {
        vec![
            Cell::new(one.code.to_string()),
            Cell::new(one.aspect),
            Cell::new(one.lost.join(", ")),
            Cell::new(one.gained.join(", ")),
        ]
    };
    let two = ["Code", "Title"];
    vec![
        table("New", &two, diff.added.iter().map(listed)),
        table("Gone", &two, diff.deleted.iter().map(listed)),
        table("Another title", &["Code", "Before", "After"], diff.retitled.iter().map(retitled)),
        table(
            "Grouped or edited otherwise",
            &["Code", "What", "Before", "After"],
            diff.changed.iter().map(changed),
        ),
    ]
}

fn table(caption: &str, columns: &[&'static str], rows: impl ExactSizeIterator<Item = Vec<Cell>>) -> Table {
    let total = rows.len();
    let mut table = Table::new(caption, columns, "None.").rows(rows.take(ROWS));
    table.count_note = if total > ROWS { format!("{ROWS} of {total}") } else { total.to_string() };
    table
}

pub(crate) async fn former(call: Call) -> Reply {
    let words = call.form.text("words");
    let found = if words.is_empty() { Vec::new() } else { manual::former(books(&call)?, words)? };
    let row = |one: &FormerCode| {
        let today = |one: &Equivalent| match one.code.as_deref().and_then(|code| Code::parse(code).ok()) {
            Some(code) => format!("{} {}", code.dotted(), one.remark()).trim().to_owned(),
            None => "no code".to_owned(),
        };
        let all: Vec<String> = one.today.iter().map(today).collect();
        let exact = match one.today.as_slice() {
            [Equivalent { code: Some(code), .. }] => Code::parse(code).ok(),
            _ => None,
        };
        let cell = Cell::new(all.join(", "));
        let cell = match exact {
            Some(code) => cell.link(code_address(Classification::Icd10cm, &code.dotted())),
            None => cell,
        };
        vec![Cell::new(one.code.clone()), Cell::new(one.title.clone()), cell]
    };
    let columns = ["ICD-9-CM", "Title", "Today, in ICD-10-CM"];
    let table =
        Table::new("Codes of ICD-9-CM", &columns, "ICD-9-CM has nothing such.").rows(found.iter().map(row));
    call.page(&FormerPage { words: words.to_owned(), table: (!words.is_empty()).then_some(table) })
}
