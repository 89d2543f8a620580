//! Values of the record as the readers make them, of every shape.

use chart::coded::{Coded, Coding, system};
use chart::date::{PartialDate, When};
use chart::directory::{Named, Party, PartyKind};
use chart::document::{
    Attachment, Attestation, DocumentContent, DocumentStatus, Relation, RelationKind, Section,
};
use chart::encounter::{Attendance, Attends, Move, Place, Setting, Stay, Visit};
use chart::id::Digest;
use chart::intake::{KeyKind, SourceKey};
use chart::patient::{Address, Contact, Death, Demographics, Identifier, Name, NameUse, Sex, Telecom};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

mod entry;

pub(crate) use entry::content;

/// The name of the sender in these tests.
pub(crate) const SYSTEM: &str = "https://sender.example/fhir";

pub(crate) fn words() -> impl Strategy<Value = String> {
    "[A-Za-zé<&\"][a-z0-9'<>&°]{0,6}( [A-Za-z0-9>]{1,5}){0,2}"
}

pub(crate) fn words_or_none() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), words()]
}

fn token() -> impl Strategy<Value = String> {
    "[a-z]{2,8}"
}

fn token_or_none() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), token()]
}

fn coding() -> impl Strategy<Value = Coding> {
    ("(urn:[a-z]{1,3})?", "[A-Z0-9.-]{1,7}", words_or_none()).prop_map(|(system, code, display)| Coding {
        system,
        code,
        display,
    })
}

pub(crate) fn coded() -> impl Strategy<Value = Coded> {
    (words(), vec(coding(), 0..3)).prop_map(|(text, codings)| Coded { text, codings })
}

/// One code with its words, as US Core race and ethnicity give it.
fn one_code() -> impl Strategy<Value = Coded> {
    (select(vec!["2106-3", "2054-5", "1123-9"]), words())
        .prop_map(|(code, text)| Coded::new("urn:cdc", code, &text))
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (0_i64..4_000_000_000_000_000).prop_map(|at| Timestamp::from_microsecond(at).expect("an instant"))
}

fn date() -> impl Strategy<Value = PartialDate> {
    (1800_i16..2100, 1_i8..13, 1_i8..29, 0..3).prop_map(|(year, month, day, exact)| match exact {
        0 => PartialDate::Year(year),
        1 => PartialDate::Month(year, month),
        _ => PartialDate::Day(jiff::civil::date(year, month, day)),
    })
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![instant().prop_map(When::Instant), date().prop_map(When::Date)]
}

fn key(kind: KeyKind, resource_type: &'static str) -> impl Strategy<Value = SourceKey> {
    "[a-z0-9-]{1,9}".prop_map(move |id| SourceKey::new(SYSTEM, kind, format!("{resource_type}/{id}")))
}

fn foreign() -> impl Strategy<Value = SourceKey> {
    "[A-Z0-9]{1,9}".prop_map(|id| SourceKey::new("urn:other", KeyKind::Party, id))
}

pub(crate) fn named() -> impl Strategy<Value = Named> {
    let own = key(KeyKind::Party, "Practitioner");
    prop_oneof![
        (words_or_none(), own).prop_map(|(name, key)| Named { name, key: Some(key) }),
        (words_or_none(), foreign()).prop_map(|(name, key)| Named { name, key: Some(key) }),
        words().prop_map(|name| Named { name, key: None }),
    ]
}

fn identifier() -> impl Strategy<Value = Identifier> {
    ("(urn:[a-z]{1,5})?", "[A-Z0-9]{1,9}", "([A-Z]{2})?").prop_map(|(system, value, kind)| Identifier {
        system,
        value,
        kind,
    })
}

fn name(usage: NameUse) -> impl Strategy<Value = Name> {
    ("[A-Z][a-zé]{1,7}", vec("[A-Z][a-z]{0,6}", 0..3), "([A-Z][a-z]\\.)?", "(Jr|III)?")
        .prop_map(move |(family, given, prefix, suffix)| Name { family, given, prefix, suffix, usage })
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    let other =
        prop_oneof![name(NameUse::Usual), name(NameUse::Maiden), name(NameUse::Former), name(NameUse::Alias)];
    (vec(name(NameUse::Official), 0..2), vec(other, 0..3))
        .prop_map(|(legal, other)| legal.into_iter().chain(other).collect())
}

