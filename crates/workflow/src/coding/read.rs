//! Reading the coder's desk of one encounter.

use chart::access::Permission;
use chart::coding::{CodeSet, Purpose};
use chart::document::Document;
use chart::encounter::Encounter;
use chart::id::EncounterId;
use jiff::tz::TimeZone;
use pricer::Worksheet;
use store::coding::{self, Changed, Reached, last_standing};
use store::{Page, Store};

use super::{Books, Computed, Facts, compute, rules_in_force, what_was};
use crate::charts::{Banner, banner};
use crate::{Context, Result, auditing, gate};

/// Documents of an encounter that lie on the desk at most.
const DOCUMENTS: Page = Page { skip: 0, take: 500 };

/// One code set with everything that is said of it.
#[derive(Debug, Clone)]
pub struct Side {
    /// The codes.
    pub set: CodeSet,
    /// What is said of them.
    pub computed: Computed,
    /// The DRGs reached on the way, the oldest first.
    pub reached: Vec<Reached>,
    /// What is paid, or why that cannot be said; `None` without the permission.
    pub price: Option<std::result::Result<Worksheet, String>>,
    /// Every change, with the codes before it; the oldest first.
    pub changes: Vec<Changed>,
}

impl Side {
    /// What would be taken back next, in words.
    #[must_use]
    pub fn to_take_back(&self) -> Option<String> {
        last_standing(&self.changes).map(|last| what_was(&self.set, last.version))
    }
}

/// The coder's desk of one encounter.
#[derive(Debug, Clone)]
pub struct CodingDesk {
    /// Whose chart.
    pub banner: Banner,
    /// The encounter.
    pub encounter: Encounter,
    /// What decides beside the codes.
    pub facts: Facts,
    /// Its documents, the latest first.
    pub documents: Vec<Document>,
    /// The codes for the purpose asked for, once coding has begun.
    pub side: Option<Side>,
    /// Whether the claim has codes of its own.
    pub has_claim: bool,
}

/// Reads the desk of an encounter.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission, [`crate::Error::Closed`] when the chart is closed to the actor.
pub async fn read(
    store: &Store,
    context: &Context,
    books: &Books,
    (id, purpose): (EncounterId, Purpose),
    zone: &TimeZone,
) -> Result<CodingDesk> {
    context.must(Permission::CodingRead)?;
    let mut view = store.view().await?;
    let encounter = store::encounters::get(&mut view, id).await?;
    let patient = gate::open(&mut view, context, encounter.patient, Permission::ChartRead).await?;
    auditing::must_not_be_blind(&mut view, context, id).await?;
    let filter = store::documents::Filter { encounter: Some(id), ..Default::default() };
    let documents = store::documents::list(&mut view, &filter, DOCUMENTS).await?;
    let facts = Facts::of(&encounter, &patient.demographics, zone, context.at);
    let facts = facts.under(rules_in_force(&mut view).await?);
    let sets = coding::of_encounter(&mut view, id).await?;
    let has_claim = sets.iter().any(|set| set.purpose == Purpose::Claim);
    let side = match sets.into_iter().find(|set| set.purpose == purpose) {
        Some(set) => {
            let reached = coding::reached(&mut view, set.id).await?;
            let changes = coding::changed(&mut view, set.id).await?;
            Some(Side { changes, ..side(context, books, &facts, set, reached) })
        }
        None => None,
    };
    let banner = banner(&mut view, patient).await?;
    let event = context.event("coding-read").patient(banner.patient.id).object("encounter", id);
    view.finish(event).await?;
    Ok(CodingDesk { banner, encounter, facts, documents, side, has_claim })
}

fn side(context: &Context, books: &Books, facts: &Facts, set: CodeSet, reached: Vec<Reached>) -> Side {
    let computed = compute(books, facts, &set.codes);
    let may_see = context.must(Permission::CodingPrice).is_ok() && computed.group.is_some();
    let price = may_see.then(|| computed.price(books, facts, &set.codes));
    Side { set, computed, reached, price, changes: Vec::new() }
}
