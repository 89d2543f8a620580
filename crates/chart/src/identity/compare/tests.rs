//! One row for every level of every field.

use super::*;
use crate::identity::{Raw, RecordNumber, Vocabulary};

/// A person from `field=value` pairs separated by `; `.
fn person(description: &str) -> Traits {
    let mut raw = Raw::default();
    for (field, value) in description.split("; ").filter_map(|pair| pair.split_once('=')) {
        let value = value.to_owned();
        match field {
            "surname" => raw.surname = value,
            "given" => raw.given = value,
            "middle" => raw.middle = value,
            "suffix" => raw.suffix = value,
            "former" => raw.previous_surnames.push(value),
            "born" => raw.birth_date = value,
            "order" => raw.birth_order = value.parse().ok(),
            "sex" => raw.sex = value,
            "ssn" => raw.ssn = value,
            "phone" => raw.phones.push(value),
            "street" => raw.street = value,
            "city" => raw.city = value,
            "state" => raw.state = value,
            "zip" => raw.zip = value,
            _ => raw.record_numbers.push(RecordNumber { issuer: field.to_owned(), value }),
        }
    }
    Traits::normalise(&raw, Vocabulary::shipped())
}

/// Compares both ways round; both must give `expected`.
fn check(field: Field, left: &str, right: &str, expected: Level) {
    let (a, b) = (person(left), person(right));
    for (a, b) in [(&a, &b), (&b, &a)] {
        let found = compare(a, b).into_iter().find(|row| row.field == field).map(|row| row.level);
        assert_eq!(found, Some(expected), "{field:?}: {left} | {right}");
    }
}

#[test]
fn surnames() {
    use Level::{Close, Disagree, Exact, Former, Missing, Part, Similar, Swapped};
    let check = |left: &str, right: &str, level| check(Field::Surname, left, right, level);
    check("surname=O'Brien", "surname=OBRIEN", Exact);
    check("surname=Van der Berg", "surname=Vanderberg", Exact);
    check("surname=Smith Jr", "surname=SMITH", Exact);
    check("surname=Jones; former=Miller", "surname=Miller", Former);
    check("surname=Garcia-Lopez", "surname=Garcia", Part);
    check("surname=de la Cruz", "surname=de la Torre", Disagree);
    check("surname=McCarthy", "surname=McCarty", Close);
    check("surname=Pettigrove", "surname=Pettgroev", Close);
    check("surname=Meyer", "surname=Maier", Disagree);
    check("surname=Jensen", "surname=Jansen", Similar);
    check("surname=Smith; given=John", "surname=John; given=Smith", Swapped);
    check("surname=Smith; given=Jon", "surname=Johnny; given=Smyth", Disagree);
    check("surname=Smith", "surname=Unknown", Missing);
    check("surname=Smith", "surname=Jones", Disagree);
}

#[test]
fn given_names() {
    use Level::{Close, Disagree, Exact, Initial, Missing, Nickname, Part, Similar, Swapped};
    let check = |left: &str, right: &str, level| check(Field::Given, left, right, level);
    check("given=José", "given=JOSE", Exact);
    check("given=Mary Ann", "given=Maryann", Exact);
    check("given=Bob", "given=Robert", Nickname);
    check("given=Liz", "given=Betty", Nickname);
    check("given=Mary Ann", "given=Mary", Part);
    check("given=J", "given=John", Initial);
    check("given=J", "given=Mary", Disagree);
    check("given=Katelyn", "given=Kaitlyn", Close);
    check("given=Shaun", "given=Shane", Similar);
    check("surname=Lee; given=Kim", "surname=Kim; given=Lee", Swapped);
    check("given=Baby Boy", "given=John", Missing);
    check("given=Mary", "given=Susan", Disagree);
}

#[test]
fn middle_names_generations_sex_and_birth_order() {
    use Level::{Close, Disagree, Exact, Initial, Missing, Part};
    check(Field::Middle, "middle=Ann", "middle=ann", Exact);
    check(Field::Middle, "middle=A.", "middle=Ann", Initial);
    check(Field::Middle, "middle=Elizabeth", "middle=Elisabeth", Close);
    check(Field::Middle, "middle=Ann", "middle=Rose", Disagree);
    check(Field::Middle, "middle=NMN", "middle=Rose", Missing);
    check(Field::Generation, "surname=King Jr", "surname=King; suffix=II", Exact);
    check(Field::Generation, "surname=King; suffix=Sr.", "surname=King; suffix=Jr.", Disagree);
    check(Field::Generation, "surname=King", "surname=King; suffix=Jr.", Missing);
    check(Field::Sex, "sex=F", "sex=female", Exact);
    check(Field::Sex, "sex=F", "sex=M", Disagree);
    check(Field::Sex, "sex=F", "sex=unknown", Missing);
    check(Field::BirthOrder, "given=Baby Boy A", "order=1", Exact);
    check(Field::BirthOrder, "given=Baby Boy A", "given=Baby Boy B", Disagree);
    check(Field::BirthOrder, "given=Baby Boy A", "given=Baby Boy", Part);
    check(Field::BirthOrder, "given=Baby Boy", "given=Baby Boy", Missing);
}