fn address() -> impl Strategy<Value = Address> {
    (vec(words(), 0..3), words(), words_or_none(), "[A-Z]{2}", "([0-9]{5})?", "(US)?").prop_map(
        |(lines, city, county, state, zip, country)| Address { lines, city, county, state, zip, country },
    )
}

fn telecom() -> impl Strategy<Value = Telecom> {
    let system = select(vec!["phone", "email", "fax", "other"]);
    (system, "[0-9]{3,10}", "(home|work|mobile)?").prop_map(|(system, value, usage)| Telecom {
        system: system.into(),
        value,
        usage,
    })
}

fn contact() -> impl Strategy<Value = Contact> {
    (name(NameUse::Official), coded(), vec(telecom(), 0..2), of(address()))
        .prop_map(|(name, relationship, telecoms, address)| Contact { name, relationship, telecoms, address })
}

fn death() -> impl Strategy<Value = Option<Death>> {
    prop_oneof![Just(None), Just(Some(Death::Undated)), when().prop_map(|at| Some(Death::At(at)))]
}

fn races() -> impl Strategy<Value = Vec<Coded>> {
    prop_oneof![vec(one_code(), 0..3), words().prop_map(|text| vec![Coded::text(text)])]
}

pub(crate) fn demographics() -> impl Strategy<Value = Demographics> {
    let who =
        (vec(identifier(), 0..3), names(), select(vec![Sex::Female, Sex::Male, Sex::Other, Sex::Unknown]));
    let dates = (of(date()), death(), of(1_u8..4));
    let reach = (vec(address(), 0..3), vec(telecom(), 0..3), vec(contact(), 0..2));
    let more = (of(coded()), races(), of(one_code()), of(coded()), of(coded()), words_or_none());
    (who, dates, reach, more).prop_map(|(who, dates, reach, more)| Demographics {
        identifiers: who.0,
        names: who.1,
        sex: who.2,
        birth: dates.0,
        death: dates.1,
        birth_order: dates.2,
        addresses: reach.0,
        telecoms: reach.1,
        contacts: reach.2,
        marital: more.0,
        race: more.1,
        ethnicity: more.2,
        language: more.3,
        religion: more.4,
        mothers_maiden_name: more.5,
    })
}

fn stay() -> impl Strategy<Value = Stay> {
    prop_oneof![
        of(instant()).prop_map(|expected| Stay::Planned { expected }),
        of(instant()).prop_map(|since| Stay::Open { since }),
        (of(instant()), of(instant())).prop_map(|(since, until)| Stay::Closed { since, until }),
        of(instant()).prop_map(|since| Stay::Cancelled { since }),
    ]
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let place = (words(), words_or_none(), words_or_none()).prop_map(|(unit, bed, facility)| Place {
        unit,
        bed,
        facility,
    });
    vec((place, instant()), 0..4).prop_map(|all| {
        let mut moves: Vec<Move> =
            all.into_iter().map(|(place, at)| Move { place, from: Some(at) }).collect();
        moves.sort_by_key(|one| one.from);
        moves
    })
}

fn attendance() -> impl Strategy<Value = Attendance> {
    let roles = vec![
        Attends::Attending,
        Attends::Admitting,
        Attends::Consulting,
        Attends::Referring,
        Attends::Discharging,
        Attends::Performing,
        Attends::Nurse,
        Attends::Other,
    ];
    (select(roles), named()).prop_map(|(role, who)| Attendance { role, who })
}

pub(crate) fn visit() -> impl Strategy<Value = Visit> {
    let what = (vec(identifier(), 0..3), select(Setting::ALL.to_vec()), stay(), of(instant()));
    let coded_ones = (of(coded()), of(coded()), of(coded()), of(coded()), vec(coded(), 0..3));
    (what, coded_ones, moves(), vec(attendance(), 0..4), vec(named(), 0..3)).prop_map(
        |(what, coded_ones, moves, attendance, payers)| Visit {
            identifiers: what.0,
            setting: what.1,
            stay: what.2,
            arrived: what.3,
            admission_type: coded_ones.0,
            admission_source: coded_ones.1,
            disposition: coded_ones.2,
            service: coded_ones.3,
            reasons: coded_ones.4,
            moves,
            attendance,
            payers,
        },
    )
}

