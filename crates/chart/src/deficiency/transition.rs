//! The verbs of a deficiency. Each consumes it and gives it back in its next state.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Deficiency, Done, Responsible, State};
use crate::machine::{InvalidTransition, Stamp, reason};

type Next = Result<Deficiency, InvalidTransition>;

impl Deficiency {
    /// What was predicted is owed now. `basis` is what its clock counts from; a clock that runs already keeps its start.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not predicted.
    pub fn fall_due(mut self, stamp: Stamp, basis: Timestamp, zone: &TimeZone) -> Next {
        let State::Predicted { .. } = self.state else { return Err(self.cannot("fall due")) };
        if self.clock.started().is_none() {
            self.clock = crate::clock::Clock::running(self.clock.basis, self.clock.span, basis, zone);
        }
        self.chain.arm(basis, zone);
        let next = State::Open { since: stamp.at };
        self.into("fall due", stamp, "", next)
    }

    /// Somebody begins to work on it.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not open.
    pub fn claim(self, stamp: Stamp) -> Next {
        let State::Open { .. } = self.state else { return Err(self.cannot("claim")) };
        let next = State::Claimed { by: stamp.clone() };
        self.into("claim", stamp, "", next)
    }

    /// Who claimed it lets it go again.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not claimed.
    pub fn release(self, stamp: Stamp) -> Next {
        let State::Claimed { .. } = self.state else { return Err(self.cannot("release")) };
        let next = State::Open { since: stamp.at };
        self.into("release", stamp, "", next)
    }

    /// The step whose turn it is has been done, as `evidence` shows. The next step is armed; after the last one the
    /// deficiency is completed.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is neither open nor claimed.
    pub fn complete(mut self, stamp: Stamp, evidence: &str, zone: &TimeZone) -> Next {
        if !self.is_owed() {
            return Err(self.cannot("complete"));
        }
        let evidence =
            reason(evidence, "say what shows that the step is done: the document or the dictation")?;
        let done = Done { stamp: stamp.clone(), evidence: evidence.to_owned() };
        let step = self.chain.current().kind;
        let next = match self.chain.finish(done, zone)? {
            true => State::Completed { by: stamp.clone() },
            false => State::Open { since: stamp.at },
        };
        let note = format!("{step}: {evidence}");
        self.into("complete", stamp, &note, next)
    }

    /// Looked at again and found in order.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not completed.
    pub fn verify(self, stamp: Stamp) -> Next {
        let State::Completed { .. } = self.state else { return Err(self.cannot("verify")) };
        let next = State::Verified { by: stamp.clone() };
        self.into("verify", stamp, "", next)
    }

    /// The department lets it go, for a reason.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is neither open nor claimed, or without a reason.
    pub fn waive(self, stamp: Stamp, why: &str) -> Next {
        if !self.is_owed() {
            return Err(self.cannot("waive"));
        }
        let why = reason(why, "a deficiency is waived for a reason: say which")?.to_owned();
        let next = State::Waived { by: stamp.clone(), reason: why.clone() };
        self.into("waive", stamp, &why, next)
    }

    /// The provider says that it is not theirs, or not needed.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is neither open nor claimed, or without a reason.
    pub fn decline(self, stamp: Stamp, why: &str) -> Next {
        if !self.is_owed() {
            return Err(self.cannot("decline"));
        }
        let why = reason(why, "a deficiency is declined for a reason: say which")?.to_owned();
        let next = State::Declined { by: stamp.clone(), reason: why.clone() };
        self.into("decline", stamp, &why, next)
    }

    /// The review finds that the provider is right: it is waived for the provider's reason.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not declined, or when who declined would review it.
    pub fn accept_decline(self, stamp: Stamp) -> Next {
        let State::Declined { by, reason } = &self.state else { return Err(self.cannot("accept")) };
        let why = reason.clone();
        another_reviews(by, &stamp)?;
        let next = State::Waived { by: stamp.clone(), reason: why.clone() };
        self.into("accept", stamp, &why, next)
    }

    /// The review finds that it is owed all the same.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not declined, when who declined would review it, or without a reason.
    pub fn refuse_decline(self, stamp: Stamp, why: &str) -> Next {
        let State::Declined { by, .. } = &self.state else { return Err(self.cannot("refuse")) };
        another_reviews(by, &stamp)?;
        let why = reason(why, "say to the provider why it is owed all the same")?.to_owned();
        let next = State::Open { since: stamp.at };
        self.into("refuse", stamp, &why, next)
    }

    /// Another owes it from now on. The clocks stay as they are.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is neither predicted nor owed, or without a reason.
    pub fn reassign(mut self, stamp: Stamp, to: &Responsible, why: &str) -> Next {
        let next = match self.state {
            State::Predicted { since } => State::Predicted { since },
            State::Open { since } => State::Open { since },
            State::Claimed { .. } => State::Open { since: stamp.at },
            _ => return Err(self.cannot("reassign")),
        };
        let why = reason(why, "say why another is responsible from now on")?;
        let note = format!("from {} to {}: {why}", self.responsible().name.name, to.name.name);
        self.chain.reassign(to);
        self.into("reassign", stamp, &note, next)
    }

    /// The record shows that it is no longer lacking.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is settled, or without evidence.
    pub fn clear(self, stamp: Stamp, evidence: &str) -> Next {
        if self.state.is_settled() {
            return Err(self.cannot("clear"));
        }
        let evidence = reason(evidence, "say what in the record shows that nothing is lacking")?.to_owned();
        let next = State::Cleared { by: stamp.clone(), evidence: evidence.clone() };
        self.into("clear", stamp, &evidence, next)
    }

    /// The rule no longer applies.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is settled, or without a reason.
    pub fn withdraw(self, stamp: Stamp, why: &str) -> Next {
        if self.state.is_settled() {
            return Err(self.cannot("withdraw"));
        }
        let why = reason(why, "say why the rule no longer applies")?.to_owned();
        let next = State::Withdrawn { by: stamp.clone(), reason: why.clone() };
        self.into("withdraw", stamp, &why, next)
    }

    /// It is lacking after all: the second look found so, the evidence is gone, the rule applies again. Its clock goes on
    /// from where it began; where it never began, it begins at `basis`.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is neither completed nor settled, or without a reason.
    pub fn reopen(mut self, stamp: Stamp, why: &str, basis: Timestamp, zone: &TimeZone) -> Next {
        if !matches!(self.state, State::Completed { .. }) && !self.state.is_settled() {
            return Err(self.cannot("reopen"));
        }
        let why = reason(why, "say what is still lacking")?.to_owned();
        if self.clock.started().is_none() {
            self.clock = crate::clock::Clock::running(self.clock.basis, self.clock.span, basis, zone);
        }
        self.chain.reopen();
        self.chain.arm(basis, zone);
        let next = State::Open { since: stamp.at };
        self.into("reopen", stamp, &why, next)
    }

    fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "deficiency", state: self.state.key().key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: State) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}

fn another_reviews(declined: &Stamp, stamp: &Stamp) -> Result<(), InvalidTransition> {
    if declined.by.is_same_person(&stamp.by) {
        return Err(InvalidTransition::Rule("who declined it cannot review it: ask somebody else"));
    }
    Ok(())
}
