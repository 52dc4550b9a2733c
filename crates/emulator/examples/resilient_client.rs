//! A client on a bad day of its service: what is throttled or not available is sent again, an observer tells each attempt,
//! and an answer that breaks off is an error, since nobody but the caller knows whether to ask again.

use std::error::Error;
use std::time::Duration;

use http::{HeaderValue, Request, header};
use msgraph_emulator::{Emulator, Fault};
use msgraph_v1_client::runtime::{Measurement, Observer, Retry};
use msgraph_v1_client::{Client, Graph, StaticToken};
use tower::util::MapRequestLayer;

/// Prints how it goes. What it is told has neither addresses nor ids in it, and can be an attribute of a metric.
struct Printing;

impl Observer for Printing {
    fn attempt(&self, measured: &Measurement) {
        let outcome = measured.error_type().unwrap_or("ok");
        println!("  attempt {}: {outcome}", measured.resends() + 1);
    }

    fn request(&self, measured: &Measurement) {
        let outcome = measured.error_type().unwrap_or("ok");
        println!("{} {}: {outcome}", measured.method(), measured.template());
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let german = MapRequestLayer::new(|mut request: Request<_>| {
        request.headers_mut().insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de"));
        request
    });
    let client = Client::builder()
        .base_url(emulator.v1())
        .credential(StaticToken::new(emulator.token()))
        .retry(Retry::default().first_delay(Duration::from_millis(10)).attempts(2))
        .deadline(Duration::from_secs(60))
        .observer(Printing)
        .layer(german)
        .build()?;
    let graph = Graph::with_client(client);

    // One says how long to wait, the other does not.
    emulator.faults().inject([Fault::Throttle(Duration::ZERO), Fault::Unavailable(None)]);
    println!("{} groups", graph.groups().get().await?.value().len());

    // More than two attempts are not made again.
    emulator.faults().inject([(); 3].map(|()| Fault::Unavailable(None)));
    if let Err(error) = graph.groups().get().await {
        println!("given up: {:?}", error.status().map(|status| status.as_u16()));
    }

    // What was only read can be asked for again.
    emulator.faults().inject([Fault::Truncate(10)]);
    let groups = match graph.groups().get().await {
        Err(msgraph_v1_client::Error::Transport { .. }) => graph.groups().get().await?,
        answered => answered?,
    };
    println!("{} groups", groups.value().len());

    let is_german = |(name, value): &(String, String)| name == "accept-language" && value == "de";
    let all = emulator.requests();
    let german = all.iter().filter(|request| request.headers.iter().any(is_german));
    println!("{} of {} messages ask for German", german.count(), all.len());
    Ok(())
}
