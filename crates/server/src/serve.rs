//! Serving: listeners, limits, and a graceful stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use store::Store;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use workflow::access::Token;
use workflow::coding::Books;

use crate::clock::Clock;
use crate::config::Config;
use crate::house::House;
use crate::{gate, log, routes};

/// A request that takes longer is given up.
const LONGEST_REQUEST: Duration = Duration::from_secs(60);

/// Works on inpatient cases, a line of JSON each: gives a line for each, or says which line cannot be read and why.
pub type CaseWork = Box<dyn Fn(&[u8]) -> Result<Vec<u8>, String> + Send + Sync>;

/// Why the house cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {source}; is another program there?")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// A template of the program is broken.
    #[error("a page cannot be made: {0}")]
    Template(Box<dyn std::error::Error + Send + Sync>),
    /// The figures cannot be counted.
    #[error("the program's figures cannot be counted: {0}")]
    Figures(#[from] metrics_exporter_prometheus::BuildError),
    /// The connection to the network broke.
    #[error("serving ended: {0}")]
    Network(#[from] std::io::Error),
    /// The record cannot be read.
    #[error(transparent)]
    Workflow(#[from] workflow::Error),
}

/// A house that listens, not yet serving.
pub struct Server {
    listener: TcpListener,
    figures: Option<TcpListener>,
    house: Arc<House>,
    more: Router,
}

/// Opens the listeners. `store` must be migrated.
///
/// # Errors
/// When an address is taken, or a template cannot be read.
pub async fn bind(config: Config, store: Store, clock: Clock) -> Result<Server, ServeError> {
    log::count()?;
    let listener = listen(config.listen).await?;
    let figures = match config.metrics {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let house = House::new(config, store, clock).map_err(|error| ServeError::Template(Box::new(error)))?;
    Ok(Server { listener, figures, house: Arc::new(house), more: Router::new() })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })
}

impl Server {
    /// Where it listens: the port that was found when the configured one was 0.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// With the addresses of another interface beside the pages: FHIR. They bring their own checks.
    #[must_use]
    pub fn with(mut self, more: Router) -> Self {
        self.more = self.more.merge(more);
        self
    }

    /// With the books that codes are held against. Without them the coder's pages say that they are not there. The
    /// first that are given stay.
    #[must_use]
    pub fn with_books(self, books: Arc<Books>) -> Self {
        if self.house.books.set(books).is_err() {
            tracing::warn!("the coder's books were given twice; the first stay");
        }
        self
    }

    /// With what works on cases that belong to no record: lines of JSON in, lines of JSON out.
    #[must_use]
    pub fn with_cases(self, work: CaseWork) -> Self {
        if self.house.cases.set(work).is_err() {
            tracing::warn!("what works on cases was given twice; the first stays");
        }
        self
    }

    /// The path of the one-time link that makes the first account; `None` once there is one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn first_start(&self) -> Result<Option<String>, ServeError> {
        let token = Token::new(rand::random());
        let context = self.house.context(workflow::Who::System("first-start"));
        let made = workflow::access::first_link(&self.house.store, &context, &token).await?;
        Ok(made.map(|()| format!("{}/start/{}", self.house.config.public_url, token.text())))
    }

    /// Serves until `stop`; requests that have begun are finished.
    ///
    /// # Errors
    /// When the network breaks.
    pub async fn serve(self, stop: CancellationToken) -> Result<(), ServeError> {
        let app = self.app().into_make_service_with_connect_info::<SocketAddr>();
        let figures = self.figures.map(|listener| serve_figures(listener, stop.clone()));
        let figures = figures.map(tokio::spawn);
        axum::serve(self.listener, app).with_graceful_shutdown(async move { stop.cancelled().await }).await?;
        if let Some(figures) = figures {
            figures.await.map_err(std::io::Error::other)??;
        }
        Ok(())
    }

    fn app(&self) -> Router {
        routes::router(&self.house)
            .merge(self.more.clone())
            .layer(CompressionLayer::new())
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
            .layer(CatchPanicLayer::custom(broken))
            .layer(from_fn(mark_source))
    }
}

/// What is said when a handler panics: the words of the panic stay in the log.
fn broken(_: Box<dyn std::any::Any + Send>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::INTERNAL_SERVER_ERROR, kind, "Something broke here, and nothing was changed. Try again.")
        .into_response()
}

/// Writes the address a request came from where the gate reads it. What a client writes there itself is replaced.
async fn mark_source(mut request: Request, next: Next) -> Response {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip().to_string());
    let from = from.and_then(|from| HeaderValue::from_str(&from).ok());
    request.headers_mut().remove(gate::FROM);
    if let Some(from) = from {
        request.headers_mut().insert(gate::FROM, from);
    }
    next.run(request).await
}

async fn serve_figures(listener: TcpListener, stop: CancellationToken) -> std::io::Result<()> {
    let app = Router::new().route("/metrics", get(async || log::figures()));
    axum::serve(listener, app).with_graceful_shutdown(async move { stop.cancelled().await }).await
}
