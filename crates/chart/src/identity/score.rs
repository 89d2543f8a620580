//! The score: the weights of a comparison added up, with the reason for each.

use serde::{Deserialize, Serialize};

use super::compare::FieldComparison;
use super::field::{Field, Level};
use super::frequency::{Frequencies, Rarity};
use super::model::{Model, Settings};
use super::weight::Weight;

/// What the score proposes. Only a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Two people, as far as the score can tell.
    NoLink,
    /// A person should look at the pair.
    ClericalReview,
    /// One person, very probably.
    SuggestLink,
}

/// One row of the explanation. It holds no value of either record; [`Traits::shown`](super::Traits::shown) has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldScore {
    /// Which field.
    pub field: Field,
    /// How alike it is.
    pub level: Level,
    /// How common the name is, where both bear the same.
    pub rarity: Option<Rarity>,
    /// What it adds.
    pub weight: Weight,
}

/// A pair's score and its explanation. The rows add up to the weight exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Sum of the rows' weights.
    pub weight: Weight,
    /// The chance that it is one person, 0 to 1, at the model's prior odds.
    pub probability: f64,
    /// What follows from the model's two thresholds.
    pub outcome: Outcome,
    /// One row a field, in the order of [`Field::ALL`].
    pub fields: Vec<FieldScore>,
}

/// Weighs a comparison.
pub fn score(comparison: &[FieldComparison<'_>], model: &Model, frequencies: &Frequencies) -> Score {
    let mut fields = Vec::with_capacity(comparison.len() + 1);
    fields.extend(comparison.iter().map(|row| field_score(row, model, frequencies)));
    fields.extend(household(&fields, model.settings()));
    let weight = fields.iter().map(|row| row.weight).sum();
    let settings = model.settings();
    Score {
        weight,
        probability: (settings.prior + weight).as_probability(),
        outcome: Outcome::of(weight, settings),
        fields,
    }
}

impl Outcome {
    /// The outcome of a weight.
    pub fn of(weight: Weight, settings: Settings) -> Self {
        if weight >= settings.suggest {
            Self::SuggestLink
        } else if weight >= settings.review {
            Self::ClericalReview
        } else {
            Self::NoLink
        }
    }
}

fn field_score(row: &FieldComparison<'_>, model: &Model, frequencies: &Frequencies) -> FieldScore {
    let FieldComparison { field, level, names } = *row;
    let weight = match names {
        Some(names) => model.weight_of_names((field, level), names, frequencies),
        None => model.weight(field, level),
    };
    let bears = names.filter(|_| level == Level::Exact).map(|(name, _)| name);
    let rarity = bears.and_then(|name| frequencies.surprise(field, name)).map(Rarity::of);
    FieldScore { field, level, rarity, weight }
}

/// Takes back most of what a household has in common, unless something of the person agrees too.
///
/// Surname, address and telephone are not independent: twins, a father and his son, a couple share all of them. They
/// count in full only where the given name agrees and with it birth date or Social Security number, each at least in
/// part; or where a number that is one person's is the same.
fn household(fields: &[FieldScore], settings: Settings) -> Option<FieldScore> {
    let is = |field, level| fields.iter().any(|row| row.field == field && row.level == level);
    let agrees = |field| fields.iter().any(|row| row.field == field && is_personal(row));
    let one_person = agrees(Field::Given) && (agrees(Field::BirthDate) || agrees(Field::Ssn));
    if one_person || is(Field::Ssn, Level::Exact) || is(Field::RecordNumber, Level::Exact) {
        return None;
    }
    // A place in a multiple birth, even if known of one only, says that there is a sibling of the same day.
    let may_be_twins = is(Field::BirthOrder, Level::Part) && !agrees(Field::Given);
    let personal = [Field::Given, Field::BirthDate, Field::BirthOrder];
    let differs = may_be_twins || personal.into_iter().any(|field| is(field, Level::Disagree));
    let discount = if differs { settings.household_differs } else { settings.household_unknown };
    let shared = fields.iter().filter(|row| is_shared_at_home(row) && row.weight > Weight::ZERO);
    let shared: Weight = shared.map(|row| row.weight).sum();
    let weight = shared.percent(-discount);
    let row = FieldScore { field: Field::Household, level: Level::Implied, rarity: None, weight };
    (weight < Weight::ZERO).then_some(row)
}

/// Whether it agrees in a way that speaks of this person rather than of the family.
fn is_personal(row: &FieldScore) -> bool {
    !matches!(row.level, Level::Missing | Level::Disagree) && !is_shared_at_home(row)
}

/// Whether people who live together usually have it in common. The Social Security numbers of twins often follow each
/// other.
fn is_shared_at_home(row: &FieldScore) -> bool {
    use Field::{City, HouseNumber, Phone, Ssn, State, Street, Surname, Zip};
    match row.field {
        Surname | Phone | Street | HouseNumber | City | State | Zip => true,
        Ssn => row.level == Level::Similar,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
