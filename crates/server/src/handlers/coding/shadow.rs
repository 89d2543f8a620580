//! The test of coding by the program alone: on or off, and how it compares with the coders.

use codeset::Code;
use jiff::ToSpan;
use jiff::civil::Date;
use workflow::coding::{self as cases, Agreement, Class, Comparison, Differs};

use crate::call::{Call, Reply, go_saying};
use crate::handlers::auditing::begins;
use crate::pages::coding::AutonomousPage;
use crate::pages::parts::{Cell, Table};
use crate::problem::{Problem, sentence};
use crate::show::Show;

/// Days that are compared unless others are asked for.
const PERIOD_DAYS: i64 = 90;

pub(crate) async fn autonomous(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<AutonomousPage, Problem> {
    let show = call.show();
    let to: Date = call.query.read("to").unwrap_or_else(|| show.today());
    let from = call.query.read("from").unwrap_or_else(|| to.saturating_sub(PERIOD_DAYS.days()));
    let period = (begins(from, &show), begins(to.saturating_add(1.day()), &show));
    let found = cases::comparison(&call.house.store, &call.context()?, period).await?;
    Ok(AutonomousPage {
        from: from.to_string(),
        to: to.to_string(),
        on: found.test.on,
        classes: classes(&found.classes),
        asked: Table::new(
            "Why a person would have been asked",
            &["Why", "Encounters"],
            "Nobody would have been asked.",
        )
        .rows(
            found
                .asked
                .iter()
                .map(|(why, count)| vec![Cell::new(why.clone()), Cell::new(count.to_string()).number()]),
        ),
        differs: differs(&found.differs),
        history: history(&found, &show),
        problem,
    })
}

fn classes(all: &[(&Class, Agreement)]) -> Table {
    let of = |part: i64, whole: i64| Cell::new(format!("{part} of {whole}")).number();
    let row = |(class, sum): &(&Class, Agreement)| {
        vec![
            Cell::new(class.title).note(format!("every score from 0.{:03}", class.score)),
            Cell::new(sum.kept.to_string()).number(),
            of(sum.alone, sum.kept),
            of(sum.same, sum.closed),
            of(sum.same_first, sum.closed),
            of(sum.both, sum.codes),
            of(sum.both, sum.coders),
        ]
    };
    let columns = [
        "Class",
        "Kept",
        "Coded alone",
        "Same codes as the coder",
        "Same first code",
        "Its codes that the coder has",
        "The coder's codes that it has",
    ];
    Table::new("By class", &columns, "There is no class.").rows(all.iter().map(row))
}

fn differs(all: &[Differs]) -> Table {
    let codes = |all: &[Code]| all.iter().map(|code| code.dotted()).collect::<Vec<_>>().join(", ");
    let row = |one: &Differs| {
        let href = format!("/patients/{}/encounters/{}/coding", one.patient, one.encounter);
        let title = cases::classes().iter().find(|class| class.key == one.class);
        vec![
            Cell::new(title.map_or(one.class.as_str(), |class| class.title)).link(href),
            Cell::new(codes(&one.program)),
            Cell::new(codes(&one.coder)),
        ]
    };
    let columns = ["Encounter", "Only the program", "Only the coder"];
    Table::new("Where both differ, the latest first", &columns, "Nowhere yet.").rows(all.iter().map(row))
}

fn history(found: &Comparison, show: &Show) -> Table {
    let rows = found.test.history.iter().rev().map(|one| {
        vec![
            Cell::new(show.moment(one.at)),
            Cell::new(one.by.clone()),
            Cell::new(if one.on { "turned on" } else { "turned off" }),
            Cell::new(one.reason.clone()),
        ]
    });
    Table::new("Turned on and off", &["When", "Who", "What", "Why"], "It was never on.").rows(rows)
}

pub(crate) async fn turn(call: Call) -> Reply {
    let (on, reason) = (call.form.text("on") == "yes", call.form.text("reason"));
    match cases::turn_test(&call.house.store, &call.context()?, on, reason).await {
        Ok(()) => Ok(go_saying("/autonomous", "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}
