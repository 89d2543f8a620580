//! What can be done with an encounter of a sample, and by whom.

use super::{Audited, AuditedCase, CaseState, Coded, Finding, Opinion, Said, compare};
use crate::coding::{Change, Codes};
use crate::id::{AuditedCaseId, EncounterId, PatientId, SampleId};
use crate::machine::{Actor, History, InvalidTransition, Stamp, reason};

type Next = Result<AuditedCase, InvalidTransition>;

const NOT_THE_AUDITOR: InvalidTransition =
    InvalidTransition::Rule("another auditor codes this encounter again: it is theirs to do");
const INCOMPLETE: InvalidTransition =
    InvalidTransition::Rule("say something of every difference that is listed: read it again");

impl AuditedCase {
    /// An encounter as it is drawn.
    #[must_use]
    pub fn drawn(
        id: AuditedCaseId,
        (sample, place): (SampleId, u32),
        (patient, encounter): (PatientId, EncounterId),
        coded: Coded,
        stamp: Stamp,
    ) -> Self {
        let history = History::begin("draw", stamp, "");
        Self { id, version: 1, sample, place, patient, encounter, coded, state: CaseState::Drawn, history }
    }

    /// Somebody begins to code it again, blind.
    ///
    /// # Errors
    /// When somebody has begun, or the person worked on the codes that are audited.
    pub fn begin(self, stamp: Stamp) -> Next {
        let CaseState::Drawn = self.state else { return Err(self.cannot("begin")) };
        let worked = |actor: &Actor| actor.user.is_some_and(|user| self.coded.worked.contains(&user));
        if worked(&stamp.by) || stamp.by.is_same_person(&self.coded.coder) {
            return Err(InvalidTransition::Rule(
                "you worked on these codes yourself: somebody else codes them again, where need be an auditor from \
                 outside with an account that ends on a day",
            ));
        }
        let next = CaseState::Coding { auditor: stamp.by.clone(), codes: Codes::default() };
        self.into("begin", stamp, "", next)
    }

    /// Changes the auditor's codes.
    ///
    /// # Errors
    /// When it is not being coded by this person, or the change does not fit.
    pub fn change(self, stamp: Stamp, change: &Change) -> Next {
        let (auditor, mut codes) = self.coding("change")?;
        if !stamp.by.is_same_person(&auditor) {
            return Err(NOT_THE_AUDITOR);
        }
        let what = change.apply(&mut codes)?;
        self.into("change", stamp, &what, CaseState::Coding { auditor, codes })
    }

    /// It is given back, to be begun by another. What was coded is lost.
    ///
    /// # Errors
    /// When it is not being coded.
    pub fn give_back(self, stamp: Stamp) -> Next {
        let (auditor, _) = self.coding("give back")?;
        self.into("give back", stamp, &auditor.name, CaseState::Drawn)
    }

    /// The auditor's codes are finished and come to this DRG: both lists are compared. Where nothing differs it is
    /// settled.
    ///
    /// # Errors
    /// When it is not being coded by this person, or nothing is coded.
    pub fn finish(self, stamp: Stamp, drg: Option<u16>) -> Next {
        let (auditor, codes) = self.coding("finish")?;
        if !stamp.by.is_same_person(&auditor) {
            return Err(NOT_THE_AUDITOR);
        }
        if codes.diagnoses.is_empty() {
            return Err(InvalidTransition::Rule("there is no principal diagnosis yet: code it first"));
        }
        let findings = compare((&self.coded.codes, self.coded.drg), (&codes, drg));
        let audited = Audited { auditor, codes, drg, findings };
        let note = counted(&audited.findings);
        self.onward("finish", stamp, &note, audited, CaseState::Comparing)
    }

    /// The auditor says of every difference, in order, whether it is an error, and why. Errors go to the coder.
    ///
    /// # Errors
    /// When it is not compared by this person, or a difference has no reason.
    pub fn report(self, stamp: Stamp, said: &[Said]) -> Next {
        let CaseState::Comparing(audited) = &self.state else { return Err(self.cannot("report")) };
        if !stamp.by.is_same_person(&audited.auditor) {
            return Err(NOT_THE_AUDITOR);
        }
        let mut audited = audited.clone();
        let all: Vec<&mut Finding> = audited.findings.iter_mut().collect();
        for (finding, opinion) in opinions(all, said, &stamp, |_| true)? {
            finding.judged = Some(opinion);
        }
        let note = counted(&audited.findings);
        self.onward("report", stamp, &note, audited, CaseState::Answering)
    }

