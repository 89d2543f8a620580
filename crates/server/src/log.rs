//! What is written down of a request for whoever runs the system: never a path with identifiers, a query or a name.

use std::sync::OnceLock;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper bounds of the durations that are counted, in seconds.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const REQUESTS: &str = "chartroom_requests_total";
const SECONDS: &str = "chartroom_request_seconds";

static FIGURES: OnceLock<PrometheusHandle> = OnceLock::new();

/// Writes the log to the standard error, a JSON object a line; how much of it, `RUST_LOG` says (`info` if nothing).
///
/// Does nothing when a log is set up already.
pub fn to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(std::io::stderr)
        .with_env_filter(filter);
    // Somebody else's log is as good.
    let _ = log.try_init();
}

/// Writes one request into the log and counts it.
pub(crate) fn request(
    method: &Method,
    route: &'static str,
    status: StatusCode,
    took: Duration,
    reference: &str,
) {
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method = %method, route, status = status.as_u16(), milliseconds, request = reference, "served");
    let labels = [("method", method.to_string()), ("route", route.to_owned())];
    metrics::histogram!(SECONDS, &labels).record(took.as_secs_f64());
    let class = format!("{}xx", status.as_u16() / 100);
    metrics::counter!(REQUESTS, "method" => method.to_string(), "route" => route, "status" => class)
        .increment(1);
}

/// Begins counting, once in the life of the program.
///
/// # Errors
/// When the counter cannot be set up.
pub(crate) fn count() -> Result<(), BuildError> {
    if FIGURES.get().is_some() {
        return Ok(());
    }
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(SECONDS.into()), &BUCKETS)?;
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_ok() {
        // Set by the one who installed the recorder.
        let _ = FIGURES.set(handle);
    }
    Ok(())
}

/// The figures as Prometheus reads them.
pub(crate) fn figures() -> String {
    FIGURES.get().map(PrometheusHandle::render).unwrap_or_default()
}
