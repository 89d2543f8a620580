//! What every command that works on the record needs: the database, the clock, the runtime.

use std::error::Error;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::Store;
use workflow::{Context, Who};

/// The database and the hospital's clock.
#[derive(Debug, Clone, Args)]
pub(crate) struct Database {
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long = "database", env = "CHARTROOM_DATABASE", value_name = "URL")]
    pub(crate) url: String,
    /// The hospital's time zone, for times that name none: a POSIX rule such as EST5EDT,M3.2.0,M11.1.0
    #[arg(long = "time-zone", env = "CHARTROOM_TIME_ZONE", default_value = "UTC0", value_name = "RULE", value_parser = zone)]
    pub(crate) time_zone: TimeZone,
}

impl Database {
    /// Opens the database and brings its schema up to this program.
    pub(crate) async fn open(&self) -> Result<Store, Box<dyn Error>> {
        let store = Store::open(&self.url).await?;
        store.migrate().await?;
        Ok(store)
    }
}

fn zone(rule: &str) -> Result<TimeZone, String> {
    TimeZone::posix(rule).map_err(|error| error.to_string())
}

/// A context of a part of the program, now.
pub(crate) fn context(part: &'static str) -> Context {
    Context::new(now(), Who::System(part), rand::random())
}

/// The clock of the program's outermost layer.
#[expect(clippy::disallowed_methods, reason = "the binary is where time comes in")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The runtime for commands that talk to the database.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, std::io::Error> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
