//! What the suggestions of one encounter make of each other, `data/suggest/settle.tsv`: a symptom gives way to a
//! diagnosis, an external cause needs an injury, what says less gives way to what says more. Nothing is taken away: it may
//! still found a query, with the reason.

use std::collections::BTreeSet;

use codeset::{Code, Row, Table, TableError};

use crate::codebook::category_of;
use crate::policy::prefixes;
use crate::suggestion::{Evidence, Standing, Status, Suggestion};

/// The rules, in the order of the table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settlement(Vec<Rule>);

#[derive(Debug, Clone)]
struct Rule {
    kind: Kind,
    reason: String,
}

#[derive(Debug, Clone)]
enum Kind {
    /// These give way to others.
    GivesWay { codes: Vec<Code>, except: Vec<Code>, others: Vec<Code> },
    /// These need others beside them.
    Needs { codes: Vec<Code>, others: Vec<Code> },
    /// Titles with one of these words give way within their category.
    LessSaid(Vec<String>),
    /// What stands only within the words of another gives way; titles with one of these words where they stand so once.
    PartOf(Vec<String>),
}

impl Settlement {
    /// Reads the table.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["kind", "codes", "except", "others", "reason"])?;
        Ok(Self(table.rows().map(|row| rule(&row)).collect::<Result<_, _>>()?))
    }

    /// The suggestions as they stand beside each other, those that are proposed first.
    pub(crate) fn settle(&self, mut suggestions: Vec<Suggestion>) -> Vec<Suggestion> {
        for rule in &self.0 {
            let is_proposed = |one: &&Suggestion| one.standing == Standing::Proposed;
            let proposed: Vec<&Suggestion> = suggestions.iter().filter(is_proposed).collect();
            let gives_way = proposed.iter().filter(|one| rule.kind.holds(one, &proposed));
            let gives_way: BTreeSet<Code> = gives_way.map(|one| one.code).collect();
            for one in suggestions.iter_mut().filter(|one| gives_way.contains(&one.code)) {
                (one.standing, one.reason) = (Standing::Query, rule.reason.clone());
            }
        }
        // The order of scores stays within each standing.
        suggestions.sort_by_key(|one| std::cmp::Reverse(one.standing));
        suggestions
    }
}

impl Kind {
    fn holds(&self, one: &Suggestion, proposed: &[&Suggestion]) -> bool {
        let begins = |code: Code, all: &[Code]| all.iter().any(|prefix| code.starts_with(*prefix));
        let any = |others: &[Code]| proposed.iter().any(|other| begins(other.code, others));
        match self {
            Self::GivesWay { codes, except, others } => {
                begins(one.code, codes) && !begins(one.code, except) && any(others)
            }
            Self::Needs { codes, others } => begins(one.code, codes) && !any(others),
            Self::LessSaid(words) => {
                let category = category_of(one.code);
                let says_more = |other: &&&Suggestion| {
                    other.code != one.code && category_of(other.code) == category && !says(words, other)
                };
                says(words, one) && proposed.iter().any(|other| says_more(&other))
            }
            Self::PartOf(words) => {
                let is_part = |passage: &Evidence| proposed.iter().any(|other| holds_more(other, passage));
                let mut speaking = one.evidence.iter().filter(|passage| passage.status <= Status::Uncertain);
                if says(words, one) { speaking.any(is_part) } else { all_of(speaking, is_part) }
            }
        }
    }
}

/// Whether the title has one of these words.
fn says(words: &[String], one: &Suggestion) -> bool {
    words.iter().any(|word| one.title.contains(word.as_str()))
}

/// Whether `passage` lies within a longer one that `other` rests on.
fn holds_more(other: &Suggestion, passage: &Evidence) -> bool {
    other.evidence.iter().any(|around| {
        let is_within = around.start <= passage.start && passage.end <= around.end;
        let is_longer = around.end - around.start > passage.end - passage.start;
        around.document == passage.document && around.status <= Status::Uncertain && is_within && is_longer
    })
}

/// Whether there is one, and all hold.
fn all_of<'e>(mut some: impl Iterator<Item = &'e Evidence>, holds: impl Fn(&'e Evidence) -> bool) -> bool {
    some.next().is_some_and(|first| holds(first) && some.all(holds))
}

fn words(row: &Row<'_>) -> Vec<String> {
    row.field(1).split('|').map(str::to_owned).collect()
}

fn rule(row: &Row<'_>) -> Result<Rule, TableError> {
    let kind = match row.field(0) {
        "gives-way" => {
            Kind::GivesWay { codes: prefixes(row, 1)?, except: prefixes(row, 2)?, others: prefixes(row, 3)? }
        }
        "needs" => Kind::Needs { codes: prefixes(row, 1)?, others: prefixes(row, 3)? },
        "less-said" => Kind::LessSaid(words(row)),
        "part-of" => Kind::PartOf(words(row)),
        other => {
            return Err(row.error(format!("a rule is gives-way, needs, less-said or part-of, not '{other}'")));
        }
    };
    Ok(Rule { kind, reason: row.field(4).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../data/suggest/settle.tsv");

    /// What stays proposed of codes with their titles.
    fn proposed(all: &[(&str, &str)]) -> Vec<String> {
        let suggestion = |(code, title): &(&str, &str)| Suggestion {
            code: Code::parse(code).expect("a code"),
            title: (*title).to_owned(),
            score: 0.9,
            status: Status::Asserted,
            standing: Standing::Proposed,
            reason: String::new(),
            evidence: Vec::new(),
            path: Vec::new(),
            parts: Vec::new(),
            specified: Vec::new(),
            questions: Vec::new(),
        };
        let rules = Settlement::parse("settle.tsv", TABLE).expect("the table is read");
        let settled = rules.settle(all.iter().map(suggestion).collect());
        let stays = settled.into_iter().filter(|one| one.standing == Standing::Proposed);
        stays.map(|one| one.code.dotted()).collect()
    }

    #[test]
    fn a_symptom_gives_way_to_a_diagnosis_and_stays_alone() {
        let cough = ("R05.9", "Cough, unspecified");
        assert_eq!(proposed(&[cough, ("J18.9", "Pneumonia, unspecified organism")]), ["J18.9"]);
        assert_eq!(proposed(&[cough, ("Z87.891", "Personal history of nicotine dependence")]).len(), 2);
        assert_eq!(
            proposed(&[("R65.20", "Severe sepsis without septic shock"), ("A41.9", "Sepsis")]).len(),
            2
        );
    }

    #[test]
    fn an_external_cause_needs_an_injury() {
        let fall = ("W19", "Unspecified fall");
        assert_eq!(proposed(&[fall, ("I10", "Essential (primary) hypertension")]), ["I10"]);
        assert_eq!(proposed(&[fall, ("S72.001A", "Fracture of neck of right femur")]).len(), 2);
    }

    #[test]
    fn what_says_less_gives_way_within_its_category() {
        let less = ("E11.9", "Type 2 diabetes mellitus without complications");
        assert_eq!(proposed(&[less, ("E11.65", "Type 2 diabetes mellitus with hyperglycemia")]), ["E11.65"]);
        assert_eq!(proposed(&[less, ("E78.5", "Hyperlipidemia, unspecified")]).len(), 2);
    }
}
