//! Finding a person of whom only part is known: at the registration desk, before a new record is made.

use super::block::{self, BlockKey};
use super::compare::{FieldComparison, compare};
use super::field::{Field, Level};
use super::frequency::Frequencies;
use super::model::Model;
use super::name::Name;
use super::score::{Score, score};
use super::traits::Traits;
use super::vocabulary::Vocabulary;

/// What to look up in the index of keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lookup {
    /// The key itself.
    Key(BlockKey),
    /// All keys that begin so: a range in text order.
    Prefix(String),
}

impl Lookup {
    /// Whether a key is among those looked up.
    pub fn finds(&self, key: &BlockKey) -> bool {
        match self {
            Self::Key(wanted) => wanted == key,
            Self::Prefix(beginning) => key.as_str().starts_with(beginning.as_str()),
        }
    }
}

/// One candidate with its score against what was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<Id> {
    /// The caller's id of the candidate.
    pub id: Id,
    /// How well it fits, field by field.
    pub score: Score,
}

/// The lookups for a half-known person: part of a name, a birth date, a telephone number, a record number.
///
/// Their union holds everybody who fits; a given name alone is found by its sound, a surname by its beginning too. A
/// name alone can find thousands: the caller limits what it reads.
pub fn blocks_for_search(query: &Traits) -> Vec<Lookup> {
    let mut lookups = Vec::new();
    let prefix = Lookup::Prefix;
    lookups.extend(
        query.record_numbers.iter().map(|number| prefix(format!("r:{}:{}", number.value, number.issuer))),
    );
    lookups.extend(query.phones.iter().map(|phone| Lookup::Key(block::telephone(phone))));
    lookups.extend(query.ssn.as_deref().map(social_security));
    lookups.extend(query.birth_date.and_then(block::birth_date).map(|date| prefix(format!("b:{date}:"))));
    lookups.extend(query.surname.iter().map(|name| beginning(name, query)));
    lookups.extend(sounds(query));
    lookups.sort_unstable();
    lookups.dedup();
    lookups
}

/// The key of a telephone number as somebody types it; `None` when it is none, or one that nobody has.
///
/// The last seven digits decide: many numbers are known without their area code.
pub fn telephone_key(typed: &str) -> Option<BlockKey> {
    super::number::telephone(typed, Vocabulary::shipped()).map(|number| block::telephone(&number))
}

/// Scores candidates against what was asked, the best first; equal scores by id, so that the order is always the same.
pub fn rank<'a, Id: Ord>(
    query: &Traits,
    candidates: impl IntoIterator<Item = (Id, &'a Traits)>,
    model: &Model,
    frequencies: &Frequencies,
) -> Vec<Hit<Id>> {
    let fit = |candidate| score(&compare_half_known(query, candidate), model, frequencies);
    let mut hits: Vec<Hit<Id>> =
        candidates.into_iter().map(|(id, candidate)| Hit { id, score: fit(candidate) }).collect();
    hits.sort_by(|a, b| b.score.weight.cmp(&a.score.weight).then_with(|| a.id.cmp(&b.id)));
    hits
}

/// A comparison in which the beginning of a name counts as part of it, since people type `SMI` to find Smith, and a
/// record number typed without its issuer is anybody's.
fn compare_half_known<'a>(query: &'a Traits, candidate: &'a Traits) -> Vec<FieldComparison<'a>> {
    let mut rows = compare(query, candidate);
    for row in &mut rows {
        let is_begun = match row.field {
            Field::Surname => begins(&query.surname, &candidate.surname),
            Field::Given => begins(&query.given, &candidate.given),
            Field::RecordNumber if has_number(query, candidate) => {
                row.level = Level::Exact;
                continue;
            }
            _ => continue,
        };
        if is_begun && matches!(row.level, Level::Close | Level::Similar | Level::Disagree) {
            (row.level, row.names) = (Level::Part, None);
        }
    }
    rows
}

/// Whether a number of the query that names no issuer is one of the candidate's.
fn has_number(query: &Traits, candidate: &Traits) -> bool {
    let mut typed = query.record_numbers.iter().filter(|number| number.issuer.is_empty());
    typed.any(|typed| candidate.record_numbers.iter().any(|number| number.value == typed.value))
}

fn begins(typed: &Option<Name>, name: &Option<Name>) -> bool {
    typed.as_ref().zip(name.as_ref()).is_some_and(|(typed, name)| name.whole().starts_with(typed.whole()))
}

fn social_security(ssn: &str) -> Lookup {
    if ssn.len() > 4 {
        Lookup::Key(BlockKey::new(format!("n:{ssn}")))
    } else {
        Lookup::Prefix(format!("l:{ssn}:"))
    }
}

