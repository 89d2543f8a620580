//! My day, the board, hand-over, the tour.

use chart::access::Role;
use chart::id::UserId;
use jiff::civil::Date;
use workflow::self_check::{self, Recheck};
use workflow::{board as boards, hand_over as hands, my_day};

use super::{address, due, queues, unnamed};
use crate::call::{Call, Reply, go_saying};
use crate::pages::department::board::BoardPage;
use crate::pages::department::hand_over::HandOverPage;
use crate::pages::department::my_day::{Again, MyDayPage};
use crate::pages::department::tour::{Stop, TourPage, Try};
use crate::pages::parts::{Cell, Choice, Table, Tag};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

pub(crate) async fn my_day(call: Call) -> Reply {
    let page = my_day_page(&call, None).await?;
    call.page(&page)
}

/// The person has looked at their own work again.
pub(crate) async fn looked_again(call: Call) -> Reply {
    let (key, words) = (call.form.text("duty"), call.form.text("words"));
    match self_check::looked_again(&call.house.store, &call.context()?, key, words).await {
        Ok(()) => Ok(go_saying("/my-day", "kept")),
        Err(workflow::Error::Refused(words)) => {
            let page = my_day_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn my_day_page(call: &Call, problem: Option<String>) -> Result<MyDayPage, Problem> {
    let day = my_day::of_mine(&call.house.store, &call.context()?).await?;
    let (show, worn) = (call.show(), call.caller()?.session.role);
    let rows = day.lines.iter().map(|line| {
        let patient = line.item.row.patient.map(|id| id.to_string());
        let whose = line.item.name.clone().unwrap_or_else(|| unnamed(line.source).into());
        let late = line.item.row.due < show.now;
        vec![
            Cell::new(whose).link(address(line.source, &line.item.row.item, patient)),
            Cell::new(show::worded(&line.item.row.kind)).note(line.queue.title.clone()),
            Cell::new(line.hat.title()),
            Cell::new(due(&show, line.item.row.due)).mark(if late { "tag warn" } else { "" }),
        ]
    });
    let table =
        Table::new("What waits, the first due first", &["Whose", "What", "Hat", "Due"], "Nothing waits.");
    let taken = day.taken_over.iter().map(|one| format!("Until {}: {}", show.day(one.until), one.note));
    Ok(MyDayPage {
        load: format!("{} wait, {} past due", day.lines.len(), day.overdue),
        problem,
        hats: day.hats.iter().map(|hat| Choice::new(hat.key(), hat.title(), worn.key())).collect(),
        table: table.rows(rows),
        self_checks: day.self_checks.iter().map(|one| recheck(one, &show)).collect(),
        taken_over: taken.collect(),
    })
}

fn recheck(one: &Recheck, show: &Show) -> Again {
    let check = one.check;
    let rows = one.done.iter().map(|done| {
        let chart = done.patient.map(|id| format!("/patients/{id}"));
        let what = Cell::new(show::worded(&done.action));
        let what = match chart {
            Some(chart) => what.link(chart),
            None => what,
        };
        vec![what, Cell::new(show.moment(done.at))]
    });
    Again {
        key: check.key,
        why: format!(
            "You wear the hats of {} and of {}: {} days later look again at {}.",
            check.does.title(),
            check.checks.title(),
            check.after_days,
            check.what
        ),
        due: one.due.map(|at| Tag {
            tone: if at < show.now { "warn" } else { "note" },
            text: format!("{} to look at, the first by {}", one.done.len(), show.day(at)),
        }),
        table: Table::new(
            format!("Your own work: {}", check.what),
            &["What", "When"],
            "Nothing since you last looked.",
        )
        .rows(rows),
    }
}

/// Days over which work is counted.
const SPANS: [(&str, &str); 3] = [("1", "day"), ("7", "7 days"), ("30", "30 days")];

pub(crate) async fn board(call: Call) -> Reply {
    let days = call.query.read::<u16>("days").unwrap_or(7).clamp(1, 366);
    let board = boards::read(&call.house.store, &call.context()?, days).await?;
    let show = call.show();
    let columns = ["Queue", "Worked by", "Wait", "Past due", "In hand", "Oldest"];
    let waiting = board.queues.iter().map(|one| {
        vec![
            Cell::new(one.queue.title.clone()).note(one.queue.about.clone()),
            Cell::new(queues::workers(&one.queue)),
            Cell::new(one.load.open.to_string()).number(),
            Cell::new(one.load.overdue.to_string()).number(),
            Cell::new(one.load.assigned.to_string()).number(),
            Cell::new(one.load.oldest.map_or_else(|| show::NOTHING.into(), |at| show.day(at))),
        ]
    });
    let people = board.people.iter().flat_map(|one| {
        one.tasks.iter().map(move |(task, count)| {
            vec![Cell::new(one.name.clone()), Cell::new(*task), Cell::new(count.to_string()).number()]
        })
    });
    let away = board.away.iter().map(|(name, one)| {
        vec![
            Cell::new(name.clone()),
            Cell::new(show.day(one.since)),
            Cell::new(show.day(one.until)),
            Cell::new(one.note.clone()),
        ]
    });
    let since = format!("Work since {}", show.day(board.from));
    call.page(&BoardPage {
        queues: Table::new("What waits", &columns, "There are no queues.").rows(waiting),
        people: Table::new(since, &["Who", "Task", "Count"], "Nothing was done in this time.").rows(people),
        away: Table::new("Who is away", &["Who", "From", "Until", "Note"], "Everybody is here.").rows(away),
        days: SPANS.iter().map(|(key, label)| Choice::new(*key, *label, &days.to_string())).collect(),
    })
}

pub(crate) async fn hand_over(call: Call) -> Reply {
    let page = hand_over_page(&call, None).await?;
    call.page(&page)
}

async fn hand_over_page(call: &Call, problem: Option<String>) -> Result<HandOverPage, Problem> {
    let sheet = hands::sheet(&call.house.store, &call.context()?).await?;
    let show = call.show();
    let in_hand = sheet.in_hand.iter().map(|one| {
        let first = if one.priority > 0 { "goes first" } else { "" };
        vec![
            Cell::new(show::worded(&one.source)),
            Cell::new(show.moment(one.at)),
            Cell::new(one.note.clone()),
            Cell::new(first),
        ]
    });
    let waiting = sheet.queues.iter().map(|one| {
        vec![
            Cell::new(one.queue.title.clone()).link(format!("/queues/{}", one.queue.key)),
            Cell::new(one.load.open.to_string()).number(),
            Cell::new(one.load.overdue.to_string()).number(),
        ]
    });
    let absences = sheet.absences.iter().map(|(one, away, taker)| {
        vec![
            Cell::new(away.clone()),
            Cell::new(format!("{} to {}", show.day(one.since), show.day(one.until))),
            Cell::new(taker.clone()),
            Cell::new(one.note.clone()),
        ]
    });
    Ok(HandOverPage {
        in_hand: Table::new(
            "What I have in hand",
            &["Work", "Since", "Note", "Order"],
            "Nothing was given to you.",
        )
        .rows(in_hand),
        queues: Table::new(
            "What waits at my desk",
            &["Queue", "Wait", "Past due"],
            "No queue is for this role.",
        )
        .rows(waiting),
        absences: Table::new("Who is away", &["Who", "When", "Taken over by", "Note"], "Everybody is here.")
            .rows(absences),
        people: sheet.people.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone(), "")).collect(),
        note: call.form.text("note").into(),
        problem,
    })
}

pub(crate) async fn write_hand_over(call: Call) -> Reply {
    let day = |name: &str| call.form.read::<Date>(name);
    let (Some(since), Some(until)) = (day("since"), day("until")) else {
        let page = hand_over_page(&call, Some("Say the first and the last day.".into())).await?;
        return call.again(&page);
    };
    let show = call.show();
    let taker: Option<UserId> = call.form.read("taker");
    let times = begin(&show, since).zip(until.tomorrow().ok().and_then(|after| begin(&show, after)));
    let times = times.ok_or(Problem::Unreadable)?;
    match hands::write(&call.house.store, &call.context()?, times, taker, call.form.text("note")).await {
        Ok(_) => Ok(go_saying("/hand-over", "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = hand_over_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

/// The first moment of a day at the facility.
fn begin(show: &Show, day: Date) -> Option<jiff::Timestamp> {
    day.to_zoned(show.zone.clone()).ok().map(|midnight| midnight.timestamp())
}

static TOUR: &str = include_str!("../../../../../data/record/tour.tsv");

pub(crate) async fn tour(call: Call) -> Reply {
    let held = call.caller()?.session.roles.clone();
    let rows: Vec<Vec<&str>> = TOUR
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    let stop = |role: &Role| {
        let tries = rows.iter().filter_map(|row| match row[..] {
            [of, href, label, what] if of == role.key() => {
                Some(Try { href: href.into(), label: label.into(), what: what.into() })
            }
            _ => None,
        });
        Stop {
            role: role.title().into(),
            work: role.work().into(),
            held: held.contains(role),
            tries: tries.collect(),
        }
    };
    let mut stops: Vec<Stop> = Role::ALL.iter().map(stop).filter(|stop| !stop.tries.is_empty()).collect();
    stops.sort_by_key(|stop| !stop.held);
    call.page(&TourPage { stops })
}
