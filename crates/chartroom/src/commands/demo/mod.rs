//! `chartroom demo`: a hospital of invented people, served with ready sign-ins.

mod audited;
mod billed;
mod cases;
mod clarified;
mod coded;
mod desk;
mod dictated;
mod front_desk;
mod letters;
mod seed;
mod summary;

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use chart::access::Role;
use clap::{Args, Subcommand};
use server::{Config, Demo};
use store::Store;
use workflow::coding::Books;

use super::serve::{House, run};
use super::{Done, Office};
use crate::record::{context, runtime};
use crate::{Common, held};
use hospital::{Staff, zone};

/// Serve a hospital of invented people, with a ready sign-in for each role
///
/// Harbor Bend Community Hospital: charts written by hand and some hundred more, over all settings, with results,
/// duplicates, messages that failed, papers to file and restricted charts. Without --database it lives in a temporary
/// folder and is gone when the program ends.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  chartroom demo\n  chartroom demo --listen 0.0.0.0:8080 --database sqlite:demo.db\n  \
                  chartroom demo cases --only stroke --full"
)]
pub(crate) struct DemoArgs {
    #[command(subcommand)]
    part: Option<Part>,
    /// Where pages are served; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Where HL7 messages are taken
    #[arg(long, default_value = "127.0.0.1:2575", value_name = "ADDRESS")]
    mllp: SocketAddr,
    /// Keep the hospital in this database instead of a temporary one
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// How many times as many generated encounters as usual
    #[arg(long, default_value_t = 1, value_name = "N")]
    scale: u32,
}

#[derive(Debug, Subcommand)]
enum Part {
    Cases(desk::CasesArgs),
}

/// Runs the command and says how it ended.
pub(crate) fn main(
    args: &DemoArgs,
    common: &Common,
    office: impl Fn() -> Result<Office, Box<dyn Error>>,
) -> Done {
    match &args.part {
        Some(Part::Cases(cases)) => desk::main(cases, &office()?),
        None => runtime()?.block_on(serve(args, common)),
    }
}

async fn serve(args: &DemoArgs, common: &Common) -> Done {
    let books = Books::open(held::open(common.editions.as_deref())?)?;
    let folder = Temporary::new()?;
    let url = args.database.clone().unwrap_or_else(|| folder.database());
    let store = Store::open(&url).await?;
    store.migrate().await?;
    workflow::completeness::catch_up(&store, &mut context("upgrade")).await?;
    let staff = Staff::load();
    seed::hospital(&store, &staff, args.scale).await?;
    let mut config = Config::new(args.listen, seed::FACILITY);
    config.zone = zone();
    config.demo = Some(Demo { password: seed::PASSWORD.into(), people: people(&staff) });
    let hospital = pricer::read_provider_toml("providers.toml", cases::PROVIDERS)?.pop();
    let books = match hospital {
        Some(hospital) => books.of_hospital(hospital),
        None => books,
    };
    run(House { store, config, mllp: Some(args.mllp), notice: sign_ins(&staff), books }).await?;
    Ok(ExitCode::SUCCESS)
}

/// Name and first role of everybody who signs in.
fn people(staff: &Staff) -> Vec<(String, Role)> {
    let first = |one: &hospital::SignIn| one.roles.first().and_then(|role| role.parse().ok());
    staff.sign_ins().iter().filter_map(|one| Some((one.name.clone(), first(one)?))).collect()
}

fn sign_ins(staff: &Staff) -> String {
    let mut text = format!("sign in with the password {}\n", seed::PASSWORD);
    for one in staff.sign_ins() {
        text += &format!("  {:<18}{:<20}{}\n", one.name, one.person, one.roles.join(", "));
    }
    text
}

/// A folder that is gone when the program ends.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("chartroom-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.0.join("demo.db").display())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It holds invented people only; the system empties its temporary folder if this fails.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
