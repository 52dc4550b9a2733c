//! Calls without measuring, for a tool that counts instructions: on a machine that does other things, too, a count says
//! more than a time.
//!
//! ```text
//! valgrind --tool=callgrind target/release/examples/throughput count server-generated 2000
//! ```
//!
//! The servers are called in this process, without TCP; the clients call the second process, which the tool does not see.
//! What the start costs falls out of the difference between two counts.

use std::convert::Infallible;
use std::error::Error;

use axum::body::Body;
use bytes::Bytes;
use http::StatusCode;
use http::{Request, Response};
use http_body_util::BodyExt as _;
use tower::{Service, ServiceExt as _};

use crate::by_hand::thread;
use crate::serve::{self, Servers, TOKEN};
use crate::{calls, load};

/// Makes `number` calls of what is named.
pub(crate) fn run(what: &str, number: usize) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let servers = || Servers::start();
    runtime.block_on(async {
        match what {
            "server-generated" => answer(serve::generated(), number).await,
            "server-by-hand" => answer(serve::by_hand(), number).await,
            "client-generated" => {
                calls::generated(&servers()?.by_hand, number).await.map(|_| ())
            }
            "client-by-hand" => calls::by_hand(&servers()?.by_hand, number).await.map(|_| ()),
            _ => Err("what is counted: server-generated, server-by-hand, client-generated, client-by-hand".into()),
        }
    })
}

/// Gives the requests of the load to a server, one after the other.
async fn answer<T, B>(server: T, number: usize) -> Result<(), Box<dyn Error>>
where
    T: Service<Request<Body>, Response = Response<B>, Error = Infallible> + Clone,
    B: http_body::Body<Error: Error + 'static>,
{
    let body = Bytes::from(serde_json::to_vec(&thread())?);
    for _ in 0..number {
        let request = Request::post(load::PATH)
            .header("host", "127.0.0.1:1234")
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("content-length", body.len())
            .body(Body::from(body.clone()))?;
        let response = server.clone().oneshot(request).await?;
        if response.status() != StatusCode::CREATED {
            return Err(response.status().to_string().into());
        }
        response.into_body().collect().await?;
    }
    Ok(())
}
