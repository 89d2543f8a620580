//! The verbs of a query. Each consumes it and gives it back in its next state.

use jiff::tz::TimeZone;

use super::{Answer, Ask, Measure, Outcome, Query, Rung, State};
use crate::deficiency::Responsible;
use crate::machine::{InvalidTransition, Stamp, reason};

type Next = Result<Query, InvalidTransition>;

impl Query {
    /// The draft is written anew.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is no draft.
    pub fn revise(mut self, stamp: Stamp, ask: Ask) -> Next {
        let State::Draft { .. } = self.state else { return Err(self.cannot("revise")) };
        self.ask = ask;
        let next = State::Draft { since: stamp.at };
        self.into("revise", stamp, "", next)
    }

    /// It is put to the practitioner; its clock starts.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is no draft, or has no indicator, no question or nobody to answer it.
    pub fn issue(mut self, stamp: Stamp, zone: &TimeZone) -> Next {
        let State::Draft { .. } = self.state else { return Err(self.cannot("issue")) };
        if self.ask.indicators.is_empty() {
            return Err(InvalidTransition::Rule("a query rests on the record: quote at least one indicator"));
        }
        reason(&self.ask.question, "write the question")?;
        let to = reason(&self.ask.addressed.name.name, "say who is asked")?.to_owned();
        self.clock = crate::clock::Clock::running(self.clock.basis, self.clock.span, stamp.at, zone);
        let next = State::Issued { since: stamp.at };
        self.into("issue", stamp, &to, next)
    }

    /// The practitioner is reminded.
    ///
    /// # Errors
    /// [`InvalidTransition`] when no answer is owed, it was escalated, or the rung is no reminder or was passed.
    pub fn remind(mut self, stamp: Stamp, rung: &Rung) -> Next {
        let (State::Issued { .. } | State::Reminded { .. }) = self.state else {
            return Err(self.cannot("remind"));
        };
        self.climb(rung, Measure::Remind)?;
        let next = State::Reminded { by: stamp.clone() };
        self.into("remind", stamp, &rung.key, next)
    }

    /// Somebody above is told.
    ///
    /// # Errors
    /// [`InvalidTransition`] when no answer is owed, or the rung is no escalation or was passed.
    pub fn escalate(mut self, stamp: Stamp, rung: &Rung, to: &str) -> Next {
        if !self.is_owed() {
            return Err(self.cannot("escalate"));
        }
        let to = reason(to, "say to whom it is escalated")?;
        self.climb(rung, Measure::Escalate)?;
        let note = format!("{}: {to}", rung.key);
        let next = State::Escalated { by: stamp.clone(), rung: rung.key.clone() };
        self.into("escalate", stamp, &note, next)
    }

    /// Another is asked. State and clock stay as they are.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is answered or settled, or without a reason.
    pub fn redirect(mut self, stamp: Stamp, to: &Responsible, why: &str) -> Next {
        if !self.is_owed() && !matches!(self.state, State::Draft { .. }) {
            return Err(self.cannot("redirect"));
        }
        let why = reason(why, "say why another is asked")?;
        let note = format!("from {} to {}: {why}", self.ask.addressed.name.name, to.name.name);
        self.ask.addressed = to.clone();
        let next = self.state.clone();
        self.into("redirect", stamp, &note, next)
    }

    /// The practitioner answers.
    ///
    /// # Errors
    /// [`InvalidTransition`] when no answer is owed, when who asked would answer, or when the answer does not fit the
    /// question: no such choice, or *other* without words.
    pub fn answer(mut self, answer: Answer) -> Next {
        if !self.is_owed() {
            return Err(self.cannot("answer"));
        }
        if self.ask.author.by.is_same_person(&answer.by.by) {
            return Err(InvalidTransition::Rule("who asked cannot answer: only the practitioner can"));
        }
        answer.check(&self.ask)?;
        let (stamp, note) = (answer.by.clone(), answer.choice.clone().unwrap_or_default());
        self.answers.push(answer);
        let next = State::Answered { by: stamp.clone() };
        self.into("answer", stamp, &note, next)
    }

    /// It is settled. An answered one closes with what the answer says or with *disagreed*, which is for a person to
    /// read out of its words; an unanswered one with *no response*.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is a draft or settled, or the outcome does not fit the answer.
    pub fn close(self, stamp: Stamp, outcome: Outcome) -> Next {
        let answered = matches!(self.state, State::Answered { .. });
        if !answered && !self.is_owed() {
            return Err(self.cannot("close"));
        }
        if answered == (outcome == Outcome::NoResponse) {
            let why = if answered {
                "it was answered: close it with what the answer says"
            } else {
                "it was not answered: close it with no response, or withdraw it"
            };
            return Err(InvalidTransition::Rule(why));
        }
        self.fits(outcome)?;
        let next = State::Closed { by: stamp.clone(), outcome };
        self.into("close", stamp, outcome.key(), next)
    }

    /// It is no longer asked: the record answers it by now, or it was a mistake.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is answered or settled, or without a reason.
    pub fn withdraw(self, stamp: Stamp, why: &str) -> Next {
        if !self.is_owed() && !matches!(self.state, State::Draft { .. }) {
            return Err(self.cannot("withdraw"));
        }
        let why = reason(why, "say why it is no longer asked")?.to_owned();
        let next = State::Withdrawn { by: stamp.clone(), reason: why.clone() };
        self.into("withdraw", stamp, &why, next)
    }

    /// It is asked again, as it was: the answer left it open, or came after it was closed. Its clock goes on from when
    /// it was first issued.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is neither answered nor closed, or without a reason.
    pub fn reopen(self, stamp: Stamp, why: &str) -> Next {
        let (State::Answered { .. } | State::Closed { .. }) = self.state else {
            return Err(self.cannot("reopen"));
        };
        let why = reason(why, "say what is still open")?.to_owned();
        let next = State::Issued { since: stamp.at };
        self.into("reopen", stamp, &why, next)
    }

    /// Whether `outcome` is what the answer says.
    fn fits(&self, outcome: Outcome) -> Result<(), InvalidTransition> {
        let Some(said) = self.answer_given().map(|answer| answer.outcome(&self.ask)) else { return Ok(()) };
        let read_by_a_person = said == Outcome::Other && outcome != Outcome::NoResponse;
        match outcome == said || outcome == Outcome::NoResponse || read_by_a_person {
            true => Ok(()),
            false => Err(InvalidTransition::Rule("the choice in the answer says another outcome")),
        }
    }

    /// Takes a rung that was not taken.
    fn climb(&mut self, rung: &Rung, measure: Measure) -> Result<(), InvalidTransition> {
        let rule = InvalidTransition::Rule;
        if rung.measure != measure || rung.timing != self.ask.timing {
            return Err(rule("this rung of the ladder is not for this: take the one that was reached"));
        }
        if rung.level <= self.level {
            return Err(rule("this rung was taken before: wait for the next"));
        }
        self.level = rung.level;
        Ok(())
    }

    fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "query", state: self.state.key().key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: State) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}
