//! Audit samples: the list, drawing, one sample, one's own, and accuracy.

mod accuracy;
mod case;

use chart::access::Permission;
use chart::coding_audit::{CaseStateKey, Criteria, Sample, Size, Tally};
use chart::encounter::Setting;
use chart::id::{SampleId, UserId};
use jiff::ToSpan;
use jiff::civil::Date;
use workflow::auditing::{self as cases, CaseRow, SampleRow};

use crate::call::{Call, Reply, go_saying};
use crate::pages::auditing::{AuditsPage, DrawForm, MyAuditsPage, SamplePage};
use crate::pages::parts::{Cell, Choice, Fact, Table};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

pub(crate) use accuracy::{begins, csv, figures};
pub(crate) use case::{answer, code, decide, read, report};

/// Days of closed codes that are drawn from unless others are asked for.
const PERIOD_DAYS: i64 = 90;

pub(crate) async fn list(call: Call) -> Reply {
    let page = list_page(&call, None).await?;
    call.page(&page)
}

async fn list_page(call: &Call, problem: Option<String>) -> Result<AuditsPage, Problem> {
    let found = cases::samples(&call.house.store, &call.context()?).await?;
    let show = call.show();
    let columns = ["Drawn", "Criteria", "Seed", "Population", "Encounters", "Record accuracy"];
    let table = Table::new("Samples, the latest first", &columns, "No sample was drawn yet.");
    let may_draw = call.may(Permission::CodingSample);
    Ok(AuditsPage {
        table: table.rows(found.rows.iter().map(|one| sample_row(one, &found.coders, &show))),
        form: may_draw.then(|| draw_form(call, &found.coders, &show)),
        problem,
    })
}

fn sample_row(row: &SampleRow, coders: &[(UserId, String)], show: &Show) -> Vec<Cell> {
    let sample = &row.sample;
    vec![
        Cell::new(show.moment(sample.drawn.at))
            .link(format!("/coding-audits/{}", sample.id))
            .note(sample.drawn.by.name.clone()),
        Cell::new(criteria(&sample.criteria, coders)),
        Cell::new(sample.seed.clone()),
        Cell::new(sample.population.to_string()).number(),
        Cell::new(states(row)),
        Cell::new(ratio(row.tally.records_right, row.tally.records)).number(),
    ]
}

/// `3 to be coded again, 2 settled`.
fn states(row: &SampleRow) -> String {
    let said = |(key, count): (&CaseStateKey, &i64)| format!("{count} {}", key.title().to_lowercase());
    row.states.iter().map(said).collect::<Vec<_>>().join(", ")
}

fn criteria(asked: &Criteria, coders: &[(UserId, String)]) -> String {
    let coder = asked.coder.map(|id| {
        let known = coders.iter().find(|(one, _)| *one == id);
        format!("coder {}", known.map_or("of an account that is gone", |(_, name)| name))
    });
    let setting = asked.setting.map(|one| one.title().to_lowercase());
    let drg = asked.drg.map(|drg| format!("MS-DRG {drg:03}"));
    let payer = (!asked.payer.is_empty()).then(|| format!("payer {}", asked.payer));
    let period = format!("closed {} to {}", asked.from, asked.to);
    let all = [Some(period), setting, coder, drg, payer, Some(format!("size {}", asked.size.shown()))];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn draw_form(call: &Call, coders: &[(UserId, String)], show: &Show) -> DrawForm {
    let text = |name: &str, otherwise: String| {
        let typed = call.form.text(name);
        if typed.is_empty() { otherwise } else { typed.to_owned() }
    };
    let (setting, coder, unit) = (call.form.text("setting"), call.form.text("coder"), call.form.text("unit"));
    let any = |chosen: &str| Choice::new("", "Any", chosen);
    let settings = Setting::ALL.iter().map(|one| Choice::new(one.key(), one.title(), setting));
    let names = coders.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone(), coder));
    let units = [("percent", "per cent"), ("count", "encounters")];
    DrawForm {
        from: text("from", show.today().saturating_sub(PERIOD_DAYS.days()).to_string()),
        to: text("to", show.today().to_string()),
        settings: std::iter::once(any(setting)).chain(settings).collect(),
        coders: std::iter::once(any(coder)).chain(names).collect(),
        drg: text("drg", String::new()),
        payer: text("payer", String::new()),
        size: text("size", "5".into()),
        units: units.iter().map(|(key, label)| Choice::new(*key, *label, unit)).collect(),
        seed: text("seed", String::new()),
    }
}

