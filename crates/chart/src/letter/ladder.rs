//! The ladder of escalation: `data/record/escalation.tsv`, or a facility's own.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::table::{TableError, lines};

static LADDER: &str = include_str!("../../../../data/record/escalation.tsv");

/// A step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// From 1.
    pub level: u8,
    /// From which calendar day on, counted from what the deficiency's clock counts from.
    pub day: u16,
    /// Its key: `first-notice`. The letter's text is found by it.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What happens.
    pub what_happens: String,
}

/// The ladder, lowest level first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder(Vec<Level>);

/// The ladder that ships with the product.
pub fn ladder() -> &'static Ladder {
    static SHIPPED: LazyLock<Ladder> =
        LazyLock::new(|| Ladder::read(LADDER).expect("the shipped table is read by a test"));
    &SHIPPED
}

impl Ladder {
    /// Reads a ladder.
    ///
    /// # Errors
    /// The first line that cannot be understood, or whose level or day is not above the one before.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let mut levels: Vec<Level> = Vec::new();
        for line in lines::<5>(text) {
            let line = line?;
            let (level, day) = (line.read(0)?, line.read(1)?);
            let before = levels.last().map_or((0, None), |last| (last.level, Some(last.day)));
            if level != before.0 + 1 || before.1.is_some_and(|before| day <= before) {
                return Err(
                    line.wrong("levels count from 1, and each begins on a later day than the one before")
                );
            }
            let [_, _, key, title, what_happens] = line.cells.map(str::to_owned);
            levels.push(Level { level, day, key, title, what_happens });
        }
        Ok(Self(levels))
    }

    /// Every level, lowest first.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.0
    }

    /// The level with this number.
    #[must_use]
    pub fn level(&self, level: u8) -> Option<&Level> {
        self.0.iter().find(|one| one.level == level)
    }

    /// The level reached at `now` by something whose clock counts from `started`: by days of the calendar in `zone`.
    #[must_use]
    pub fn reached(&self, started: Timestamp, now: Timestamp, zone: &TimeZone) -> Option<&Level> {
        let days = days_between(started, now, zone);
        self.0.iter().rev().find(|level| i64::from(level.day) <= days)
    }
}

impl Ladder {
    /// The level of the next letter to somebody whose oldest debt's clock counts from `started`: one above the level told
    /// last and when, never more, and not before the days that lie between the two have passed since. Nobody is
    /// suspended who was not warned.
    #[must_use]
    pub fn next(
        &self,
        started: Timestamp,
        told: Option<(u8, Timestamp)>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Option<&Level> {
        let reached = self.reached(started, now, zone)?.level;
        let next = self.level(told.map_or(1, |(level, _)| level.saturating_add(1)))?;
        let has_waited = told.is_none_or(|(level, at)| {
            let step = self.level(level).map_or(0, |last| next.day - last.day);
            days_between(at, now, zone) >= i64::from(step)
        });
        (next.level <= reached && has_waited).then_some(next)
    }
}

/// Calendar days from one instant to another in `zone`; not negative.
pub(super) fn days_between(from: Timestamp, until: Timestamp, zone: &TimeZone) -> i64 {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    day(from).duration_until(day(until)).as_hours().max(0) / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_is_climbed_by_calendar_days() {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        let reached = |now: &str| {
            let level =
                ladder().reached("2026-10-20T23:30-04:00".parse().unwrap(), now.parse().unwrap(), &zone);
            level.map_or("none", |level| level.key.as_str())
        };
        assert_eq!(reached("2026-10-26T23:59-04:00"), "none");
        assert_eq!(reached("2026-10-27T00:00-04:00"), "first-notice");
        // Clocks went back in between: the day counts, not the hours.
        assert_eq!(reached("2026-11-02T23:59-05:00"), "first-notice");
        assert_eq!(reached("2026-11-03T00:00-05:00"), "second-notice");
        assert_eq!(reached("2026-11-17T00:00-05:00"), "warning");
        assert_eq!(reached("2027-02-01T00:00-05:00"), "suspension");
    }

    #[test]
    fn nobody_is_suspended_who_was_not_warned() {
        let (zone, day) = (TimeZone::UTC, |day: i64| Timestamp::from_second(day * 86_400).unwrap());
        let next = |told: Option<(u8, i64)>, now: i64| {
            let told = told.map(|(level, at)| (level, day(at)));
            ladder().next(day(0), told, day(now), &zone).map_or("none", |level| level.key.as_str())
        };
        assert_eq!(next(None, 6), "none");
        assert_eq!(next(None, 400), "first-notice", "the first letter comes first, however old the debt");
        assert_eq!(next(Some((1, 400)), 406), "none", "seven days lie between the first two");
        assert_eq!(next(Some((1, 400)), 407), "second-notice");
        assert_eq!(next(Some((4, 28)), 30), "none");
        assert_eq!(next(Some((4, 28)), 31), "suspension");
        assert_eq!(next(Some((1, 7)), 13), "none", "the next level is not reached");
        assert_eq!(next(Some((5, 31)), 99), "none", "there is no level above");
    }

    #[test]
    fn a_wrong_ladder_is_refused() {
        let said = |rows: &str| Ladder::read(&format!("# Source: x\nhead\n{rows}")).unwrap_err().to_string();
        let order = "levels count from 1, and each begins on a later day than the one before";
        assert_eq!(said("2\t7\ta\tA\tx\n"), format!("line 3: {order}"));
        assert_eq!(said("1\t7\ta\tA\tx\n2\t7\tb\tB\tx\n"), format!("line 4: {order}"));
        assert!(said("1\tseven\ta\tA\tx\n").starts_with("line 3: "));
    }
}
