//! The coder's desk: the documents on one side, the codes and everything that is said of them on the other.

mod alone;
mod line;
mod other;
mod rules;
#[cfg(test)]
mod samples;
mod suggested;
pub(crate) mod work;

use serde::Serialize;

use super::Page;
use super::chart::Top;
use super::completeness::analysis::{Leaf, Shown};
use super::frame::Crumb;
use super::parts::Choice;

pub(crate) use alone::{AutonomousPage, CriterionForm, SecondReviewsPage};
pub(crate) use other::{ClosePage, CodesPage, CodingHistoryPage, Objection, UnbilledPage};
pub(crate) use rules::{Explained, PackLine, RuleForm, RulesPage, SynonymsPage};
pub(crate) use suggested::{LearnedCode, LearnedPage, MeasuredPage, Said, SuggestedLine, SuggestedPage};
pub(crate) use work::Work;

/// The desk of one encounter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CodingPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    /// The address of this desk.
    pub(crate) here: String,
    /// Record and claim.
    pub(crate) purposes: Vec<Choice>,
    pub(crate) documents: Vec<Leaf>,
    pub(crate) shown: Option<Shown>,
    /// What went wrong with the last change.
    pub(crate) problem: Option<String>,
    /// The codes, once coding has begun.
    pub(crate) work: Option<Work>,
    /// What the button says that begins it, for those who may.
    pub(crate) begin: Option<&'static str>,
    /// Its claim, for those who may see it.
    pub(crate) claim: Option<String>,
    /// Lines of the document shown that are marked: the passage a suggestion rests on.
    pub(crate) marks: Vec<String>,
}

impl Page for CodingPage {
    const TEMPLATE: &'static str = "coding/desk.html";
    fn title(&self) -> String {
        "Chart: codes".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        under_encounters(&self.top, "Codes")
    }
}

fn under_encounters(top: &Top, here: &'static str) -> Vec<Crumb> {
    let mut crumbs = top.crumbs();
    crumbs.pop();
    crumbs.push(Crumb::to("Encounters", format!("{}/encounters", top.base)));
    crumbs.push(Crumb::here(here));
    crumbs
}
