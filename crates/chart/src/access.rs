//! Who may do what: roles and permissions of the department, read from `data/access/`.
//!
//! A person holds several roles and wears one at a time; what they may do follows from the role worn. A permission is
//! granted for all patients or for one's own ([`Scope`]); emergency access to a single chart ("breaking the glass") is
//! no permission of the table but a grant of its own, given for a reason and for a limited time.

#[cfg(test)]
mod tests;

use std::str::FromStr;
use std::sync::LazyLock;

use crate::keyed::keyed;

pub use crate::keyed::UnknownKey;

/// The rows that ship with the product.
const ROLES: &str = include_str!("../../../data/access/role.tsv");
const PERMISSIONS: &str = include_str!("../../../data/access/permission.tsv");

static SHIPPED: LazyLock<Grants> =
    LazyLock::new(|| Grants::read(ROLES, PERMISSIONS).expect("the shipped tables are read by a test"));

/// A row of the access tables that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessTableError {
    /// A word stands where a role, a permission or a scope is expected.
    #[error("line {line}: `{word}` is no {expected}; see `data/access/` for the words in use")]
    Unknown {
        /// From 1, the source line counted.
        line: usize,
        /// What stands there.
        word: String,
        /// What should.
        expected: &'static str,
    },
    /// A column is missing.
    #[error("line {line}: expected {expected} columns, tab between them")]
    Columns {
        /// From 1, the source line counted.
        line: usize,
        /// How many there should be.
        expected: usize,
    },
}

keyed! {
    /// A desk of the department. Titles and descriptions stand in `data/access/role.tsv`.
    Role, "role":
    /// Registers, scans, files.
    Clerk = "clerk",
    /// Types dictations.
    Transcriptionist = "transcriptionist",
    /// Checks records for what is missing.
    Analyst = "analyst",
    /// Assigns codes.
    Coder = "coder",
    /// Reads charts concurrently and queries physicians.
    CdiSpecialist = "cdi-specialist",
    /// Checks coded cases again.
    Auditor = "auditor",
    /// Writes, signs, reads own patients' charts.
    Physician = "physician",
    /// Answers requests for records.
    RoiSpecialist = "roi-specialist",
    /// Finds and abstracts cancer cases.
    CancerRegistrar = "cancer-registrar",
    /// Counts and exports without names.
    ResearchAnalyst = "research-analyst",
    /// Keeps one chart per person.
    DataIntegrity = "data-integrity",
    /// Spreads the work.
    Supervisor = "supervisor",
    /// Answers for the department.
    Administrator = "administrator",
    /// Sees who saw what.
    PrivacyOfficer = "privacy-officer",
    /// Runs the system without sight of charts.
    ItAdministrator = "it-administrator",
}