/// Names of that beginning; of that birth year too, where the name is long enough to fill a key.
fn beginning(name: &Name, query: &Traits) -> Lookup {
    let letters = block::beginning(name.whole());
    match query.birth_date {
        Some(date) if letters.len() < name.whole().len() => {
            Lookup::Prefix(format!("y:{letters}:{}", date.year()))
        }
        _ => Lookup::Prefix(format!("y:{letters}")),
    }
}

/// Names of that sound: both, or the one that is known.
fn sounds(query: &Traits) -> Vec<Lookup> {
    let surname = query.surname.as_ref().map(|name| block::sound(name.whole()));
    let given = query.formal_given.iter().map(|name| block::sound(name));
    let sounds: Vec<String> = match surname {
        Some(surname) if query.given.is_none() => vec![surname],
        Some(surname) => given.map(|given| format!("{surname}:{given}")).collect(),
        None => given.collect(),
    };
    sounds.into_iter().map(|sound| Lookup::Prefix(format!("g:{sound}:"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Outcome, Raw, RecordNumber, blocks};

    fn person(surname: &str, given: &str, birth_date: &str, phone: &str, number: &str) -> Traits {
        let raw = Raw {
            surname: surname.into(),
            given: given.into(),
            birth_date: birth_date.into(),
            phones: vec![phone.into()],
            record_numbers: vec![RecordNumber { issuer: "MERCY".into(), value: number.into() }],
            ..Raw::default()
        };
        Traits::normalise(&raw, Vocabulary::shipped())
    }

    /// Everybody, by record number.
    fn index() -> Vec<(u32, Traits)> {
        vec![
            (1, person("Smith", "Robert", "1956-04-09", "206-342-8631", "1001")),
            (2, person("Smith", "Mary", "1980-01-15", "206-342-8631", "1002")),
            (3, person("Smythe", "Robert", "1990-07-30", "", "1003")),
            (4, person("Nguyen", "Anh", "1956-04-09", "", "1004")),
            (5, person("Smithson", "Carla", "1971-11-02", "", "1005")),
        ]
    }

    /// The ids found for a query, the best first.
    fn found(query: &Traits) -> Vec<u32> {
        let people = index();
        let lookups = blocks_for_search(query);
        let fits =
            |person: &Traits| blocks(person).iter().any(|key| lookups.iter().any(|lookup| lookup.finds(key)));
        let candidates = people.iter().filter(|(_, person)| fits(person)).map(|(id, person)| (*id, person));
        let hits = rank(query, candidates, Model::shipped(), Frequencies::shipped());
        hits.into_iter().map(|hit| hit.id).collect()
    }

    #[test]
    fn part_of_a_person_finds_the_whole() {
        for (query, expected) in [
            (person("smi", "", "", "", ""), vec![1, 2, 5]),
            (person("smith", "", "", "", ""), vec![1, 2, 5, 3]),
            (person("", "bob", "", "", ""), vec![1, 3]),
            (person("smith", "bob", "", "", ""), vec![1, 3, 2, 5]),
            (person("", "", "1956-04-09", "", ""), vec![1, 4]),
            (person("", "", "1956-09-04", "", ""), vec![1, 4]),
            (person("", "", "", "342-8631", ""), vec![1, 2]),
            (person("", "mary", "", "342-8631", ""), vec![2, 1]),
            (person("nguyen", "", "1956-04-09", "", ""), vec![4, 1]),
        ] {
            assert_eq!(found(&query), expected, "{query:?}");
        }
    }

    #[test]
    fn a_telephone_number_is_one_key_with_its_area_code_or_without() {
        let key = |typed: &str| telephone_key(typed).map(|key| key.as_str().to_owned());
        for typed in ["342-8631", "(206) 342 8631", "+1 206.342.8631"] {
            assert_eq!(key(typed).as_deref(), Some("p:3428631"), "{typed}");
        }
        assert_eq!(key("555-5555"), None);
        assert_eq!(key("100428"), None);
    }

    #[test]
    fn a_record_number_is_found_without_its_issuer() {
        let raw = Raw {
            record_numbers: vec![RecordNumber { issuer: String::new(), value: "01004".into() }],
            ..Raw::default()
        };
        let query = Traits::normalise(&raw, Vocabulary::shipped());
        assert_eq!(blocks_for_search(&query), [Lookup::Prefix("r:1004:".into())]);
        let people = index();
        let candidates = people.iter().map(|(id, person)| (*id, person));
        let best = &rank(&query, candidates, Model::shipped(), Frequencies::shipped())[0];
        assert_eq!((best.id, best.score.outcome), (4, Outcome::ClericalReview));
    }
}
