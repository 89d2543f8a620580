//! Entries of the chart of every kind that is read from FHIR.

use chart::entry::{
    Allergy, Coverage, Diagnosis, DiagnosisRole, EntryContent, Finding, Immunization, Medication, Order,
    Part, Procedure, Report, Value,
};
use chart::intake::KeyKind;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::{
    attachment, coded, identifier, key, named, section_text, token_or_none, when, words, words_or_none,
};

/// One of the codes that R4 takes.
fn one_of(codes: &'static str) -> impl Strategy<Value = String> {
    select(codes.split(' ').map(str::to_owned).collect::<Vec<_>>())
}

fn number() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?"
}

fn quantity() -> impl Strategy<Value = Value> {
    ("(<|<=|>=|>)?", number(), "(mg|mg/dL|mm\\[Hg\\])?")
        .prop_map(|(comparator, number, unit)| Value::Quantity { comparator, number, unit })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::None), quantity(), coded().prop_map(Value::Coded), words().prop_map(Value::Text),]
}

fn dose() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::None), quantity()]
}

fn diagnosis() -> impl Strategy<Value = EntryContent> {
    let roles = vec![
        DiagnosisRole::Problem,
        DiagnosisRole::Admitting,
        DiagnosisRole::Working,
        DiagnosisRole::Discharge,
        DiagnosisRole::Billing,
    ];
    let what = (coded(), select(roles), of(1_u32..30), token_or_none(), token_or_none());
    let more = (of(coded()), vec(coded(), 0..3), of("[YNUW1]"), of(named()), words_or_none());
    (what, more, of(when()), of(when()), of(when())).prop_map(|(what, more, onset, abated, recorded)| {
        EntryContent::Diagnosis(Diagnosis {
            what: what.0,
            role: what.1,
            rank: what.2,
            clinical_status: what.3,
            verification: what.4,
            severity: more.0,
            sites: more.1,
            present_on_admission: more.2,
            by: more.3,
            note: more.4,
            onset,
            abated,
            recorded,
        })
    })
}

fn procedure() -> impl Strategy<Value = EntryContent> {
    let what = (
        coded(),
        one_of("completed not-done stopped"),
        of(1_u32..30),
        of(when()),
        of(when()),
        vec(named(), 0..3),
    );
    let more = (vec(coded(), 0..3), vec(coded(), 0..3), of(coded()), of(coded()), words_or_none());
    (what, more).prop_map(|(what, more)| {
        EntryContent::Procedure(Procedure {
            what: what.0,
            status: what.1,
            rank: what.2,
            start: what.3,
            end: what.4,
            by: what.5,
            sites: more.0,
            reasons: more.1,
            anesthesia: more.2,
            outcome: more.3,
            note: more.4,
        })
    })
}

/// A range as the reader gives it: its ends written together, or words that hold a number, or words alone.
fn range() -> impl Strategy<Value = (String, Option<String>, Option<String>)> {
    prop_oneof![
        Just((String::new(), None, None)),
        (number(), number()).prop_map(|(low, high)| (format!("{low}–{high}"), Some(low), Some(high))),
        number().prop_map(|low| (format!("≥ {low}"), Some(low), None)),
        number().prop_map(|high| (format!("≤ {high}"), None, Some(high))),
        (number(), number()).prop_map(|(low, high)| ("3 to 7 at rest".to_owned(), Some(low), Some(high))),
        words().prop_map(|words| (words, None, None)),
    ]
}

fn flags() -> impl Strategy<Value = Vec<String>> {
    vec("[A-Z]{1,2}", 0..3)
}

fn part() -> impl Strategy<Value = Part> {
    (coded(), value(), words_or_none(), flags()).prop_map(|(what, value, range, flags)| Part {
        what,
        value,
        range,
        flags,
    })
}

fn finding() -> impl Strategy<Value = EntryContent> {
    let category = select(vec!["laboratory", "vital-signs", "imaging", "of another kind", ""]);
    let what =
        (coded(), category, one_of("final corrected cancelled"), value(), of(coded()), range(), flags());
    let times = (of(when()), of(when()));
    let more = (vec(part(), 0..3), vec(named(), 0..3), of(coded()), words_or_none());
    (what, times, more, of(key(KeyKind::Entry, "DiagnosticReport"))).prop_map(
        |(what, times, more, report)| {
            EntryContent::Result(Finding {
                what: what.0,
                category: what.1.into(),
                status: what.2,
                value: what.3,
                absent_reason: what.4,
                range: what.5.0,
                low: what.5.1,
                high: what.5.2,
                flags: what.6,
                at: times.0,
                issued: times.1,
                parts: more.0,
                by: more.1,
                specimen: more.2,
                note: more.3,
                report,
            })
        },
    )
}

