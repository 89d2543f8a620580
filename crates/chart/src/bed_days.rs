//! Bed days and length of stay: midnights, as hospital statistics count them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::encounter::Visit;

/// Days in bed from admission to `until`: the midnights between, and one for a stay that begins and ends on the same
/// day. The day of admission counts, that of discharge does not.
#[must_use]
pub fn bed_days(admitted: Date, until: Date) -> i64 {
    i64::from(admitted.until(until).map_or(0, |span| span.get_days())).max(1)
}

impl Visit {
    /// Bed days until the discharge, or until `now` while the patient is here. `None` when the setting has no beds
    /// that count, or the beginning is not known. The hospital's time zone says when midnight is.
    #[must_use]
    pub fn bed_days(&self, zone: &TimeZone, now: Timestamp) -> Option<i64> {
        if !self.setting.has_bed_days() {
            return None;
        }
        let day = |at: Timestamp| zone.to_datetime(at).date();
        let since = self.stay.since()?;
        Some(bed_days(day(since), day(self.stay.until().unwrap_or(now.max(since)))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn midnights_count_and_a_day_stay_is_one() {
        assert_eq!(bed_days(date(2026, 10, 3), date(2026, 10, 8)), 5);
        assert_eq!(bed_days(date(2026, 10, 3), date(2026, 10, 3)), 1);
        assert_eq!(bed_days(date(2024, 2, 28), date(2024, 3, 1)), 2);
    }
}
