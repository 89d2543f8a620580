//! Pages on which documents are written, signed and amended.

pub(crate) mod amend;
pub(crate) mod inbox;
pub(crate) mod requests;
pub(crate) mod sign;
pub(crate) mod write;

use chart::signature::Signature;
use serde::Serialize;

/// A signature made here, as it is shown under a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SignatureView {
    /// `Mehta, Anjali, MD`.
    pub(crate) name: String,
    /// The sentence that was signed.
    pub(crate) meaning: String,
    /// `2026-11-22 10:04:05 -05:00`.
    pub(crate) at: String,
    pub(crate) version: i64,
    pub(crate) method: &'static str,
    pub(crate) digest: String,
    /// Whether the version's content still has this digest; `None` where the version is not on the page.
    pub(crate) holds: Option<bool>,
}

impl SignatureView {
    /// A signature, with whether it holds for the content shown.
    pub(crate) fn new(one: &Signature, holds: Option<bool>) -> Self {
        let name = match one.signer.credentials.as_str() {
            "" => one.signer.name.clone(),
            credentials => format!("{}, {credentials}", one.signer.name),
        };
        Self {
            name,
            meaning: one.meaning.says(),
            at: one.signed_at().strftime("%Y-%m-%d %H:%M:%S %:z").to_string(),
            version: one.version,
            method: one.method.title(),
            digest: one.digest.to_string(),
            holds,
        }
    }
}
