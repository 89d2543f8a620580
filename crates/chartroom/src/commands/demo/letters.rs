//! Letters of the last weeks to practitioners of the demo hospital who owe work, and two suspensions: one that stands,
//! one that was lifted. What is due today is left for whoever sits down at the desk.

use std::error::Error;

use chart::access::Role;
use chart::letter::Delivery;
use hospital::zone;
use jiff::SignedDuration;
use store::Store;
use workflow::delinquency::{self, Denominator, Owing, Verb};
use workflow::{Context, Who};

use super::seed::signed_in;
use crate::record::context;

/// Who writes them.
const SUPERVISOR: &str = "supervisor";
/// How many days ago letters were drafted and sent, the first time first.
const ROUNDS: [i64; 3] = [21, 14, 7];
/// Whose letters are left to be drafted: the physician whose inbox the demo opens.
const LEFT: &str = "Ngozi Okafor";

/// Writes and sends the letters, then suspends.
pub(super) async fn fill(store: &Store, facility: &str) -> Result<(), Box<dyn Error>> {
    let id = signed_in(store, SUPERVISOR).await?;
    let who = Who::User { id, role: Role::Supervisor, party: None };
    for days in ROUNDS {
        let mut context = days_ago(&who, days);
        delinquency::draft_due(store, &mut context, facility, &zone()).await?;
        for letter in delinquency::drafts(store, &context).await? {
            let verb = if letter.to.name.name.starts_with(LEFT) {
                Verb::Withdraw("Spoken to by telephone".into())
            } else {
                Verb::Issue(Delivery::Paper)
            };
            delinquency::act(store, &context, letter.id, verb).await?;
        }
    }
    suspend(store, &who).await
}

/// The two who were told most often: one is on the list, the other was and is not any more.
async fn suspend(store: &Store, who: &Who) -> Result<(), Box<dyn Error>> {
    let today = delinquency::overview(store, &days_ago(who, 0), Denominator::default(), &zone()).await?;
    let mut told: Vec<Owing> = today.owing.into_iter().filter(|one| one.told.is_some()).collect();
    told.sort_by_key(|one| (std::cmp::Reverse(one.told.map(|(level, _)| level)), one.debtor.key.clone()));
    let why = "Records past the last warning; medical executive committee";
    for (one, is_lifted) in told.iter().zip([false, true]) {
        delinquency::suspend(store, &days_ago(who, 5), &one.debtor.key, why).await?;
        if is_lifted {
            let why = "The oldest records are complete; the rest is promised by the end of the month";
            delinquency::lift(store, &days_ago(who, 1), &one.debtor.key, false, why).await?;
        }
    }
    Ok(())
}

/// The same person, so many days ago.
fn days_ago(who: &Who, days: i64) -> Context {
    let mut context = context("demo");
    context.who = who.clone();
    context.at -= SignedDuration::from_hours(24 * days);
    context
}
