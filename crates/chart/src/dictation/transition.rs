//! The verbs of a dictation.

use jiff::tz::TimeZone;

use super::{Dictation, DictationState as State, Errors, LineCount, Priority, Score, work_types};
use crate::clock::{Basis, Clock};
use crate::id::DocumentId;
use crate::machine::{Actor, InvalidTransition, Stamp, reason};

type Next = Result<Dictation, InvalidTransition>;

impl Dictation {
    /// Somebody is to type it. Work that somebody has begun is handed over with what is typed.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is typed, signed or cancelled.
    pub fn assign(self, stamp: Stamp, to: Actor) -> Next {
        match self.state {
            State::Dictated | State::Assigned { .. } | State::InProgress { .. } | State::SentBack { .. } => {}
            _ => return Err(self.cannot("assign")),
        }
        let note = format!("to {}", to.name);
        self.into("assign", stamp, &note, State::Assigned { to })
    }

    /// Somebody begins to type. What is assigned to another is not taken.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not waiting to be typed, or assigned to another.
    pub fn start(self, stamp: Stamp) -> Next {
        match &self.state {
            State::Dictated | State::SentBack { .. } => {}
            State::Assigned { to } if to == &stamp.by => {}
            State::Assigned { .. } => {
                return Err(InvalidTransition::Rule(
                    "it is assigned to somebody else: ask to have it assigned to you",
                ));
            }
            _ => return Err(self.cannot("start")),
        }
        let next = State::InProgress { by: stamp.clone() };
        self.into("start", stamp, "", next)
    }

    /// What is typed so far is kept.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not in progress, or in another's hands.
    pub fn save(mut self, stamp: Stamp, text: &str) -> Next {
        let next = self.own_work(&stamp, "save")?;
        text.clone_into(&mut self.text);
        self.into("save", stamp, "", next)
    }

    /// The text is typed, blanks marked.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not in progress or in another's hands, or without text.
    pub fn finish(mut self, stamp: Stamp, text: &str) -> Next {
        self.own_work(&stamp, "finish")?;
        self.text = reason(text, "type the text first; an empty one is not given on")?.to_owned();
        self.typist = Some(stamp.by.clone());
        let note = format!("{} lines, {} blanks", self.lines(), self.blanks());
        let next = State::Typed { by: stamp.clone() };
        self.into("finish", stamp, &note, next)
    }

    /// Somebody else compared it with the voice, counted the errors, and put them right in `text`.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not typed, when the typist would review it, or without text.
    pub fn review(mut self, stamp: Stamp, text: &str, errors: Errors) -> Next {
        let State::Typed { by } = &self.state else { return Err(self.cannot("review")) };
        if by.by.is_same_person(&stamp.by) {
            return Err(InvalidTransition::Rule("who typed it cannot review it: ask somebody else"));
        }
        // The score is of what the typist gave, not of what the review made of it.
        self.score = Some(Score { errors, lines: LineCount::of(&self.text) });
        self.text = reason(text, "the reviewed text is empty: keep what was typed")?.to_owned();
        let note = format!("critical {}, major {}, minor {}", errors.critical, errors.major, errors.minor);
        let next = State::Reviewed { by: stamp.clone() };
        self.into("review", stamp, &note, next)
    }

    /// The text goes to its author, reviewed or not; the turnaround ends.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is neither typed nor reviewed.
    pub fn give_to_author(mut self, stamp: Stamp) -> Next {
        let (State::Typed { .. } | State::Reviewed { .. }) = self.state else {
            return Err(self.cannot("give to author"));
        };
        self.available = self.available.or(Some(stamp.at));
        let next = State::WithAuthor { by: stamp.clone() };
        self.into("give to author", stamp, "", next)
    }

    /// It is to be listened to again.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is not typed or signed already, or without a reason.
    pub fn send_back(self, stamp: Stamp, why: &str) -> Next {
        let (State::Typed { .. } | State::Reviewed { .. } | State::WithAuthor { .. }) = self.state else {
            return Err(self.cannot("send back"));
        };
        let why = reason(why, "say what is to be listened to again")?.to_owned();
        let next = State::SentBack { by: stamp.clone(), reason: why.clone() };
        self.into("send back", stamp, &why, next)
    }

    /// The author signs the text, with what they changed in it.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the author does not have it, when another signs, or when a blank is left.
    pub fn sign(mut self, stamp: Stamp, text: &str, document: DocumentId) -> Next {
        let State::WithAuthor { .. } = self.state else { return Err(self.cannot("sign")) };
        if self.author_account.user.is_some() && !self.author_account.is_same_person(&stamp.by) {
            return Err(InvalidTransition::Rule("only who dictated it signs it as author"));
        }
        self.text = reason(text, "the text is empty: there is nothing to sign")?.to_owned();
        if self.blanks() > 0 {
            return Err(InvalidTransition::Rule("fill every blank (____) or send it back, then sign"));
        }
        let next = State::Signed { by: stamp.clone(), document };
        self.into("sign", stamp, "", next)
    }

    /// It will not be typed.
    ///
    /// # Errors
    /// [`InvalidTransition`] when it is signed or cancelled, or without a reason.
    pub fn cancel(self, stamp: Stamp, why: &str) -> Next {
        if let State::Signed { .. } | State::Cancelled { .. } = self.state {
            return Err(self.cannot("cancel"));
        }
        let why = reason(why, "say why it is not to be typed")?.to_owned();
        let next = State::Cancelled { by: stamp.clone(), reason: why.clone() };
        self.into("cancel", stamp, &why, next)
    }

    /// It is wanted sooner, or later. The clock still counts from the end of the dictation.
    ///
    /// # Errors
    /// [`InvalidTransition`] when the author has had it, or it is cancelled; or when nothing would change.
    pub fn prioritise(mut self, stamp: Stamp, priority: Priority, zone: &TimeZone) -> Next {
        if self.available.is_some() || matches!(self.state, State::Cancelled { .. }) {
            return Err(self.cannot("prioritise"));
        }
        if self.priority == priority {
            return Err(InvalidTransition::Rule("it has this priority already"));
        }
        let span = work_types().by_key(&self.work_type).map_or(self.clock.span, |kind| kind.within(priority));
        self.clock = Clock::running(Basis::Receipt, span, self.dictated, zone);
        self.priority = priority;
        let next = self.state.clone();
        self.into("prioritise", stamp, priority.key(), next)
    }

    fn own_work(&self, stamp: &Stamp, verb: &'static str) -> Result<State, InvalidTransition> {
        match &self.state {
            State::InProgress { by } if by.by == stamp.by => Ok(self.state.clone()),
            State::InProgress { .. } => {
                Err(InvalidTransition::Rule("somebody else types it: ask to have it assigned to you"))
            }
            _ => Err(self.cannot(verb)),
        }
    }

    const fn cannot(&self, verb: &'static str) -> InvalidTransition {
        InvalidTransition::State { thing: "dictation", state: self.state.key(), verb }
    }

    fn into(mut self, verb: &str, stamp: Stamp, note: &str, next: State) -> Next {
        self.history.add(verb, stamp, note)?;
        self.state = next;
        self.version += 1;
        Ok(self)
    }
}
