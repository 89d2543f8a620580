//! What all requests share: the record, the templates, the clock and the source of chance.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use store::Store;
use workflow::coding::Books;
use workflow::{Context, Who};

use crate::clock::Clock;
use crate::config::Config;
use crate::oidc::Outside;
use crate::serve::CaseWork;
use crate::show::Show;
use crate::templates::{TemplateError, Templates};

/// What all requests share. It holds no state of its own: several of them may serve one record.
pub(crate) struct House {
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) templates: Templates,
    pub(crate) outside: Option<Outside>,
    /// The coder's books, set once before the house is served.
    pub(crate) books: OnceLock<Arc<Books>>,
    /// How cases are worked on without a record, set likewise.
    pub(crate) cases: OnceLock<CaseWork>,
    clock: Clock,
}

impl House {
    /// A house over this record.
    pub(crate) fn new(config: Config, store: Store, clock: Clock) -> Result<Self, TemplateError> {
        let outside = config.oidc.clone().map(|oidc| Outside::new(oidc, &config.public_url));
        Ok(Self {
            config,
            store,
            templates: Templates::open()?,
            outside,
            books: OnceLock::new(),
            cases: OnceLock::new(),
            clock,
        })
    }

    /// Now.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Dates and times as this facility writes them.
    pub(crate) fn show(&self) -> Show {
        Show { zone: self.config.zone.clone(), now: self.now() }
    }

    /// A context for a use case of `who`.
    pub(crate) fn context(&self, who: Who) -> Context {
        self.clock.context(who)
    }
}