fn report() -> impl Strategy<Value = EntryContent> {
    let category = select(vec!["laboratory", "imaging", "pathology", "cardiology", "other", ""]);
    let what = (coded(), category, one_of("final amended preliminary"), of(when()), of(when()));
    let more = (section_text(), words_or_none(), vec(key(KeyKind::Entry, "Observation"), 0..3));
    let end = (vec(attachment(), 0..2), vec(named(), 0..2), of(key(KeyKind::Entry, "ServiceRequest")));
    (what, more, end).prop_map(|(what, more, end)| {
        EntryContent::Report(Report {
            what: what.0,
            category: what.1.into(),
            status: what.2,
            at: what.3,
            issued: what.4,
            text: more.0,
            conclusion: more.1,
            results: more.2,
            attachments: end.0,
            by: end.1,
            order: end.2,
        })
    })
}

fn order() -> impl Strategy<Value = EntryContent> {
    let category = select(vec!["laboratory", "imaging", "diet", "consult", ""]);
    let what = (
        coded(),
        category,
        one_of("active revoked completed"),
        one_of("stat routine"),
        of(when()),
        of(when()),
    );
    let more =
        (of(named()), of(named()), of(when()), vec(coded(), 0..3), vec(identifier(), 0..3), words_or_none());
    (what, more).prop_map(|(what, more)| {
        EntryContent::Order(Order {
            what: what.0,
            category: what.1.into(),
            status: what.2,
            priority: what.3,
            ordered: what.4,
            due: what.5,
            by: more.0,
            verbal_to: more.1,
            authenticated: more.2,
            reasons: more.3,
            identifiers: more.4,
            note: more.5,
        })
    })
}

fn medication() -> impl Strategy<Value = EntryContent> {
    let what = (
        coded(),
        token_or_none(),
        one_of("active stopped"),
        one_of("order plan"),
        words_or_none(),
        dose(),
        of(coded()),
    );
    let times = (words_or_none(), of(when()), of(when()), of(when()));
    (what, times, of(named()), vec(coded(), 0..3), words_or_none()).prop_map(
        |(what, times, by, reasons, note)| {
            EntryContent::Medication(Medication {
                what: what.0,
                category: what.1,
                status: what.2,
                intent: what.3,
                direction: what.4,
                dose: what.5,
                route: what.6,
                frequency: times.0,
                ordered: times.1,
                start: times.2,
                end: times.3,
                by,
                reasons,
                note,
            })
        },
    )
}

fn allergy() -> impl Strategy<Value = EntryContent> {
    let what =
        (coded(), one_of("allergy intolerance"), token_or_none(), one_of("low high"), vec(coded(), 0..3));
    (what, of(when()), of(when()), of(named()), words_or_none()).prop_map(
        |(what, onset, recorded, by, note)| {
            EntryContent::Allergy(Allergy {
                what: what.0,
                category: what.1,
                status: what.2,
                criticality: what.3,
                reactions: what.4,
                onset,
                recorded,
                by,
                note,
            })
        },
    )
}

fn immunization() -> impl Strategy<Value = EntryContent> {
    let what = (coded(), one_of("completed not-done"), of(coded()), of(when()), words_or_none(), dose());
    (what, of(coded()), of(coded()), of(named()), words_or_none()).prop_map(
        |(what, site, route, by, note)| {
            EntryContent::Immunization(Immunization {
                what: what.0,
                status: what.1,
                not_done_reason: what.2,
                at: what.3,
                lot: what.4,
                dose: what.5,
                site,
                route,
                by,
                note,
            })
        },
    )
}

fn coverage() -> impl Strategy<Value = EntryContent> {
    let what = (coded(), named(), of(1_u32..5), one_of("active cancelled"), words_or_none(), words_or_none());
    (what, of(coded()), of(when()), of(when())).prop_map(|(what, relationship, start, end)| {
        EntryContent::Coverage(Coverage {
            plan: what.0,
            payer: what.1,
            rank: what.2,
            status: what.3,
            member: what.4,
            group: what.5,
            relationship,
            start,
            end,
        })
    })
}

/// Every kind of entry that is read from FHIR.
pub(crate) fn content() -> impl Strategy<Value = EntryContent> {
    prop_oneof![
        diagnosis(),
        procedure(),
        finding(),
        report(),
        order(),
        medication(),
        allergy(),
        immunization(),
        coverage(),
    ]
}
