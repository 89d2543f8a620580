//! Finished codes that another person looks at before they are billed: for which of them, and what waits.

use chart::access::{Permission, Role};
use chart::coding::{CodeSet, Codes, Criterion, Pending, Present, ReviewRow, SECOND_REVIEW, review_criteria};
use chart::id::{EncounterId, PatientId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::coding::{self, ClosedFilter};
use store::settings::{self, Setting};
use store::{Page, Reader, Store};

use super::Computed;
use crate::signing::me;
use crate::{Context, Error, Result};

/// The name of the setting.
const SETTING: &str = "second-review";
/// Code sets that are held, of which those that wait for a review are shown.
const HELD: Page = Page::first(1_000);

/// The facility's own words on the criteria.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Own {
    rows: Vec<ReviewRow>,
    history: Vec<CriterionChange>,
}

/// A change of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionChange {
    /// As it is since.
    pub row: ReviewRow,
    /// Who changed it, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

async fn own(reader: &mut Reader) -> Result<Setting<Own>> {
    Ok(settings::kept(reader, SETTING).await?)
}

/// Every criterion as it is in force here.
async fn in_force(reader: &mut Reader) -> Result<Vec<ReviewRow>> {
    let own = own(reader).await?.value.rows;
    let row = |shipped: ReviewRow| {
        let mine = own.iter().find(|one| one.criterion == shipped.criterion);
        mine.cloned().unwrap_or(shipped)
    };
    Ok(review_criteria().into_iter().map(row).collect())
}

/// For what these finished codes are looked at again, in words; nothing where they are not.
pub(super) async fn asked_for(
    reader: &mut Reader,
    (codes, computed): (&Codes, &Computed),
    coder: Option<UserId>,
) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for row in in_force(reader).await?.into_iter().filter(|row| row.on) {
        let is_met = match row.criterion {
            Criterion::HospitalAcquired => is_acquired(codes, computed),
            Criterion::ListedDrg => {
                computed.group.as_ref().is_some_and(|group| numbers(&row.value).any(|drg| drg == group.drg))
            }
            Criterion::NewCoder => is_new(reader, coder, &row.value).await?,
            Criterion::SingleCc => hangs_on(computed, &row.value),
        };
        if is_met {
            all.push(row.title().to_owned());
        }
    }
    Ok(all)
}

/// Whether a diagnosis that is listed as hospital-acquired was not present on admission, or the record does not tell.
fn is_acquired(codes: &Codes, computed: &Computed) -> bool {
    let mut lines = codes.diagnoses.iter().zip(&computed.diagnoses);
    lines.any(|(one, line)| matches!(one.present, Present::No | Present::Unknown) && !line.hacs.is_empty())
}

/// `291, 871` as numbers.
fn numbers(value: &str) -> impl Iterator<Item = u16> + '_ {
    value.split(',').filter_map(|part| part.trim().parse().ok())
}

/// Whether so many diagnoses count as CC or MCC, and the DRG would be another without one of them.
fn hangs_on(computed: &Computed, value: &str) -> bool {
    let counted = || computed.diagnoses.iter().filter(|line| !line.counted_as.is_empty());
    numbers(value).next().is_some_and(|count| counted().count() == usize::from(count))
        && counted().any(|line| line.decides)
}

async fn is_new(reader: &mut Reader, coder: Option<UserId>, value: &str) -> Result<bool> {
    let (Some(coder), Some(fewer)) = (coder, numbers(value).next()) else { return Ok(false) };
    let filter = ClosedFilter { coder: Some(coder), ..ClosedFilter::default() };
    Ok(coding::count_closed(reader, &filter).await? < i64::from(fewer))
}

/// The criteria in force, with their changes.
#[derive(Debug, Clone)]
pub struct SecondReviews {
    /// Every criterion, in the order of the table.
    pub criteria: Vec<ReviewRow>,
    /// What was changed, the latest first.
    pub history: Vec<CriterionChange>,
    /// What waits, the longest first.
    pub waits: Vec<WaitsForReview>,
}

