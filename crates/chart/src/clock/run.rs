//! A clock that waits, runs or stands still.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Basis, Pause, Span, due};

/// A clock: what it counts from, how long it gives, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it counts from.
    pub basis: Basis,
    /// How long it gives.
    pub span: Span,
    /// How far it has come.
    #[serde(flatten)]
    pub run: Run,
    /// When it stood still, oldest first. The due instant has these in it already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
}

/// How far a clock has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "run")]
pub enum Run {
    /// What it counts from has not happened.
    Waiting,
    /// It runs.
    Running {
        /// What it counts from.
        started: Timestamp,
        /// The last instant in time.
        due: Timestamp,
    },
    /// It stands still.
    Paused {
        /// What it counts from.
        started: Timestamp,
        /// The last instant in time, if it ran on now.
        due: Timestamp,
        /// Since when it stands.
        since: Timestamp,
    },
}

/// A clock cannot do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// It has been started.
    #[error("the clock runs since {0} and cannot be started again: what it counts from stays")]
    Started(Timestamp),
    /// It does not run.
    #[error("the clock does not run, so it cannot be stopped")]
    NotRunning,
    /// It does not stand still.
    #[error("the clock does not stand still, so it cannot be let run on")]
    NotPaused,
    /// The instant lies before one that the clock knows already.
    #[error("{at} is before {known}: a clock does not go backwards")]
    Backwards {
        /// The instant given.
        at: Timestamp,
        /// The instant known.
        known: Timestamp,
    },
}

impl Clock {
    /// A clock that waits for what it counts from.
    #[must_use]
    pub const fn waiting(basis: Basis, span: Span) -> Self {
        Self { basis, span, run: Run::Waiting, pauses: Vec::new() }
    }

    /// A clock that runs since `started`.
    #[must_use]
    pub fn running(basis: Basis, span: Span, started: Timestamp, zone: &TimeZone) -> Self {
        let run = Run::Running { started, due: due(started, span, zone) };
        Self { basis, span, run, pauses: Vec::new() }
    }

    /// Starts it: what it counts from has happened.
    ///
    /// # Errors
    /// When it has been started before.
    pub fn start(self, started: Timestamp, zone: &TimeZone) -> Result<Self, ClockError> {
        match self.started() {
            None => Ok(Self::running(self.basis, self.span, started, zone)),
            Some(before) => Err(ClockError::Started(before)),
        }
    }

    /// Stops it, while nothing can be done by the one who owes.
    ///
    /// # Errors
    /// When it does not run, or `at` lies before it started or last stood still.
    pub fn pause(mut self, at: Timestamp) -> Result<Self, ClockError> {
        let Run::Running { started, due } = self.run else { return Err(ClockError::NotRunning) };
        let known = self.pauses.last().map_or(started, |pause| pause.until);
        not_before(at, known)?;
        self.run = Run::Paused { started, due, since: at };
        Ok(self)
    }

    /// Lets it run on; what it stood still is added.
    ///
    /// # Errors
    /// When it does not stand still, or `at` lies before it was stopped.
    pub fn resume(mut self, at: Timestamp) -> Result<Self, ClockError> {
        let Run::Paused { started, due, since } = self.run else { return Err(ClockError::NotPaused) };
        not_before(at, since)?;
        // What was late before it was stopped stays late.
        let stood = if since > due { SignedDuration::ZERO } else { at.duration_since(since) };
        self.pauses.push(Pause { from: since, until: at });
        self.run = Run::Running { started, due: due.saturating_add(stood).unwrap_or(Timestamp::MAX) };
        Ok(self)
    }

    /// What it counts from, once that has happened.
    #[must_use]
    pub const fn started(&self) -> Option<Timestamp> {
        match self.run {
            Run::Waiting => None,
            Run::Running { started, .. } | Run::Paused { started, .. } => Some(started),
        }
    }

    /// The last instant in time, once it has been started. A clock that stands still shows what it would be if it ran
    /// on now.
    #[must_use]
    pub const fn due(&self) -> Option<Timestamp> {
        match self.run {
            Run::Waiting => None,
            Run::Running { due, .. } | Run::Paused { due, .. } => Some(due),
        }
    }

    /// Whether its time is over at `at`. One that stands still does not get late.
    #[must_use]
    pub fn is_late(&self, at: Timestamp) -> bool {
        match self.run {
            Run::Waiting => false,
            Run::Running { due, .. } => at > due,
            Run::Paused { due, since, .. } => at.min(since) > due,
        }
    }
}

fn not_before(at: Timestamp, known: Timestamp) -> Result<(), ClockError> {
    if at < known { Err(ClockError::Backwards { at, known }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    fn day_long() -> Clock {
        Clock::running(Basis::Admission, Span::hours(24), hour(0), &TimeZone::UTC)
    }

    #[test]
    fn it_is_late_after_the_last_instant_and_not_at_it() {
        let clock = day_long();
        assert!(!clock.is_late(hour(24)) && clock.is_late(hour(25)));
        assert!(!Clock::waiting(Basis::Discharge, Span::days(30)).is_late(hour(9_000)));
    }

    #[test]
    fn a_pause_is_added_and_nothing_gets_late_in_it() {
        let paused = day_long().pause(hour(20)).unwrap();
        assert!(!paused.is_late(hour(100)));
        let clock = paused.resume(hour(50)).unwrap();
        assert_eq!(clock.due(), Some(hour(54)));
        assert_eq!(clock.pauses, [Pause { from: hour(20), until: hour(50) }]);
    }

    #[test]
    fn what_was_late_before_the_pause_stays_late() {
        let clock = day_long().pause(hour(30)).unwrap();
        assert!(clock.is_late(hour(31)));
        assert!(clock.resume(hour(99)).unwrap().is_late(hour(99)));
    }

    #[test]
    fn it_starts_once_and_goes_forward() {
        let clock = day_long().start(hour(5), &TimeZone::UTC);
        assert_eq!(clock, Err(ClockError::Started(hour(0))));
        let backwards = day_long().pause(hour(9)).unwrap().resume(hour(8));
        assert_eq!(backwards, Err(ClockError::Backwards { at: hour(8), known: hour(9) }));
        assert_eq!(day_long().resume(hour(1)), Err(ClockError::NotPaused));
        let waiting = Clock::waiting(Basis::Discharge, Span::days(30));
        assert_eq!(waiting.clone().pause(hour(1)), Err(ClockError::NotRunning));
        assert_eq!(waiting.start(hour(5), &TimeZone::UTC).unwrap().started(), Some(hour(5)));
    }

    #[test]
    fn it_is_kept_as_json() {
        let clock = day_long().pause(hour(9)).unwrap().resume(hour(10)).unwrap();
        let json = serde_json::to_string(&clock).unwrap();
        assert_eq!(serde_json::from_str::<Clock>(&json).unwrap(), clock);
        assert!(json.contains(r#""basis":"admission","span":"24 hours","run":"running""#), "{json}");
    }
}
