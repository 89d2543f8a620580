//! The habits of the house that structured entries and documents share: when things are done, and who answers.

use chart::encounter::Setting;

/// Minutes from the beginning of an encounter to the first orders.
pub(super) const ORDERED_AFTER: i64 = 50;
/// Minutes from the beginning of an encounter to the incision.
pub(super) const OPERATION_AFTER: i64 = 75;
/// Minutes from the beginning of an encounter to the end of the operation.
pub(super) const OPERATION_ENDS_AFTER: i64 = 130;
/// Minutes from the specimen to the laboratory's report.
pub(super) const MINUTES_TO_REPORT: i64 = 48;
/// Rounds of vital signs, of tests and of notes that are written at most: long stays have them less often.
pub(super) const MOST_ROUNDS: i64 = 12;
pub(super) const MOST_NOTES: i64 = 7;
/// Minutes within which an author signs what they wrote, and hours within which a physician co-signs.
pub(super) const SIGNED_WITHIN: std::ops::Range<i64> = 2..40;
pub(super) const COSIGNED_WITHIN: std::ops::Range<i64> = 1..30;
/// The pathologist, who answers for the laboratory's reports.
pub(super) const LABORATORY: &str = "dubois";

/// The nurse of a setting.
pub(super) const fn nurse(setting: Setting) -> &'static str {
    match setting {
        Setting::Emergency => "rn-boyle",
        Setting::Obstetric | Setting::Newborn => "rn-adeyemi",
        _ => "rn-castillo",
    }
}
