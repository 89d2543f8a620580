//! What must hold of the patient index for any two people.

use chart::identity::{
    Field, FieldComparison, Frequencies, Level, Model, Raw, RecordNumber, Score, Traits, Vocabulary, blocks,
    compare, score,
};
use proptest::prelude::*;
use proptest::sample::select;

fn traits(raw: &Raw) -> Traits {
    Traits::normalise(raw, Vocabulary::shipped())
}

fn weigh(rows: &[FieldComparison<'_>]) -> Score {
    score(rows, Model::shipped(), Frequencies::shipped())
}

/// Words as clerks type them: names, placeholders, titles, and noise.
fn words() -> impl Strategy<Value = String> {
    let known = select(vec![
        "",
        "Smith",
        "smyth",
        "O'Brien",
        "García-López",
        "van der Berg",
        "Bob",
        "Robert",
        "Mary Ann",
        "Lee",
        "Kim",
        "Baby Boy",
        "Baby Girl B",
        "Unknown",
        "King III",
        "Dr. Jones Jr",
        "J",
        "NMN",
        "St. John",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "[A-Za-zéß' .-]{0,12}"]
}

fn streets() -> impl Strategy<Value = String> {
    let known = select(vec![
        "",
        "12 Oak Street Apt 3",
        "12 N Oak St",
        "PO Box 77",
        "homeless",
        "5th Avenue",
        "4512 Fremont Avenue North",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "[0-9]{0,4} [A-Za-z ]{0,14}"]
}

fn dates() -> impl Strategy<Value = String> {
    let date = (1930..2026_u16, 1..=13_u8, 1..=31_u8).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"));
    prop_oneof![6 => date, 1 => Just(String::new()), 1 => Just("1900-01-01".to_owned()), 1 => Just("1956".to_owned())]
}

fn numbers(digits: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![3 => digits, 1 => Just(String::new()), 1 => Just("999999999".to_owned())]
}

prop_compose! {
    fn names()(surname in words(), given in words(), middle in words(), suffix in select(vec!["", "Jr", "II", "Sr."]),
        former in prop::collection::vec(words(), 0..2)) -> Raw {
        Raw { surname, given, middle, suffix: suffix.to_owned(), previous_surnames: former, ..Raw::default() }
    }
}

prop_compose! {
    fn person()(names in names(), birth_date in dates(), sex in select(vec!["", "M", "female", "other"]),
        ssn in numbers("[1-8][0-9]{8}"), phone in numbers("[2-9][0-9]{9}"), street in streets(),
        city in select(vec!["", "Seattle", "Saint Paul", "St. Paul"]), zip in numbers("981[0-9]{2}"),
        number in numbers("[0-9]{5}")) -> Raw {
        let record_numbers = vec![RecordNumber { issuer: "MERCY".into(), value: number }];
        Raw { birth_date, sex: sex.into(), ssn, phones: vec![phone], street, city: city.into(), state: "Washington".into(),
            zip, record_numbers, ..names }
    }
}

/// What was normalised, as if it had been typed so.
fn typed_again(once: &Traits, raw: &Raw) -> Raw {
    let shown = |field| once.shown(field).unwrap_or_default();
    let suffix = match shown(Field::Generation).as_str() {
        "1" => "SR",
        "2" => "JR",
        "3" => "III",
        "4" => "IV",
        _ => "",
    };
    Raw {
        surname: shown(Field::Surname),
        given: shown(Field::Given),
        middle: shown(Field::Middle),
        suffix: suffix.into(),
        birth_date: shown(Field::BirthDate),
        birth_order: shown(Field::BirthOrder).parse().ok(),
        sex: shown(Field::Sex),
        ssn: shown(Field::Ssn),
        phones: vec![shown(Field::Phone)],
        house_number: shown(Field::HouseNumber),
        street: shown(Field::Street),
        city: shown(Field::City),
        state: shown(Field::State),
        zip: shown(Field::Zip),
        previous_surnames: raw.previous_surnames.clone(),
        record_numbers: raw.record_numbers.clone(),
    }
}

/// Any level that the model knows for a field, or none known.
fn level(field: Field) -> impl Strategy<Value = Level> {
    let known = Model::shipped().rates().filter(move |(of, ..)| *of == field).map(|(_, level, _)| level);
    select(known.chain([Level::Missing]).collect::<Vec<_>>())
}

fn comparison() -> impl Strategy<Value = Vec<FieldComparison<'static>>> {
    let rows = Field::compared().map(|field| level(field).prop_map(move |level| row(field, level)));
    rows.collect::<Vec<_>>()
}

fn row(field: Field, level: Level) -> FieldComparison<'static> {
    FieldComparison { field, level, names: None }
}

/// One error of the kinds that registration makes.
fn spoil(raw: &Raw, error: usize) -> Raw {
    let mut spoilt = raw.clone();
    match error {
        0 => std::mem::swap(&mut spoilt.surname, &mut spoilt.given),
        1 => spoilt.birth_date = "1900-01-01".into(),
        2 => spoilt.ssn = "999-99-9999".into(),
        3 => spoilt.surname = "Married".into(),
        4 => spoilt.given = "Baby Boy".into(),
        5 => (spoilt.street, spoilt.zip) = ("1 Elsewhere Road".into(), "10001".into()),
        _ => spoilt.birth_date = raw.birth_date.chars().rev().collect(),
    }
    spoilt
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_two_people_does_not_matter(left in person(), right in person()) {
        let (left, right) = (traits(&left), traits(&right));
        prop_assert_eq!(compare(&left, &right), compare(&right, &left));
    }

    #[test]
    fn normalising_twice_changes_nothing(raw in person()) {
        let once = traits(&raw);
        prop_assert_eq!(traits(&typed_again(&once, &raw)), once);
    }

    #[test]
    fn a_person_is_most_like_themself(raw in person(), other in person()) {
        let (one, other) = (traits(&raw), traits(&other));
        let itself = weigh(&compare(&one, &one)).weight;
        prop_assert!(itself >= weigh(&compare(&one, &other)).weight);
    }

    #[test]
    fn more_agreement_never_lowers_the_score(rows in comparison(), at in 0..15_usize) {
        let with = |level| {
            let mut rows = rows.clone();
            rows[at] = row(rows[at].field, level);
            weigh(&rows).weight
        };
        let (agree, now, differ) = (with(Level::Exact), weigh(&rows).weight, with(Level::Disagree));
        prop_assert!(agree >= now && now >= differ, "{agree} {now} {differ}: {:?}", rows[at]);
    }

    #[test]
    fn every_explanation_adds_up(left in person(), right in person()) {
        let found = weigh(&compare(&traits(&left), &traits(&right)));
        let sum: i32 = found.fields.iter().map(|row| row.weight.hundredths()).sum();
        prop_assert_eq!(sum, found.weight.hundredths());
        prop_assert!((0.0..=1.0).contains(&found.probability));
    }

    #[test]
    fn one_error_does_not_hide_a_person(error in 0..7_usize, year in 1930..2026_u16, month in 1..=12_u8, day in 1..=28_u8) {
        let raw = Raw {
            surname: "Hendricks".into(),
            given: "Robert".into(),
            birth_date: format!("{year}-{month:02}-{day:02}"),
            street: "4512 Fremont Ave".into(),
            zip: "98103".into(),
            ..Raw::default()
        };
        let (keys, spoilt) = (blocks(&traits(&raw)), blocks(&traits(&spoil(&raw, error))));
        prop_assert!(keys.iter().any(|key| spoilt.contains(key)), "{keys:?} {spoilt:?}");
    }
}