pub(crate) async fn draw(call: Call) -> Reply {
    let drawn = match asked(&call) {
        Ok(criteria) => {
            let zone = &call.house.config.zone;
            let (mut context, seed) = (call.context()?, call.form.text("seed"));
            cases::draw(&call.house.store, &mut context, criteria, seed, zone).await
        }
        Err(words) => Err(workflow::Error::refused(words)),
    };
    match drawn {
        Ok(Sample { id, .. }) => Ok(go_saying(&format!("/coding-audits/{id}"), "audit-drawn")),
        Err(workflow::Error::Refused(words)) => {
            let page = list_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

/// What the form asks for.
fn asked(call: &Call) -> Result<Criteria, String> {
    let form = &call.form;
    let day = |name: &str| form.read::<Date>(name).ok_or("say from which day to which day");
    let number: u32 = form.read("size").filter(|size| *size > 0).ok_or("say how many are drawn")?;
    let drg = match form.text("drg") {
        "" => None,
        typed => Some(typed.parse().map_err(|_| "an MS-DRG is a number of three digits")?),
    };
    let setting = form.text("setting");
    Ok(Criteria {
        from: day("from")?,
        to: day("to")?,
        setting: Setting::ALL.into_iter().find(|one| one.key() == setting),
        coder: form.read("coder"),
        drg,
        payer: form.text("payer").to_owned(),
        size: if form.text("unit") == "count" { Size::Count(number) } else { Size::Percent(number) },
    })
}

pub(crate) async fn sample(call: Call) -> Reply {
    let id: SampleId = call.id("sample")?;
    let found = cases::sample(&call.house.store, &call.context()?, id).await?;
    let (show, sample) = (call.show(), &found.row.sample);
    let facts = [
        Fact::new("Drawn by", sample.drawn.by.name.clone()),
        Fact::new("Criteria", criteria(&sample.criteria, &[])),
        Fact::new("Seed", sample.seed.clone()),
        Fact::new("Population", format!("{} closed code sets", sample.population)),
        Fact::new("Digest of the population", sample.digest.to_string()),
        Fact::new("Encounters", states(&found.row)),
    ];
    call.page(&SamplePage {
        drawn: show.day(sample.drawn.at),
        facts: facts.into_iter().flatten().collect(),
        table: case_table("Encounters, in the order of chance", &found.cases, &show),
        accuracy: measures("What is settled comes to", &found.row.tally),
    })
}

fn case_table(caption: &str, rows: &[CaseRow], show: &Show) -> Table {
    let row = |one: &CaseRow| {
        vec![
            Cell::new(one.patient.clone().unwrap_or_else(|| "restricted chart".into()))
                .link(format!("/coding-audits/cases/{}", one.id)),
            Cell::new(one.place.to_string()).number(),
            Cell::new(one.state.title()),
            Cell::new(one.auditor.clone()),
            Cell::new(one.coder.clone()),
            Cell::new(show.day(one.closed)),
            Cell::new(one.errors.map(|errors| errors.to_string()).unwrap_or_default()).number(),
        ]
    };
    let columns = ["Patient", "Number", "State", "Auditor", "Coder", "Closed", "Errors"];
    Table::new(caption, &columns, "Nothing was audited yet.").rows(rows.iter().map(row))
}

pub(crate) async fn mine(call: Call) -> Reply {
    let found = cases::mine(&call.house.store, &call.context()?).await?;
    call.page(&MyAuditsPage {
        table: case_table("Your codes that were audited", &found.cases, &call.show()),
        accuracy: measures("Your accuracy, as far as settled", &found.tally),
    })
}

/// The three accuracies with what each is the ratio of.
fn measures(caption: &str, tally: &Tally) -> Table {
    let rows = [
        (
            "By code",
            "codes with which nothing is wrong, of all codes reviewed: those coded and those missed",
            (tally.codes_right, tally.codes),
        ),
        (
            "By record",
            "records without any error, of all records audited",
            (tally.records_right, tally.records),
        ),
        (
            "By DRG",
            "records whose DRG the audit left, of all audited that have one",
            (tally.drgs_right, tally.drgs),
        ),
    ];
    let row = |(name, is, (right, all)): (&str, &str, (i64, i64))| {
        vec![
            Cell::new(name).note(is),
            Cell::new(right.to_string()).number(),
            Cell::new(all.to_string()).number(),
            Cell::new(ratio(right, all)).number(),
        ]
    };
    let columns = ["Accuracy", "Right", "Of", "Percent"];
    Table::new(caption, &columns, "Nothing is settled yet.").rows(rows.map(row))
}

/// `97.5 %`, rounded to tenths; nothing of nothing.
fn ratio(part: i64, whole: i64) -> String {
    tenths(part, whole).map_or_else(|| show::NOTHING.into(), |tenths| format!("{} %", decimal(tenths)))
}

/// Tenths of a percent.
fn tenths(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 1_000 + whole / 2) / whole)
}

fn decimal(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_to_tenths_and_of_nothing_are_none() {
        assert_eq!([ratio(2, 3), ratio(3, 3), ratio(0, 7)], ["66.7 %", "100.0 %", "0.0 %"]);
        assert_eq!(ratio(0, 0), show::NOTHING);
    }
}
