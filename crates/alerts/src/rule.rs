//! The rules: `data/alerts/rule.tsv` and `data/alerts/criterion.tsv`, or a facility's own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chart::sign::{Sign, SignKind, signs};

use crate::AlertKind;
use crate::test::{Span, Test};

static RULES: &str = include_str!("../../../data/alerts/rule.tsv");
static CRITERIA: &str = include_str!("../../../data/alerts/criterion.tsv");

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its key: `acute-kidney-injury`.
    pub key: String,
    /// What kind of gap it finds.
    pub kind: AlertKind,
    /// Full years of age from which it is read; `None` for all ages.
    pub from_age: Option<i16>,
    /// The title of its alert.
    pub title: String,
    /// What it finds, in a sentence.
    pub message: String,
    /// The key of the query template that asks about it.
    pub template: String,
    /// The published definition it rests on.
    pub definition: String,
    /// Sets that must all hold.
    pub(crate) sets: Vec<Set>,
    /// Criteria of which none must hold.
    pub(crate) unless: Vec<Criterion>,
    /// Criteria whose evidence is shown besides.
    pub(crate) show: Vec<Criterion>,
}

/// Criteria of which so many must hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Set {
    pub(crate) at_least: usize,
    pub(crate) criteria: Vec<Criterion>,
}

/// One condition on one sign.
#[derive(Debug, Clone)]
pub(crate) struct Criterion {
    pub(crate) sign: &'static Sign,
    pub(crate) test: Test,
    pub(crate) count: usize,
    pub(crate) span: Option<Span>,
}

/// A row that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}, line {line}: {what}")]
pub struct RuleError {
    /// `rules` or `criteria`.
    pub table: &'static str,
    /// From 1, the source line counted.
    pub line: usize,
    /// What is wrong, and what should stand there.
    pub what: String,
}

/// The rules with their criteria.
#[derive(Debug)]
pub struct Rules(Vec<Rule>);

/// The rules that ship with the product.
pub fn rules() -> &'static Rules {
    static SHIPPED: LazyLock<Rules> =
        LazyLock::new(|| Rules::read(RULES, CRITERIA).expect("the shipped tables are read by a test"));
    &SHIPPED
}

impl Rules {
    /// Reads rules and their criteria.
    ///
    /// # Errors
    /// The first row that cannot be understood, a criterion of no rule, or a rule without a set that must hold.
    pub fn read(rules: &str, criteria: &str) -> Result<Self, RuleError> {
        let mut all = Vec::new();
        for (line, row) in rows::<7>("rules", rules)? {
            all.push(rule(row).map_err(|what| RuleError { table: "rules", line, what })?);
        }
        let places: BTreeMap<String, usize> =
            all.iter().enumerate().map(|(at, rule): (usize, &Rule)| (rule.key.clone(), at)).collect();
        for (line, row) in rows::<6>("criteria", criteria)? {
            let wrong = |what: String| RuleError { table: "criteria", line, what };
            let at = places.get(row[0]).ok_or_else(|| wrong(format!("`{}` is no rule", row[0])))?;
            add(&mut all[*at], row).map_err(wrong)?;
        }
        match all.iter().find(|rule| rule.sets.iter().all(|set| set.criteria.is_empty())) {
            Some(rule) => {
                let what = format!("`{}` has no set that must hold", rule.key);
                Err(RuleError { table: "criteria", line: 0, what })
            }
            None => {
                all.iter_mut().for_each(Rule::cheapest_first);
                Ok(Self(all))
            }
        }
    }

    /// Every rule, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Rule] {
        &self.0
    }
}

impl Rule {
    /// Whether it is read for a patient of this age; where the age is not known, it is.
    pub(crate) fn is_for(&self, age: Option<i16>) -> bool {
        self.from_age.is_none_or(|from| age.is_none_or(|age| age >= from))
    }

    /// Numbers before words: most rules fail on a number, and no text need be read for them.
    fn cheapest_first(&mut self) {
        let cost = |one: &Criterion| SignKind::ALL.iter().position(|kind| *kind == one.sign.kind);
        self.sets.sort_by_key(|set| set.criteria.iter().map(cost).max());
        self.unless.sort_by_key(cost);
    }
}

fn rule([key, kind, age, title, message, template, definition]: [&str; 7]) -> Result<Rule, String> {
    let kind = AlertKind::of_key(kind).ok_or_else(|| format!("`{kind}` is no kind of alert"))?;
    let from_age = match age {
        "" => None,
        age => Some(age.parse().map_err(|_| format!("`{age}` is no age in years"))?),
    };
    Ok(Rule {
        key: key.to_owned(),
        kind,
        from_age,
        title: title.to_owned(),
        message: message.to_owned(),
        template: template.to_owned(),
        definition: definition.to_owned(),
        sets: Vec::new(),
        unless: Vec::new(),
        show: Vec::new(),
    })
}

fn add(rule: &mut Rule, [_, set, sign, test, count, span]: [&str; 6]) -> Result<(), String> {
    let sign = signs().by_key(sign).ok_or_else(|| format!("`{sign}` is no sign"))?;
    let test: Test = test.parse().map_err(|error: crate::test::NotATest| error.to_string())?;
    if test.is_of_numbers() != (sign.kind == SignKind::Value) {
        return Err(format!("`{}` cannot be tested so: only values have numbers", sign.key));
    }
    let count = match count {
        "" => 1,
        count => count.parse().map_err(|_| format!("`{count}` is no count"))?,
    };
    let span = match span {
        "" => None,
        span => Some(span.parse().map_err(|_| format!("`{span}` is no span: write `within 48`"))?),
    };
    let criterion = Criterion { sign, test, count, span };
    match set {
        "unless" => rule.unless.push(criterion),
        "show" => rule.show.push(criterion),
        _ => in_set(rule, set, criterion)?,
    }
    Ok(())
}

/// Adds a criterion to the set that `set` names: `2`, or `1/2` for the first, of which two must hold.
fn in_set(rule: &mut Rule, set: &str, criterion: Criterion) -> Result<(), String> {
    let (number, at_least) = set.split_once('/').unwrap_or((set, "1"));
    let wrong = || format!("`{set}` is no set: write 1, 2 …, 1/2 for two of the first, unless or show");
    let number: usize = number.parse().map_err(|_| wrong())?;
    let at_least = at_least.parse().map_err(|_| wrong())?;
    if number == 0 || number > rule.sets.len() + 1 {
        return Err("sets count from 1, in order".to_owned());
    }
    if number > rule.sets.len() {
        rule.sets.push(Set::default());
    }
    let set = &mut rule.sets[number - 1];
    set.at_least = at_least;
    set.criteria.push(criterion);
    Ok(())
}

/// The rows of a table with their line numbers, without its source and its heading.
fn rows<'a, const N: usize>(
    table: &'static str,
    text: &'a str,
) -> Result<Vec<(usize, [&'a str; N])>, RuleError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let row = |(at, line): (usize, &'a str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let what = format!("{N} columns are expected, with tabs between them");
        let wrong = |_| RuleError { table, line: at + 1, what };
        Ok((at + 1, cells.try_into().map_err(wrong)?))
    };
    lines.skip(1).map(row).collect()
}