#[test]
fn birth_dates() {
    use Level::{Disagree, Exact, Missing, OneDigitOff, Part, Similar, Swapped, Transposed};
    let check = |left: &str, right: &str, level| {
        check(Field::BirthDate, &format!("born={left}"), &format!("born={right}"), level);
    };
    check("1956-04-09", "4/9/1956", Exact);
    check("1956-04-09", "1956-09-04", Swapped);
    check("1956-04-12", "1956-04-21", Transposed);
    check("1956-04-09", "1965-04-09", Transposed);
    check("1956-04-09", "1956-04-08", OneDigitOff);
    check("1956-04-09", "1956-04-25", Similar);
    check("1956-04-09", "1983-04-09", Similar);
    check("1956-04-09", "1956", Part);
    check("1956-04-09", "1956-04", Part);
    check("1956-04-09", "1957", Disagree);
    check("1956-04-09", "1983-11-30", Disagree);
    check("1956-04-09", "1900-01-01", Missing);
}

#[test]
fn personal_numbers() {
    use Level::{Disagree, Exact, Missing, OneDigitOff, Part, Similar, Transposed};
    check(Field::Ssn, "ssn=536-21-9874", "ssn=536219874", Exact);
    check(Field::Ssn, "ssn=536-21-9874", "ssn=563-21-9874", Transposed);
    check(Field::Ssn, "ssn=536-21-9874", "ssn=536-21-9374", OneDigitOff);
    check(Field::Ssn, "ssn=536-21-9874", "ssn=536-21-9875", Similar);
    check(Field::Ssn, "ssn=536-21-9874", "ssn=9874", Part);
    check(Field::Ssn, "ssn=536-21-9874", "ssn=412-77-9874", Part);
    check(Field::Ssn, "ssn=536-21-9874", "ssn=412-77-1203", Disagree);
    check(Field::Ssn, "ssn=536-21-9874", "ssn=999-99-9999", Missing);
    check(Field::Phone, "phone=206-342-8631; phone=206-555-0142", "phone=1 (206) 555-0142", Exact);
    check(Field::Phone, "phone=206-342-8631", "phone=206-342-6831", Transposed);
    check(Field::Phone, "phone=206-342-8631", "phone=206-342-8632", OneDigitOff);
    check(Field::Phone, "phone=206-342-8631", "phone=342-8631", Part);
    check(Field::Phone, "phone=206-342-8631", "phone=425-861-2290", Disagree);
    check(Field::Phone, "phone=206-342-8631", "phone=000-000-0000", Missing);
    check(Field::RecordNumber, "MERCY=00123", "MERCY=123", Exact);
    check(Field::RecordNumber, "MERCY=123", "MERCY=124", Disagree);
    check(Field::RecordNumber, "MERCY=123", "COUNTY=123", Missing);
}

#[test]
fn addresses() {
    use Level::{Close, Disagree, Exact, Implied, Missing, OneDigitOff, Similar, Transposed};
    check(Field::Street, "street=12 Oak Street Apt 3", "street=12 N OAK ST", Exact);
    check(Field::Street, "street=12 Oak Street", "street=12 Oak Ave", Close);
    check(Field::Street, "street=12 Sinclair St", "street=12 Sinclare St", Close);
    check(Field::Street, "street=12 Oak Street", "street=12 Sunset Blvd", Disagree);
    check(Field::Street, "street=12 Oak Street", "street=homeless", Missing);
    check(Field::HouseNumber, "street=12 Oak St", "street=12 Elm St", Exact);
    check(Field::HouseNumber, "street=125 Oak St", "street=152 Oak St", Transposed);
    check(Field::HouseNumber, "street=125 Oak St", "street=25 Oak St", OneDigitOff);
    check(Field::HouseNumber, "street=125 Oak St", "street=9 Oak St", Disagree);
    check(Field::City, "city=Saint Paul", "city=St. Paul", Exact);
    check(Field::City, "city=Winston Hills", "city=Winston Hils", Close);
    check(Field::City, "city=Marsden", "city=Mrsden", Close);
    check(Field::City, "city=Boston", "city=Austin", Disagree);
    check(Field::City, "city=Boston; zip=02118", "city=Boston; zip=02118", Implied);
    check(Field::City, "city=Boston; zip=02118", "city=Roxbury; zip=02118", Implied);
    check(Field::State, "state=Ohio", "state=OH", Exact);
    check(Field::State, "state=OH; zip=45011", "state=OH; zip=45011", Implied);
    check(Field::State, "state=OH", "state=IN", Disagree);
    check(Field::Zip, "zip=98101-2345", "zip=98101", Exact);
    check(Field::Zip, "zip=98101", "zip=98110", Transposed);
    check(Field::Zip, "zip=98101", "zip=98104", OneDigitOff);
    check(Field::Zip, "zip=98101", "zip=98177", Similar);
    check(Field::Zip, "zip=98101", "zip=45011", Disagree);
}
