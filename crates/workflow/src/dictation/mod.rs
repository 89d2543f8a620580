//! Dictation and transcription: from the voice to the signed text.

mod audio;
mod desk;
mod sign;

use chart::access::Permission;
use chart::dictation::{Audio, Dictation, Errors, Priority, Received};
use chart::id::{DictationId, EncounterId, UserId};
use chart::intake::Original;
use chart::machine::{Actor, Stamp};
use jiff::tz::TimeZone;
use serde_json::json;
use store::access::accounts;
use store::{Reader, Store, dictations};

pub use desk::{Desk, DictationRead, Typist, desk, read, voice};
pub use sign::sign;

use crate::signing::me;
use crate::{Context, Error, Result, gate};

/// What somebody dictates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictate {
    /// In which encounter.
    pub encounter: EncounterId,
    /// Its work type.
    pub work_type: String,
    /// How soon it is wanted.
    pub priority: Priority,
    /// What is said about it for the typist.
    pub remark: String,
    /// The voice: the bytes of a sound file.
    pub voice: Vec<u8>,
    /// How long it is, in seconds, as the recorder says; 0 where it does not.
    pub seconds: u32,
}

/// Takes a dictation; its turnaround begins now.
///
/// # Errors
/// [`Error::Refused`] when the file is no sound, or the work type is none of the list.
pub async fn dictate(
    store: &Store,
    context: &mut Context,
    dictate: Dictate,
    zone: &TimeZone,
) -> Result<DictationId> {
    let mut tx = store.begin().await?;
    let encounter = store::encounters::get(&mut tx, dictate.encounter).await?;
    let patient = gate::open(&mut tx, context, encounter.patient, Permission::DictationDictate).await?;
    let me = me(&mut tx, context).await?;
    let media_type = audio::media_type(&dictate.voice)?;
    let original = Original { media_type: media_type.into(), bytes: dictate.voice };
    let digests = store::originals::put(&mut tx, &[&original]).await?;
    let voice = Audio { digest: digests[0], media_type: media_type.into(), seconds: dictate.seconds };
    let received = Received {
        patient: patient.id,
        encounter: dictate.encounter,
        work_type: dictate.work_type,
        author: chart::deficiency::Responsible { name: me.named.clone(), party: me.party },
        author_account: me.actor.clone(),
        audio: Some(voice),
        priority: dictate.priority,
        remark: dictate.remark.trim().to_owned(),
        dictated: context.at,
    };
    let id = context.id(DictationId::from_bits);
    let dictation = Dictation::receive(id, received, me.stamp(context), zone)?;
    dictations::insert(&mut tx, &dictation).await?;
    let event = context.event("dictation-dictate").patient(patient.id).object("dictation", id);
    tx.commit(event.detail(json!({ "type": dictation.work_type, "priority": dictation.priority }))).await?;
    Ok(id)
}

/// What is done with a dictation on its way to the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// This account is to type it.
    Assign(UserId),
    /// It comes first, or in its turn.
    Prioritise(Priority),
    /// Somebody begins to type.
    Start,
    /// What is typed so far.
    Save(String),
    /// The text is typed.
    Finish(String),
    /// Compared with the voice: the text as it should be, and the errors found.
    Review(String, Errors),
    /// The text goes to its author.
    GiveToAuthor,
    /// To be listened to again, for this reason.
    SendBack(String),
    /// It will not be typed, for this reason.
    Cancel(String),
}

impl Act {
    /// The permission it takes; the author may send back and cancel what is theirs.
    const fn permission(&self, is_author: bool) -> Permission {
        match self {
            Self::Assign(_) | Self::Prioritise(_) => Permission::DictationAssign,
            Self::Review(..) => Permission::DictationReview,
            Self::SendBack(_) | Self::Cancel(_) if is_author => Permission::DictationDictate,
            Self::Cancel(_) => Permission::DictationAssign,
            Self::Start | Self::Save(_) | Self::Finish(_) | Self::GiveToAuthor | Self::SendBack(_) => {
                Permission::DictationType
            }
        }
    }

    const fn action(&self) -> &'static str {
        match self {
            Self::Assign(_) => "dictation-assign",
            Self::Prioritise(_) => "dictation-prioritise",
            Self::Start => "dictation-start",
            Self::Save(_) => "dictation-save",
            Self::Finish(_) => "dictation-finish",
            Self::Review(..) => "dictation-review",
            Self::GiveToAuthor => "dictation-give",
            Self::SendBack(_) => "dictation-send-back",
            Self::Cancel(_) => "dictation-cancel",
        }
    }
}

/// Takes a dictation one step further; `version` is the one it was read in.
///
/// # Errors
/// [`Error::Refused`] when its state does not allow it, or somebody was faster.
pub async fn act(
    store: &Store,
    context: &Context,
    (id, version): (DictationId, i64),
    act: Act,
    zone: &TimeZone,
) -> Result<Dictation> {
    let mut tx = store.begin().await?;
    let dictation = dictations::get(&mut tx, id).await?;
    let permission = act.permission(is_author(context, &dictation));
    let patient = gate::open(&mut tx, context, dictation.patient, permission).await?;
    if dictation.version != version {
        return Err(Error::refused("somebody worked on the dictation after you opened it: read it again"));
    }
    let stamp = me(&mut tx, context).await?.stamp(context);
    let action = act.action();
    let next = apply(&mut tx, dictation, act, stamp, zone).await?;
    dictations::update(&mut tx, &next).await?;
    let event = context.event(action).patient(patient.id).object("dictation", id);
    let measures =
        json!({ "state": next.state.key(), "lines": next.lines().to_string(), "blanks": next.blanks() });
    tx.commit(event.detail(measures)).await?;
    Ok(next)
}

async fn apply(
    reader: &mut Reader,
    dictation: Dictation,
    act: Act,
    stamp: Stamp,
    zone: &TimeZone,
) -> Result<Dictation> {
    let next = match act {
        Act::Assign(to) => dictation.assign(stamp, typist(reader, to).await?),
        Act::Prioritise(priority) => dictation.prioritise(stamp, priority, zone),
        Act::Start => dictation.start(stamp),
        Act::Save(text) => dictation.save(stamp, &text),
        Act::Finish(text) => dictation.finish(stamp, &text),
        Act::Review(text, errors) => dictation.review(stamp, &text, errors),
        Act::GiveToAuthor => dictation.give_to_author(stamp),
        Act::SendBack(why) => dictation.send_back(stamp, &why),
        Act::Cancel(why) => dictation.cancel(stamp, &why),
    };
    Ok(next?)
}

/// An account that may type.
async fn typist(reader: &mut Reader, user: UserId) -> Result<Actor> {
    let account = accounts::by_id(reader, user).await?.filter(|account| account.active);
    let account = account.ok_or_else(|| Error::refused("the account is closed: choose somebody else"))?;
    let may = chart::access::permits(&crate::access::roles(&account), Permission::DictationType);
    match may {
        Some(_) => Ok(Actor::person(user, account.name)),
        None => {
            Err(Error::refused(format!("{} holds no role that types: choose somebody else", account.name)))
        }
    }
}

/// Whether the dictation is that of who acts.
fn is_author(context: &Context, dictation: &Dictation) -> bool {
    context.user().is_some() && dictation.author_account.user == context.user()
}
