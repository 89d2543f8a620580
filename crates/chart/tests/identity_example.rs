//! The example of `docs/identity.md` is what the shipped model says.

use chart::identity::{Field, Frequencies, Model, Raw, Score, Traits, Vocabulary, compare, score};

const PAGE: &str = include_str!("../../../docs/identity.md");

fn traits(raw: &Raw) -> Traits {
    Traits::normalise(raw, Vocabulary::shipped())
}

fn registered() -> Raw {
    Raw {
        surname: "Hendricks".into(),
        given: "Robert".into(),
        middle: "Alan".into(),
        birth_date: "1956-04-09".into(),
        sex: "M".into(),
        ssn: "536-21-9874".into(),
        phones: vec!["206-342-8631".into()],
        street: "4512 Fremont Avenue North".into(),
        city: "Seattle".into(),
        state: "WA".into(),
        zip: "98103".into(),
        ..Raw::default()
    }
}

/// The same man, brought in by ambulance.
fn by_ambulance() -> Raw {
    Raw {
        given: "Bob".into(),
        middle: "A".into(),
        birth_date: "1956-09-04".into(),
        ssn: "999-99-9999".into(),
        phones: vec!["206-777-0190".into()],
        street: "4512 Fremont Ave N".into(),
        ..registered()
    }
}

/// His twin, of whom less is known.
fn twin() -> Raw {
    Raw { given: "Thomas".into(), middle: String::new(), ssn: String::new(), ..registered() }
}

/// The explanation as a table of the page, without the rows that say nothing.
fn table(score: &Score) -> String {
    let rows = score.fields.iter().filter(|row| row.weight != chart::identity::Weight::ZERO);
    let rows: String = rows
        .map(|row| format!("| {} | {} | {} |\n", row.field.name().replace('_', " "), row.why(), row.weight))
        .collect();
    format!("{rows}| **sum** | {:.1} per cent | **{}** |\n", score.probability * 100.0, score.weight)
}

#[test]
fn the_pages_tables_are_the_programs() {
    let known = traits(&registered());
    for other in [by_ambulance(), twin()] {
        let other = traits(&other);
        let table = table(&score(&compare(&known, &other), Model::shipped(), Frequencies::shipped()));
        assert!(PAGE.contains(&table), "docs/identity.md should have:\n{table}");
    }
}

#[test]
fn the_page_names_every_field() {
    for field in Field::ALL {
        let name = field.name().replace('_', " ");
        assert!(PAGE.contains(&format!("| {name} |")), "docs/identity.md has no row for {name}");
    }
}
