//! `chartroom serve`: the record in use.

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use bulk::{Block, Claim, JsonBlock, TextBlock, read_case};
use clap::Args;
use exchange::hl7;
use grouper::DeskScratch;
use jiff::tz::TimeZone;
use server::{CaseWork, Clock, Config, Oidc};
use store::Store;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use workflow::coding::Books;
use workflow::{completeness, jobs};

use super::Done;
use crate::record::{Database, context, runtime};
use crate::{Common, held};

/// Between two looks for work that waits, when there was none.
const REST: Duration = Duration::from_secs(2);

/// Serve the record: pages, HL7 messages and FHIR
///
/// On an empty database it prints a link that makes the first administrator; the link works once and for a day.
/// SIGTERM and Ctrl-C stop it gracefully: what was begun is finished.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom serve --database sqlite:hospital.db --facility \"Quarry Falls Hospital\"\n  \
                        chartroom serve --database postgres://chartroom@db/chartroom --listen 0.0.0.0:8080 \\\n    \
                        --public-url https://charts.example.org --mllp 0.0.0.0:2575"
)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    database: Database,
    /// Where pages are served
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Where HL7 messages are taken; nowhere if it is not said
    #[arg(long, value_name = "ADDRESS")]
    mllp: Option<SocketAddr>,
    /// Where figures for monitoring are served without signing in; nowhere if it is not said
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// The facility's name, on every page
    #[arg(long, default_value = "Chartroom", env = "CHARTROOM_FACILITY")]
    facility: String,
    /// The address people type, when a proxy stands before: `https://charts.example.org`
    #[arg(long, value_name = "URL", env = "CHARTROOM_PUBLIC_URL")]
    public_url: Option<String>,
    /// The issuer of an OpenID Connect sign-in
    #[arg(long, value_name = "URL", env = "CHARTROOM_OIDC_ISSUER", requires = "oidc_client")]
    oidc_issuer: Option<String>,
    /// Our name at the issuer
    #[arg(long, value_name = "ID", env = "CHARTROOM_OIDC_CLIENT")]
    oidc_client: Option<String>,
    /// Our secret at the issuer: give it by the environment
    #[arg(long, value_name = "SECRET", env = "CHARTROOM_OIDC_SECRET", hide_env_values = true)]
    oidc_secret: Option<String>,
}

pub(crate) fn main(args: &ServeArgs, common: &Common) -> Done {
    let books = Books::open(held::open(common.editions.as_deref())?)?;
    runtime()?.block_on(async {
        let store = args.database.open().await?;
        completeness::catch_up(&store, &mut context("upgrade")).await?;
        run(House { store, config: config(args), mllp: args.mllp, notice: String::new(), books }).await?;
        Ok(ExitCode::SUCCESS)
    })
}

fn config(args: &ServeArgs) -> Config {
    let mut config = Config::new(args.listen, &args.facility);
    config.zone = args.database.time_zone.clone();
    config.metrics = args.metrics;
    if let Some(url) = &args.public_url {
        config.public_url = url.trim_end_matches('/').to_owned();
    }
    config.oidc = args.oidc_issuer.clone().zip(args.oidc_client.clone()).map(|(issuer, client_id)| Oidc {
        name: "your organization".into(),
        issuer,
        client_id,
        client_secret: args.oidc_secret.clone(),
    });
    config
}

/// What is served.
pub(super) struct House {
    pub(super) store: Store,
    pub(super) config: Config,
    pub(super) mllp: Option<SocketAddr>,
    /// What is printed once it listens.
    pub(super) notice: String,
    /// The coder's books.
    pub(super) books: Books,
}

/// Cases over HTTP, as `chartroom group` works on them.
fn cases(books: Arc<Books>) -> CaseWork {
    Box::new(move |lines| {
        let (mut claim, mut scratch) = (Claim::default(), DeskScratch::default());
        let mut block = JsonBlock::new(&[]);
        for (number, line) in (1..).zip(lines.split(|byte| *byte == b'\n')) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let wrong = |error: &dyn std::fmt::Display| format!("line {number}: {error}");
            read_case(line, books.desk().codes(), &mut claim).map_err(|error| wrong(&error))?;
            let outcome = books.desk().process(&claim.case, &mut scratch).map_err(|error| wrong(&error))?;
            block.add(&claim.case.id, &outcome, &[], &[]);
        }
        let mut out = Vec::new();
        block.write_to(&mut out).map_err(|error| error.to_string())?;
        Ok(out)
    })
}

/// Serves until the program is told to stop.
pub(super) async fn run(house: House) -> Result<(), Box<dyn Error>> {
    server::log_to_stderr();
    let wish = Wish::listen()?;
    let stop = CancellationToken::new();
    let source = hl7::Source { name: house.config.facility.clone(), zone: house.config.zone.clone() };
    let zone = house.config.zone.clone();
    let server = server::bind(house.config, house.store.clone(), Clock::of_the_machine()).await?;
    let books = Arc::new(house.books);
    let server = server.with_cases(cases(books.clone())).with_books(books);
    println!("listening on http://{}", server.address()?);
    let mut parts = tokio::task::JoinSet::new();
    if let Some(address) = house.mllp {
        let listener =
            TcpListener::bind(address).await.map_err(|error| format!("HL7 at {address}: {error}"))?;
        println!("HL7 on {}", listener.local_addr()?);
        let listening = server::mllp::listen(
            listener,
            house.store.clone(),
            source,
            Clock::of_the_machine(),
            stop.clone(),
        );
        parts.spawn(async move { listening.await.map_err(|error| error.to_string()) });
    }
    if let Some(path) = server.first_start().await? {
        println!("make the first administrator at {path}");
    }
    print!("{}", house.notice);
    println!("ready");
    parts.spawn(work(house.store.clone(), zone, stop.clone()));
    let serving = server.serve(stop.clone());
    tokio::select! {
        served = serving => served?,
        () = wish.cancel(stop.clone()) => {}
    }
    stop.cancel();
    while let Some(part) = parts.join_next().await {
        part??;
    }
    house.store.close().await;
    Ok(())
}

/// Does the jobs that are due, until told to stop.
async fn work(store: Store, zone: TimeZone, stop: CancellationToken) -> Result<(), String> {
    let worker = format!("worker-{}", std::process::id());
    while !stop.is_cancelled() {
        let done = jobs::work(&store, &mut context("jobs"), &worker, &zone).await;
        if let Err(error) = &done {
            eprintln!("chartroom: a job could not be done: {error}");
        }
        if !matches!(done, Ok(1..)) {
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(REST) => {}
            }
        }
    }
    Ok(())
}

/// The wish of the system, or of the person at the terminal, that the program ends. It is heard from the moment this
/// value is made.
struct Wish {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Wish {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            terminate: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?,
        })
    }

    /// Cancels `stop` when asked, and never returns: the server ends by itself.
    #[cfg_attr(not(unix), expect(unused_mut, reason = "the signal is of Unix"))]
    async fn cancel(mut self, stop: CancellationToken) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        #[cfg(not(unix))]
        drop(tokio::signal::ctrl_c().await);
        stop.cancel();
        std::future::pending::<()>().await;
    }
}