keyed! {
    /// Something a role may be allowed to do.
    Permission, "permission":
    /// See practitioners, organizations and places.
    DirectoryRead = "directory.read",
    /// Find a person in the patient index. Restricted ones are shown masked.
    PatientSearch = "patient.search",
    /// See who a patient is, their encounters and coverage: no clinical content.
    PatientRead = "patient.read",
    /// Enter a new person or correct one.
    PatientRegister = "patient.register",
    /// Review possible duplicates and merge two records of one person.
    PatientMerge = "patient.merge",
    /// Undo a merge.
    PatientUnmerge = "patient.unmerge",
    /// Move an encounter that was filed in the wrong chart.
    EncounterMove = "encounter.move",
    /// Read what is in a chart.
    ChartRead = "chart.read",
    /// Search the text of all charts at once.
    ChartSearch = "chart.search",
    /// Print a chart or parts of it.
    ChartPrint = "chart.print",
    /// Open a chart that is not open to one otherwise, for a reason that is written down.
    ChartBreakGlass = "chart.break-glass",
    /// Restrict a chart, or lift a restriction.
    ChartRestrict = "chart.restrict",
    /// Upload a scan or a file.
    DocumentUpload = "document.upload",
    /// File what was uploaded: patient, encounter, type.
    DocumentIndex = "document.index",
    /// Write a document, an addendum or a correction.
    DocumentWrite = "document.write",
    /// Sign what one wrote, or a spoken order.
    DocumentSign = "document.sign",
    /// Sign below another's signature.
    DocumentCosign = "document.cosign",
    /// Work on patients' requests to amend, and say when a record was billed or asked for.
    AmendmentRequest = "amendment.request",
    /// Dictate.
    DictationDictate = "dictation.dictate",
    /// Type what was dictated.
    DictationType = "dictation.type",
    /// Say who types what, and what comes first.
    DictationAssign = "dictation.assign",
    /// Compare what another typed with the voice.
    DictationReview = "dictation.review",
    /// See what encounters are coded as, and what waits for its bill.
    CodingRead = "coding.read",
    /// Change codes, and say what coding waits for.
    CodingWork = "coding.work",
    /// Close a code set, so that it can be billed.
    CodingFinalize = "coding.finalize",
    /// Open a closed code set again.
    CodingReopen = "coding.reopen",
    /// See what coders did with suggested codes, and have it counted no more.
    CodingLearn = "coding.learn",
    /// See what is paid. Who asks physicians does not see it.
    CodingPrice = "coding.price",
    /// See claims, what payers paid and took off, and denials.
    ClaimRead = "claim.read",
    /// Write the claim of an encounter, and take its file.
    ClaimWrite = "claim.write",
    /// Post what payers answer.
    RemittancePost = "remittance.post",
    /// Change who bills: the institution's numbers, its payers, its revenue codes.
    BillingConfigure = "billing.configure",
    /// Code sampled encounters again without seeing the first codes, and judge what differs.
    CodingAudit = "coding.audit",
    /// See audit samples, what came of them, and the accuracy they show.
    CodingAuditRead = "coding.audit-read",
    /// Draw audit samples, and decide what coders rebut.
    CodingSample = "coding.sample",
    /// Look at another's finished codes again before they are billed.
    CodingReview = "coding.review",
    /// Have the program code alone as a test, and see how it compares.
    CodingShadow = "coding.shadow",
    /// Work at queues: take items, decide what does not agree.
    QueueWork = "queue.work",
    /// Give work to others, put it first, change the queues.
    QueueAssign = "queue.assign",
    /// See queries, their measures, and documentation alerts.
    QueryRead = "query.read",
    /// Ask practitioners, close what they answered, dismiss alerts.
    QueryWrite = "query.write",
    /// Answer what was asked of one.
    QueryAnswer = "query.answer",
    /// Write and send letters on records that wait.
    LetterIssue = "letter.issue",
    /// Put practitioners on the suspension list, and restore them.
    SuspensionManage = "suspension.manage",
    /// See the department's board: what waits, and who did what.
    BoardRead = "board.read",
    /// See what records lack, and who owes it.
    DeficiencyRead = "deficiency.read",
    /// Work on what a record lacks: claim, complete, verify, decline, reassign.
    DeficiencyWork = "deficiency.work",
    /// Let a deficiency go, and decide on those that were declined.
    DeficiencyWaive = "deficiency.waive",
    /// Change what records must hold.
    PolicyConfigure = "policy.configure",
    /// See messages of other systems and what became of them.
    InterfaceRead = "interface.read",
    /// Mend, replay or drop a message.
    InterfaceMend = "interface.mend",
    /// See who saw what, and verify the chain.
    AuditRead = "audit.read",
    /// Make accounts and give roles.
    UserManage = "user.manage",
    /// Read over the FHIR interface.
    FhirRead = "fhir.read",
    /// Read the figures of the running program.
    MetricsRead = "metrics.read",
}

keyed! {
    /// For which patients a permission is granted. The narrower stands first.
    Scope, "scope":
    /// Patients in one of whose encounters the person takes part.
    OwnPatients = "own-patients",
    /// All patients.
    All = "all",
}

impl Role {
    /// Its title, as people say it.
    #[must_use]
    pub fn title(self) -> &'static str {
        &SHIPPED.about(self).title
    }

    /// What the desk does, in one line.
    #[must_use]
    pub fn work(self) -> &'static str {
        &SHIPPED.about(self).work
    }
}

