//! The page on which one document, or one spoken order, is signed.

use serde::Serialize;

use super::super::chart::Top;
use super::super::chart::text::SectionView;
use super::super::frame::Crumb;
use super::super::parts::{Choice, Fact};
use super::SignatureView;

/// What is signed, and the credential that is asked for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SignPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) heading: String,
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    /// What is signed: title, version, digest.
    pub(crate) facts: Vec<Fact>,
    pub(crate) sections: Vec<SectionView>,
    /// What was signed before.
    pub(crate) signed: Vec<SignatureView>,
    pub(crate) version: i64,
    /// What the signature may mean; empty when nothing is to be signed here any more.
    pub(crate) meanings: Vec<Choice>,
    /// For whom one may sign on behalf.
    pub(crate) authors: String,
    pub(crate) asks_code: bool,
    /// Where the text is changed, for its author.
    pub(crate) revise: Option<String>,
    /// Where a co-signature is asked for, and of whom.
    pub(crate) cosigner: Option<Cosigner>,
    /// Who is asked to sign already.
    pub(crate) asked: Vec<String>,
}

/// The form that asks for a co-signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Cosigner {
    pub(crate) action: String,
    pub(crate) choices: Vec<Choice>,
}

impl super::super::Page for SignPage {
    const TEMPLATE: &'static str = "signing/sign.html";
    fn title(&self) -> String {
        "Chart: sign".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Inbox", "/inbox"));
        crumbs.push(Crumb::here("Sign"));
        crumbs
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::super::Samples;
    use super::super::super::chart::samples::top;
    use super::*;

    pub(in super::super) fn signature() -> SignatureView {
        SignatureView {
            name: "Mehta, Anjali, MD".into(),
            meaning: "Signed as author".into(),
            at: "2026-11-22 10:04:05 -05:00".into(),
            version: 2,
            method: "Password",
            digest: "ab".repeat(32),
            holds: Some(true),
        }
    }

    impl Samples for SignPage {
        fn samples() -> Vec<Self> {
            let section = SectionView { title: "Plan".into(), depth: 0, blocks: Vec::new() };
            let full = Self {
                top: top("Documents"),
                heading: "Progress note".into(),
                action: "/patients/1/documents/2/sign".into(),
                problem: Some("The password is not right.".into()),
                facts: vec![Fact { label: "Version", value: "2".into() }],
                sections: vec![section],
                signed: vec![signature(), SignatureView { holds: None, ..signature() }],
                version: 2,
                meanings: vec![Choice::new("author", "I wrote this", "author")],
                authors: "Mehta, Anjali".into(),
                asks_code: true,
                revise: Some("/patients/1/documents/2/revise".into()),
                cosigner: Some(Cosigner {
                    action: "/patients/1/documents/2/cosigner".into(),
                    choices: vec![Choice::new("4", "Okafor, Ben", "")],
                }),
                asked: vec!["Okafor, Ben".into()],
            };
            let done = Self {
                problem: None,
                meanings: Vec::new(),
                asks_code: false,
                revise: None,
                cosigner: None,
                asked: Vec::new(),
                signed: vec![SignatureView { holds: Some(false), ..signature() }],
                ..full.clone()
            };
            vec![full, done]
        }
    }
}
