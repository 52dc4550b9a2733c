//! A small service, its router, and a client that sends raw text over loopback.

#![allow(dead_code, reason = "each test target uses its part")]

use std::future::Future;

use msgraph_core::{
    Created, Grant, Json, NoContent, Operation, Permissions, ServiceError, Spec, Success,
};
use msgraph_server::{Context, Principal, Router, Routes, StaticTokens, not_implemented};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

macro_rules! operation {
    ($name:ident, $method:ident $path:literal, $request:ty => $response:ty, $permissions:expr) => {
        pub(crate) enum $name {}

        impl Operation for $name {
            const SPEC: Spec = Spec {
                name: stringify!($name),
                method: &http::Method::$method,
                path: $path,
                permissions: $permissions,
                docs: None,
            };
            type Request = $request;
            type Response = $response;
        }
    };
}

const WORK_ONLY: Permissions = Permissions {
    delegated_work: Grant::OneOf(&["Group.ReadWrite.All", "Directory.ReadWrite.All"]),
    delegated_personal: Grant::NotSupported,
    application: Grant::Undocumented,
};

const SETS: Permissions = Permissions {
    delegated_work: Grant::OneOfSets(&[
        &["Policy.Read.All", "Group.ReadWrite.All"],
        &["Group.Read.All"],
    ]),
    delegated_personal: Grant::NoneNeeded,
    application: Grant::OneOfSets(&[&["Policy.Read.All", "Group.ReadWrite.All"], &[]]),
};

operation!(CreateThread, POST "/groups/{group-id}/threads", Json => Created<Json>, WORK_ONLY);
operation!(ListThreads, GET "/groups/{group-id}/threads", () => Success<Json>, WORK_ONLY);
operation!(GetThread, GET "/groups/{group-id}/threads/{thread-id}", () => Success<Json>, WORK_ONLY);
operation!(DeleteThread, DELETE "/groups/{group-id}/threads/{thread-id}", () => NoContent, WORK_ONLY);
operation!(Policies, GET "/policies", () => Success<Json>, SETS);
operation!(Delta, GET "/groups/delta", () => Success<Json>, Permissions::UNDOCUMENTED);

/// A service in the shape of a generated one.
pub(crate) trait Threads: Send + Sync + 'static {
    fn create(
        &self,
        group_id: String,
        body: Json,
        context: Context,
    ) -> impl Future<Output = Result<Created<Json>, ServiceError>> + Send {
        let _ = (group_id, body, context);
        not_implemented::<CreateThread>()
    }

    fn list(
        &self,
        group_id: String,
        context: Context,
    ) -> impl Future<Output = Result<Success<Json>, ServiceError>> + Send {
        let _ = (group_id, context);
        not_implemented::<ListThreads>()
    }

    fn get(
        &self,
        group_id: String,
        thread_id: String,
        context: Context,
    ) -> impl Future<Output = Result<Success<Json>, ServiceError>> + Send {
        let _ = (group_id, thread_id, context);
        not_implemented::<GetThread>()
    }

    fn delete(
        &self,
        group_id: String,
        thread_id: String,
        context: Context,
    ) -> impl Future<Output = Result<NoContent, ServiceError>> + Send {
        let _ = (group_id, thread_id, context);
        not_implemented::<DeleteThread>()
    }
}

