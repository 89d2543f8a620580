//! Why a row of a score weighs what it weighs, as a plain sentence without any value of either record.

use super::field::{Field, Level};
use super::frequency::Rarity;
use super::score::FieldScore;

impl FieldScore {
    /// The sentence.
    pub fn why(&self) -> String {
        match (self.field, self.level) {
            (Field::Household, _) => HOUSEHOLD.to_owned(),
            (_, Level::Exact) => exact(self.field, self.rarity),
            (_, Level::Missing) => {
                format!("The {} are not known in both records: no evidence.", noun(self.field))
            }
            (_, Level::Disagree) => format!("The {} differ.", noun(self.field)),
            (_, Level::Implied) => {
                format!("The ZIP codes are the same, so the {} add nothing.", noun(self.field))
            }
            _ => in_part(self.field, self.level),
        }
    }
}

const HOUSEHOLD: &str = "Little that is the person's own agrees, and members of one household share surname, address \
                         and telephone: most of what these add is taken off.";

fn exact(field: Field, rarity: Option<Rarity>) -> String {
    let noun = noun(field);
    match rarity {
        Some(Rarity::Common) => format!("The {noun} are the same; the name is common, so this says less."),
        Some(Rarity::Rare) => format!("The {noun} are the same; the name is rare, so this says more."),
        _ if matches!(field, Field::Phone | Field::RecordNumber) => format!("One of the {noun} is the same."),
        _ => format!("The {noun} are the same."),
    }
}

/// Sentences of the levels between the same and different.
fn in_part(field: Field, level: Level) -> String {
    let noun = noun(field);
    match (field, level) {
        (Field::BirthDate, Level::Swapped) => {
            "Day and month have changed places in the birth dates.".to_owned()
        }
        (Field::BirthDate, Level::Similar) => {
            "Two of year, month and day of the birth dates are the same.".to_owned()
        }
        (Field::BirthDate, Level::Part) => "What is known of both birth dates agrees.".to_owned(),
        (Field::BirthOrder, Level::Part) => "Only one record speaks of a multiple birth.".to_owned(),
        (Field::Zip, Level::Similar) => "The first three digits of the ZIP codes are the same.".to_owned(),
        (Field::Ssn, Level::Part) => {
            "The last four digits of the Social Security numbers are the same.".to_owned()
        }
        (Field::Ssn, Level::Similar) => {
            "Only the last digit of the Social Security numbers differs, as it may in twins.".to_owned()
        }
        (Field::Phone, Level::Part) => "The telephone numbers are the same but for the area code.".to_owned(),
        (_, Level::Nickname) => "One given name is a familiar form of the other.".to_owned(),
        (_, Level::Swapped) => "Given name and surname have changed places.".to_owned(),
        (_, Level::Former) => "The surname of one is a former surname of the other.".to_owned(),
        (_, Level::Transposed) => format!("Two neighbouring digits have changed places in the {noun}."),
        (_, Level::OneDigitOff) => format!("The {noun} differ by one digit."),
        (_, Level::Part) => format!("The {noun} have a part in common."),
        (_, Level::Close) => format!("The {noun} are spelled almost alike."),
        (_, Level::Similar) => format!("The {noun} are spelled somewhat alike."),
        (_, Level::Initial) => format!("One of the {noun} is the initial of the other."),
        _ => format!("The {noun} are alike."),
    }
}

/// The field's name, of two records.
fn noun(field: Field) -> &'static str {
    match field {
        Field::Surname => "surnames",
        Field::Given => "given names",
        Field::Middle => "middle names",
        Field::Generation => "suffixes (Jr, Sr, III)",
        Field::BirthDate => "birth dates",
        Field::BirthOrder => "places in the multiple birth",
        Field::Sex => "entries for sex",
        Field::Ssn => "Social Security numbers",
        Field::Phone => "telephone numbers",
        Field::Street => "street names",
        Field::HouseNumber => "house numbers",
        Field::City => "cities",
        Field::State => "states",
        Field::Zip => "ZIP codes",
        Field::RecordNumber => "record numbers",
        Field::Household => "households",
    }
}