    /// The coder accepts or rebuts every error, in order; a rebuttal has its reason.
    ///
    /// # Errors
    /// When it is not with this coder, or a rebuttal has no reason.
    pub fn answer(self, stamp: Stamp, said: &[Said]) -> Next {
        let CaseState::Answering(audited) = &self.state else { return Err(self.cannot("answer")) };
        if !stamp.by.is_same_person(&self.coded.coder) {
            return Err(InvalidTransition::Rule("only the coder whose codes were audited answers"));
        }
        let mut audited = audited.clone();
        let errors: Vec<&mut Finding> = audited.findings.iter_mut().filter(|one| one.stands()).collect();
        for (finding, opinion) in opinions(errors, said, &stamp, |said| !said.is_error)? {
            finding.answered = Some(opinion);
        }
        let rebutted = audited.findings.iter().filter(|one| one.is_rebutted()).count();
        if rebutted == 0 {
            return self.settle("answer", stamp, "accepted", audited);
        }
        self.into("answer", stamp, &format!("{rebutted} rebutted"), CaseState::Deciding(audited))
    }

    /// The supervisor decides on every error that was rebutted, in order, each with a reason. It is settled.
    ///
    /// # Errors
    /// When nothing is to be decided, the person is the coder or the auditor, or a decision has no reason.
    pub fn decide(self, stamp: Stamp, said: &[Said]) -> Next {
        let CaseState::Deciding(audited) = &self.state else { return Err(self.cannot("decide")) };
        self.must_be_a_third(&stamp, audited)?;
        let mut audited = audited.clone();
        let rebutted: Vec<&mut Finding> =
            audited.findings.iter_mut().filter(|one| one.is_rebutted()).collect();
        for (finding, opinion) in opinions(rebutted, said, &stamp, |_| true)? {
            finding.decided = Some(opinion);
        }
        let note = counted(&audited.findings);
        self.settle("decide", stamp, &note, audited)
    }

    /// The supervisor settles it as the auditor reported it, because the coder does not answer.
    ///
    /// # Errors
    /// When it is not with the coder, the person is the coder or the auditor, or without a reason.
    pub fn settle_unanswered(self, stamp: Stamp, why: &str) -> Next {
        let CaseState::Answering(audited) = &self.state else { return Err(self.cannot("settle")) };
        self.must_be_a_third(&stamp, audited)?;
        let why = reason(why, "say why it is settled without the coder's answer")?.to_owned();
        let audited = audited.clone();
        self.settle("settle", stamp, &why, audited)
    }

    fn must_be_a_third(&self, stamp: &Stamp, audited: &Audited) -> Result<(), InvalidTransition> {
        let is_party =
            stamp.by.is_same_person(&self.coded.coder) || stamp.by.is_same_person(&audited.auditor);
        if is_party {
            return Err(InvalidTransition::Rule(
                "the coder and the auditor do not decide between themselves: somebody else does",
            ));
        }
        Ok(())
    }

    fn coding(&self, verb: &'static str) -> Result<(Actor, Codes), InvalidTransition> {
        match &self.state {
            CaseState::Coding { auditor, codes } => Ok((auditor.clone(), codes.clone())),
            _ => Err(self.cannot(verb)),
        }
    }

    /// On to the next state, or settled where no error stands.
    fn onward(
        self,
        verb: &str,
        stamp: Stamp,
        note: &str,
        audited: Audited,
        next: fn(Audited) -> CaseState,
    ) -> Next {
        if audited.findings.iter().any(Finding::stands) {
            return self.into(verb, stamp, note, next(audited));
        }
        self.settle(verb, stamp, note, audited)
    }

    fn settle(self, verb: &str, stamp: Stamp, note: &str, audited: Audited) -> Next {
        let at = stamp.at;
        self.into(verb, stamp, note, CaseState::Settled { at, audited })
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "audited encounter", state: self.key().key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: CaseState) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}

/// Each finding with what is said of it; `needs` a reason where it says so.
fn opinions<'a>(
    findings: Vec<&'a mut Finding>,
    said: &[Said],
    stamp: &Stamp,
    needs: impl Fn(&Said) -> bool,
) -> Result<Vec<(&'a mut Finding, Opinion)>, InvalidTransition> {
    if findings.len() != said.len() {
        return Err(INCOMPLETE);
    }
    if said.iter().any(|one| needs(one) && one.reason.trim().is_empty()) {
        return Err(InvalidTransition::Rule("every word on a difference needs its reason"));
    }
    let opinion = |one: &Said| Opinion {
        said: Said { is_error: one.is_error, reason: one.reason.trim().to_owned() },
        by: stamp.clone(),
    };
    Ok(findings.into_iter().zip(said.iter().map(opinion)).collect())
}

fn counted(findings: &[Finding]) -> String {
    match findings.iter().filter(|one| one.stands()).count() {
        0 => "nothing differs".into(),
        1 => "1 difference".into(),
        more => format!("{more} differences"),
    }
}
