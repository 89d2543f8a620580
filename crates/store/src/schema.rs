//! The tables, in the order in which they can be filled, and what their rows are known by.

/// A table of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns that a row is known by, as they are written in SQL.
    pub key: &'static str,
    /// A column that each database numbers for itself.
    pub own_number: Option<&'static str>,
}

const fn table(name: &'static str, key: &'static str) -> Table {
    Table { name, key, own_number: None }
}

/// Every table but the record of migrations and the full-text index, which each database makes for itself.
pub const TABLES: [Table; 56] = [
    table("original", "digest"),
    table("patient", "id"),
    table("patient_identifier", "patient, place"),
    table("patient_block", "patient, block"),
    table("patient_version", "patient, version"),
    table("encounter", "id"),
    table("encounter_identifier", "encounter, place"),
    table("encounter_attendance", "encounter, place"),
    table("entry", "id"),
    table("document", "id"),
    table("document_version", "document, version"),
    table("deficiency", "id"),
    table("analysis", "encounter"),
    table("party", "id"),
    table("source_key", "system, kind, source_key"),
    table("kept", "system, kind, source_key"),
    table("arrival", "id"),
    table("job", "id"),
    table("patient_merge", "id"),
    table("patient_merge_moved", "merge_id, kind, row_key"),
    table("pair_decision", "lower, higher"),
    table("pair_review", "lower, higher"),
    table("setting", "name"),
    table("account", "id"),
    table("account_role", "account, role"),
    table("session", "digest"),
    table("one_time_link", "digest"),
    table("signature", "id"),
    table("signature_request", "document, signer, meaning"),
    table("amendment", "id"),
    table("billing", "encounter"),
    table("patient_request", "id"),
    table("dictation", "id"),
    table("break_glass", "account, patient, granted"),
    table("accuracy_finding", "id"),
    table("assignment", "source, item"),
    table("letter", "id"),
    table("suspension", "responsible_key, since"),
    table("hand_over", "account, since"),
    table("account_term", "account"),
    table("code_set", "id"),
    table("code_line", "code_set, kind, place"),
    table("drg_reached", "code_set, stage, at"),
    table("query", "id"),
    table("alert", "identity"),
    table("suggestion_decision", "encounter, code"),
    table("suggestion_reset", "code, at"),
    table("claim", "id"),
    table("remittance", "id"),
    table("remitted_claim", "id"),
    table("denial", "remitted_claim, place"),
    table("coding_sample", "id"),
    table("audited_case", "id"),
    table("shadow_codes", "encounter"),
    table("code_change", "code_set, version"),
    table("audit", "seq"),
];

/// The table of which texts are indexed; its index is built anew after a copy.
pub(crate) const SEARCH_TEXT: Table =
    Table { name: "search_text", key: "kind, object", own_number: Some("place") };

/// The one row that says how long the audit trail is.
pub(crate) const AUDIT_HEAD: Table = table("audit_head", "id");

/// Everything that a copy copies, in order.
pub(crate) fn copied() -> impl Iterator<Item = Table> {
    TABLES.into_iter().chain([AUDIT_HEAD, SEARCH_TEXT])
}