fn attachment() -> impl Strategy<Value = Attachment> {
    (select(vec!["application/pdf", "image/jpeg"]), words_or_none(), any::<[u8; 4]>(), 0_u64..1_000_000)
        .prop_map(|(media_type, title, seed, bytes)| Attachment {
            media_type: media_type.into(),
            title,
            digest: Digest::of(&seed),
            bytes,
        })
}

/// Text of a section: paragraphs, lists and tables.
pub(crate) fn section_text() -> impl Strategy<Value = String> {
    let paragraph = vec(words(), 1..4).prop_map(|lines| lines.join("\n"));
    let list = vec(words(), 1..4).prop_map(|items| format!("- {}", items.join("\n- ")));
    let row = vec(words(), 2..4).prop_map(|cells| cells.join(" | "));
    let table = vec(row, 1..4).prop_map(|rows| rows.join("\n"));
    vec(prop_oneof![paragraph, list, table], 0..4).prop_map(|blocks| blocks.join("\n\n"))
}

fn kind() -> impl Strategy<Value = Coded> {
    let own = (coding(), words()).prop_map(|(further, title)| {
        let mut kind = Coded::new(system::DOCUMENT_TYPE, "discharge-summary", &title);
        kind.codings.push(further);
        kind
    });
    prop_oneof![own, coded()]
}

/// Sections that can be nested: the first is a chapter, and none is more than one deeper than the one before.
fn sections() -> impl Strategy<Value = Vec<Section>> {
    vec((words(), of(coded()), 0_u8..3, section_text()), 0..6).prop_map(|all| {
        let mut deepest = 0;
        let lay = |(title, code, depth, text): (String, Option<Coded>, u8, String)| {
            let depth = depth.min(deepest);
            deepest = depth + 1;
            Section { title, code, depth, text }
        };
        all.into_iter().map(lay).collect()
    })
}

fn signature() -> impl Strategy<Value = Attestation> {
    let meaning = prop_oneof![select(vec!["legal".to_owned(), "professional".to_owned()]), words()];
    (named(), meaning, of(when())).prop_map(|(by, meaning, at)| Attestation { by, meaning, at })
}

fn relation() -> impl Strategy<Value = Relation> {
    let kinds = vec![RelationKind::Replaces, RelationKind::Amends, RelationKind::Appends];
    (select(kinds), key(KeyKind::Document, "Composition"))
        .prop_map(|(kind, target)| Relation { kind, target })
}

pub(crate) fn document() -> impl Strategy<Value = DocumentContent> {
    let states = vec![
        DocumentStatus::Dictated,
        DocumentStatus::Preliminary,
        DocumentStatus::Final,
        DocumentStatus::Amended,
        DocumentStatus::Superseded,
    ];
    let head = (kind(), words(), select(states), of(when()), vec(named(), 0..3), vec(signature(), 0..3));
    let body = (sections(), vec(attachment(), 0..2), of(relation()), vec(identifier(), 0..3));
    (head, body).prop_map(|(head, body)| DocumentContent {
        kind: head.0,
        title: head.1,
        status: head.2,
        written: head.3,
        authors: head.4,
        signatures: head.5,
        sections: body.0,
        attachments: body.1,
        relation: body.2,
        identifiers: body.3,
    })
}

pub(crate) fn party() -> impl Strategy<Value = Party> {
    let kinds = vec![PartyKind::Practitioner, PartyKind::Organization, PartyKind::Location];
    let name = "[A-Z][a-z]{1,6}(, [A-Z][a-z]{1,6})?";
    let rest =
        (vec(identifier(), 0..3), vec(coded(), 0..3), of(named()), vec(telecom(), 0..2), of(address()));
    (select(kinds), name, rest, any::<bool>()).prop_map(|(kind, name, rest, active)| Party {
        kind,
        name,
        identifiers: rest.0,
        types: rest.1,
        part_of: rest.2.filter(|_| kind != PartyKind::Practitioner),
        telecoms: rest.3,
        address: rest.4,
        active,
    })
}