pub(crate) fn routes<S: Threads>(service: S) -> Routes<S, StaticTokens> {
    let guard = StaticTokens::new()
        .with("work", Principal::work("ann", ["group.readwrite.all"]))
        .with("reader", Principal::work("rob", ["Group.Read.All"]))
        .with("personal", Principal::personal("pia", ["Group.ReadWrite.All"]))
        .with("application", Principal::application("app", ["Group.ReadWrite.All"]));
    Routes::new("/v1.0", service, guard)
        .operation::<CreateThread, _, _>(CreateThread::PATH, |service, call| async move {
            let [group_id] = call.path()?;
            service.create(group_id, call.body, call.context).await
        })
        .operation::<ListThreads, _, _>(ListThreads::PATH, |service, call| async move {
            let [group_id] = call.path()?;
            service.list(group_id, call.context).await
        })
        .operation::<GetThread, _, _>(GetThread::PATH, |service, call| async move {
            let [group_id, thread_id] = call.path()?;
            service.get(group_id, thread_id, call.context).await
        })
        .operation::<DeleteThread, _, _>(DeleteThread::PATH, |service, call| async move {
            let [group_id, thread_id] = call.path()?;
            service.delete(group_id, thread_id, call.context).await
        })
        .operation::<Policies, _, _>(Policies::PATH, |_, _| async move { Ok(Success(json("[]"))) })
        .operation::<Delta, _, _>(Delta::PATH, |_, _| async move { Ok(Success(json("[]"))) })
}

/// Answers with what it was called with.
pub(crate) struct Echo;

impl Threads for Echo {
    async fn create(
        &self,
        group_id: String,
        body: Json,
        context: Context,
    ) -> Result<Created<Json>, ServiceError> {
        assert!(!context.headers.contains_key("authorization"));
        assert_eq!(context.principal.subject, "ann");
        let group_id = Json::from(group_id.as_str());
        let body = format!(r#"{{"group":{},"body":{}}}"#, group_id.as_text(), body.as_text());
        Ok(Created(json(&body)))
    }

    async fn get(
        &self,
        group_id: String,
        thread_id: String,
        context: Context,
    ) -> Result<Success<Json>, ServiceError> {
        assert_eq!(context.request_id.len(), 36);
        match thread_id.as_str() {
            "panic" => panic!("the password is hunter2"),
            "late panic" => {
                tokio::task::yield_now().await;
                panic!("the password is hunter2")
            }
            "odd" => Err(ServiceError::new(http::StatusCode::OK, "fine")),
            "missing" => Err(ServiceError::not_found("No thread.").with_code("itemNotFound")),
            "unauthorized" => Err(ServiceError::unauthorized("Sign in again.")),
            _ => {
                let ids = [Json::from(group_id.as_str()), Json::from(thread_id.as_str())];
                Ok(Success(json(&format!("[{},{}]", ids[0].as_text(), ids[1].as_text()))))
            }
        }
    }

    async fn delete(&self, _: String, _: String, _: Context) -> Result<NoContent, ServiceError> {
        Ok(NoContent)
    }
}

pub(crate) fn json(text: &str) -> Json {
    text.parse().expect("the test's JSON")
}

/// Serves a router on loopback; returns the address.
pub(crate) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// Code and message of the envelope, whose other parts are checked.
    pub(crate) fn error(&self) -> (String, String) {
        let body: serde_json::Value = serde_json::from_str(&self.body).expect("an envelope");
        let error = &body["error"];
        assert_eq!(error["innerError"]["request-id"], self.header("request-id").expect("an id"));
        assert_eq!(error["innerError"]["date"].as_str().map(str::len), Some(20), "{error}");
        assert_eq!(self.header("content-type"), Some("application/json"));
        assert_eq!(self.header("odata-version"), Some("4.0"));
        let text = |member: &str| error[member].as_str().expect("a text").to_owned();
        (text("code"), text("message"))
    }
}

/// Sends raw text to `address` and reads the answer.
pub(crate) async fn send(address: &str, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    read(stream).await
}

/// Reads an answer, up to the end of the connection.
pub(crate) async fn read(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A server that refuses a body may close the connection hard.
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8(bytes).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// A request with the token `work`, and these further header lines.
pub(crate) fn request(line: &str, headers: &[&str], body: &str) -> String {
    let mut request = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for header in ["Authorization: Bearer work"].iter().chain(headers) {
        request.push_str(header);
        request.push_str("\r\n");
    }
    if !body.is_empty() {
        request.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    format!("{request}\r\n{body}")
}