/// Codes that wait for a second review.
#[derive(Debug, Clone)]
pub struct WaitsForReview {
    /// Of which encounter.
    pub encounter: EncounterId,
    /// Whose.
    pub patient: PatientId,
    /// The name, unless the chart is restricted.
    pub name: Option<String>,
    /// For which purpose.
    pub purpose: chart::coding::Purpose,
    /// Since when, on whose word, and why.
    pub asked: Pending,
}

/// Reads what waits for a second review, and for what codes are reviewed.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn second_reviews(store: &Store, context: &Context) -> Result<SecondReviews> {
    context.must(Permission::CodingReview)?;
    let mut view = store.view().await?;
    let criteria = in_force(&mut view).await?;
    let mut history = own(&mut view).await?.value.history;
    history.reverse();
    let mut waits = Vec::new();
    for set in coding::held(&mut view, HELD).await? {
        waits.extend(waiting(&mut view, &set).await?);
    }
    waits.sort_by_key(|one| one.asked.since.at);
    view.finish(context.event("second-reviews-read")).await?;
    Ok(SecondReviews { criteria, history, waits })
}

async fn waiting(reader: &mut Reader, set: &CodeSet) -> Result<Option<WaitsForReview>> {
    let Some(asked) = set.state.pending().iter().find(|one| one.key == SECOND_REVIEW) else {
        return Ok(None);
    };
    let patient = store::patients::by_id(reader, set.patient).await?;
    let open = patient.filter(|one| one.restriction.is_none());
    Ok(Some(WaitsForReview {
        encounter: set.encounter,
        patient: set.patient,
        name: open.map(|one| one.demographics.filed_name()),
        purpose: set.purpose,
        asked: asked.clone(),
    }))
}

/// Puts a criterion in force or out of it, from now on.
///
/// # Errors
/// [`Error::Refused`] without a reason, or with a value that cannot be read.
pub async fn set_criterion(store: &Store, context: &Context, row: ReviewRow, reason: &str) -> Result<()> {
    context.must(Permission::PolicyConfigure)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::refused("say why it changes, or who decided it: it is kept with the change"));
    }
    let is_number = |part: &str| part.trim().parse::<u16>().is_ok();
    if row.criterion != Criterion::HospitalAcquired && row.on && !row.value.split(',').all(is_number) {
        return Err(Error::refused("a number is expected, or MS-DRGs with commas between"));
    }
    let mut tx = store.begin().await?;
    let by = me(&mut tx, context).await?.stamp(context).by.name;
    let mut kept = own(&mut tx).await?;
    kept.value.rows.retain(|one| one.criterion != row.criterion);
    kept.value.rows.push(row.clone());
    let change = CriterionChange { row: row.clone(), by, at: context.at, reason: reason.to_owned() };
    kept.value.history.push(change);
    settings::set(&mut tx, SETTING, &kept, context.at).await?;
    let event = context.event("second-review-criterion").object("criterion", row.criterion).reason(reason);
    tx.commit(event.detail(json!({ "on": row.on, "value": row.value }))).await?;
    Ok(())
}

/// Accounts that are looked through for another reviewer.
const ACCOUNTS: Page = Page::first(1_000);

/// Whether a person is the only one who could review: they hold both duties, and no other account in use may review.
pub(super) async fn is_alone(reader: &mut Reader, user: UserId) -> Result<bool> {
    let reviewers = chart::access::Grants::shipped().holders(Permission::CodingReview);
    let hats =
        |roles: &[String]| -> Vec<Role> { roles.iter().filter_map(|role| role.parse().ok()).collect() };
    let accounts = store::access::accounts::list(reader, ACCOUNTS).await?;
    let may = |roles: &[String]| hats(roles).iter().any(|role| reviewers.contains(role));
    let others = accounts.iter().filter(|one| one.active && one.id != user);
    let is_other = others.into_iter().any(|one| may(&one.roles));
    Ok(!is_other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drgs_are_read_from_their_list() {
        assert_eq!(numbers("291, 871,x").collect::<Vec<_>>(), [291, 871]);
        assert_eq!(numbers("").count(), 0);
    }
}
