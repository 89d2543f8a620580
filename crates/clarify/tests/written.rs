//! Queries on the charts written by hand: every alert becomes a query that the linter passes.

use chart::deficiency::Responsible;
use chart::directory::Named;
use chart::id::{PatientId, QueryId, UserId};
use chart::machine::{Actor, Stamp};
use chart::query::{Author, Form, Query, Retention, Timing, query_ladder};
use chart::sign::View;
use clarify::{Asking, compose, issue, lint, templates};
use jiff::Timestamp;

fn asking() -> Asking {
    let by = Actor::person(UserId::from_bits(1), "Dana Roy");
    Asking {
        addressed: Responsible { name: Named { name: "Okafor".into(), key: None }, party: None },
        author: Author { by, credentials: "CCS".into(), contact: "ext. 4410".into() },
        prior_reason: String::new(),
        timing: Timing::Retrospective,
        retention: Retention::Business,
    }
}

#[test]
fn every_alert_of_the_written_charts_becomes_a_query_that_may_be_sent() {
    let zone = hospital::zone();
    let (mut sent, mut refused) = (0, Vec::new());
    for chart in hospital::charts() {
        for encounter in &chart.record.encounters {
            let view = View::new(&chart.record, encounter.id, &zone);
            for alert in alerts::evaluate(&chart.record, encounter.id, &zone) {
                let template = templates().by_key(&alert.template).expect("a rule names a template");
                let mut ask =
                    compose(template, &view, &alert.evidence, asking()).expect("an alert has evidence");
                if alert.rule == "kidney-disease-chronic"
                    && lint(&ask, &view).iter().all(|one| one.rule == "prior-encounter")
                {
                    ask.prior_reason = "That it lasted shows only in earlier results".into();
                }
                println!(
                    "{} {}: {} ({}, {} choices)",
                    chart.folder,
                    alert.rule,
                    ask.title,
                    ask.form,
                    ask.choices.len()
                );
                for finding in lint(&ask, &view) {
                    refused.push(format!("{} {}: {finding:?}", chart.folder, ask.template));
                }
                sent += 1;
            }
        }
    }
    println!("{sent} queries");
    assert!(sent > 50 && refused.is_empty(), "{refused:#?}");
}

#[test]
fn every_template_ends_with_other_and_undetermined_wherever_it_can_be_composed() {
    let zone = hospital::zone();
    let mut composed = std::collections::BTreeSet::new();
    for chart in hospital::charts() {
        for encounter in &chart.record.encounters {
            let view = View::new(&chart.record, encounter.id, &zone);
            for template in templates().all() {
                let Ok(ask) = compose(template, &view, &[], asking()) else { continue };
                composed.insert(template.key.as_str());
                let ends: Vec<&str> = ask.choices.iter().rev().take(2).map(|one| one.kind.key()).collect();
                assert!(ask.form == Form::Open || ends == ["undetermined", "other"], "{ask:?}");
                assert!(ask.indicators.iter().all(chart::query::Indicator::is_cited), "{ask:?}");
            }
        }
    }
    println!("{} of {} templates composed", composed.len(), templates().all().len());
    assert!(templates().all().len() >= 25 && composed.len() >= 50, "{composed:?}");
}

#[test]
fn the_linter_blocks_what_is_sent() {
    let zone = hospital::zone();
    let charts = hospital::charts();
    let record = &charts[0].record;
    let encounter = record.encounters[0].id;
    let view = View::new(record, encounter, &zone);
    let template = templates().by_key("breathing-findings").expect("the table has it");
    let ask = compose(template, &view, &[], asking()).expect("the chart has the findings");
    let at = |second| Stamp { by: asking().author.by, at: Timestamp::from_second(second).expect("a second") };
    let span = query_ladder().span(ask.timing);
    let of = (PatientId::from_bits(1), encounter);
    let draft = Query::draft(QueryId::from_bits(1), of, ask.clone(), span, at(0));
    assert!(issue(draft.clone(), &view, at(1), &zone).is_ok());
    let leading = chart::query::Ask { title: "Respiratory failure MCC".into(), ..ask };
    let revised = draft.revise(at(1), leading).expect("a draft may be revised");
    let refused = issue(revised, &view, at(2), &zone).expect_err("the linter blocks it").to_string();
    assert_eq!(
        refused,
        "the query was not sent: “Respiratory failure” is documented by no provider in this encounter; \
         “MCC” speaks of payment"
    );
}