impl Permission {
    /// What it allows, to be read after "you may not": `read what is in a chart`.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::DirectoryRead => "see the directory",
            Self::PatientSearch => "search the patient index",
            Self::PatientRead => "see who a patient is",
            Self::PatientRegister => "register a patient",
            Self::PatientMerge => "review and merge duplicates",
            Self::PatientUnmerge => "undo a merge",
            Self::EncounterMove => "move an encounter to another chart",
            Self::ChartRead => "read what is in a chart",
            Self::ChartSearch => "search the text of all charts",
            Self::ChartPrint => "print a chart",
            Self::ChartBreakGlass => "open a chart in an emergency",
            Self::ChartRestrict => "restrict a chart",
            Self::DocumentUpload => "upload a document",
            Self::DocumentIndex => "file an uploaded document",
            Self::DocumentWrite => "write a document",
            Self::DocumentSign => "sign",
            Self::DocumentCosign => "co-sign",
            Self::AmendmentRequest => "work on requests to amend the record",
            Self::DictationDictate => "dictate",
            Self::DictationType => "type dictations",
            Self::DictationAssign => "assign dictations",
            Self::DictationReview => "review what was typed",
            Self::CodingRead => "see what encounters are coded as",
            Self::CodingWork => "change codes",
            Self::CodingFinalize => "close a code set",
            Self::CodingReopen => "open a closed code set again",
            Self::CodingLearn => "look after suggested codes",
            Self::CodingPrice => "see what is paid",
            Self::ClaimRead => "see claims and what was paid on them",
            Self::ClaimWrite => "write claims",
            Self::RemittancePost => "post remittances",
            Self::BillingConfigure => "change who bills",
            Self::CodingAudit => "code sampled encounters again",
            Self::CodingAuditRead => "see audit samples",
            Self::CodingSample => "draw audit samples",
            Self::CodingReview => "review finished codes",
            Self::CodingShadow => "test coding by the program alone",
            Self::QueueWork => "work at a queue",
            Self::QueueAssign => "give out work",
            Self::QueryRead => "see queries and documentation alerts",
            Self::QueryWrite => "put queries to practitioners",
            Self::QueryAnswer => "answer queries",
            Self::LetterIssue => "send letters on incomplete records",
            Self::SuspensionManage => "change the suspension list",
            Self::BoardRead => "see the department's board",
            Self::DeficiencyRead => "see what records lack",
            Self::DeficiencyWork => "work on what a record lacks",
            Self::DeficiencyWaive => "let a deficiency go",
            Self::PolicyConfigure => "change what records must hold",
            Self::InterfaceRead => "see interface messages",
            Self::InterfaceMend => "mend interface messages",
            Self::AuditRead => "read the audit log",
            Self::UserManage => "manage accounts",
            Self::FhirRead => "read over FHIR",
            Self::MetricsRead => "read the program's figures",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct RoleLine {
    role: Role,
    title: String,
    work: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Grant {
    role: Role,
    permission: Permission,
    scope: Scope,
}

/// What every role may do, opened from two tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    roles: Vec<RoleLine>,
    grants: Vec<Grant>,
}

impl Grants {
    /// The grants that ship with the product.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads the two tables of `data/access/`.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn read(roles: &str, permissions: &str) -> Result<Self, AccessTableError> {
        let roles = rows::<3>(roles).map(role_line).collect::<Result<_, _>>()?;
        let grants = rows::<4>(permissions).map(grant).collect::<Result<_, _>>()?;
        Ok(Self { roles, grants })
    }

    /// The widest scope for which any of the roles worn has the permission; `None` where none has it.
    #[must_use]
    pub fn permits(&self, worn: &[Role], permission: Permission) -> Option<Scope> {
        self.granting(permission).filter(|grant| worn.contains(&grant.role)).map(|grant| grant.scope).max()
    }

    /// The roles that have the permission, in the order of the table.
    #[must_use]
    pub fn holders(&self, permission: Permission) -> Vec<Role> {
        let mut roles: Vec<Role> = self.granting(permission).map(|grant| grant.role).collect();
        roles.sort_unstable();
        roles
    }

    fn granting(&self, permission: Permission) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.permission == permission)
    }

    fn about(&self, role: Role) -> &RoleLine {
        self.roles.iter().find(|line| line.role == role).expect("a test holds the table against the enum")
    }
}

/// Whether one of the roles worn has the permission, by the shipped table, and for whom.
#[must_use]
pub fn permits(worn: &[Role], permission: Permission) -> Option<Scope> {
    SHIPPED.permits(worn, permission)
}

/// A data line with its number, cut at tabs.
type Row<'a, const N: usize> = Result<(usize, [&'a str; N]), AccessTableError>;

fn rows<const N: usize>(text: &str) -> impl Iterator<Item = Row<'_, N>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(|(at, line)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cells = cells.try_into().map_err(|_| AccessTableError::Columns { line: at + 1, expected: N })?;
        Ok((at + 1, cells))
    })
}

fn role_line(row: Row<'_, 3>) -> Result<RoleLine, AccessTableError> {
    let (line, [key, title, work]) = row?;
    Ok(RoleLine { role: word(line, key)?, title: title.into(), work: work.into() })
}

fn grant(row: Row<'_, 4>) -> Result<Grant, AccessTableError> {
    let (line, [role, permission, scope, _source]) = row?;
    Ok(Grant { role: word(line, role)?, permission: word(line, permission)?, scope: word(line, scope)? })
}

fn word<T: FromStr<Err = UnknownKey>>(line: usize, text: &str) -> Result<T, AccessTableError> {
    text.parse().map_err(|UnknownKey { word, expected }| AccessTableError::Unknown { line, word, expected })
}
