//! What stands behind the endings of paths, through client and server over loopback HTTP.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use msgraph_client::{Client, Error, Path, Request, StaticToken};
use msgraph_core::{
    Content, Count, Found, Grant, NoContent, Operation, Page, Permissions, Preferred, Reference,
    Single, Spec, Success, Values,
};
use msgraph_server::{Principal, Routes, ServiceError, StaticTokens};

const ANYONE: Permissions =
    Permissions { delegated_work: Grant::NoneNeeded, ..Permissions::UNDOCUMENTED };

macro_rules! operations {
    ($($name:ident, $method:ident $path:literal, $request:ty => $response:ty;)*) => {$(
        enum $name {}

        impl Operation for $name {
            const SPEC: Spec = Spec {
                name: stringify!($name),
                method: &http::Method::$method,
                path: $path,
                permissions: ANYONE,
                docs: None,
            };
            type Request = $request;
            type Response = $response;
        }
    )*};
}

operations! {
    GetCount, GET "/users/$count", () => Success<Count>;
    GetPhoto, GET "/users/{user-id}/photo/$value", () => Success<Content>;
    PutPhoto, PUT "/users/{user-id}/photo/$value", Content => Success<Content>;
    GetContent, GET "/files/{file-id}/content", () => Found;
    ListOwners, GET "/users/{user-id}/owners/$ref", () => Success<Page<Reference>>;
    AddOwner, POST "/users/{user-id}/owners/$ref", Reference => NoContent;
    RemoveOwner, DELETE "/users/{user-id}/owners/$ref", () => NoContent;
    GetZone, GET "/users/{user-id}/zone", () => Success<Single<String>>;
    SetZone, PUT "/users/{user-id}/zone", Single<String> => Success<Single<String>>;
    MoveZone, PATCH "/users/{user-id}/zone", Single<String> => Preferred<Single<String>>;
    GetTags, GET "/users/{user-id}/tags", () => Success<Values<i32>>;
}

async fn serve() -> (Client, String) {
    let guard = StaticTokens::new().with("token", Principal::work("ann", ["User.Read"]));
    let router = Routes::new("/v1.0", (), guard)
        .operation::<GetCount, _, _>(GetCount::PATH, |_, _| async { Ok(Success(Count(893))) })
        .operation::<GetPhoto, _, _>(GetPhoto::PATH, |_, call| async move {
            let [id] = call.path()?;
            Ok(Success(Content::new("image/png", id.into_bytes())))
        })
        .operation::<PutPhoto, _, _>(
            PutPhoto::PATH,
            |_, call| async move { Ok(Success(call.body)) },
        )
        .operation::<GetContent, _, _>(GetContent::PATH, |_, call| async move {
            let [id] = call.path()?;
            Ok(Found::from(format!("https://files.example/{id}?secret=1")))
        })
        .operation::<ListOwners, _, _>(ListOwners::PATH, |_, _| async {
            Ok(Success(Page::new(["a", "b"].map(Reference::from))))
        })
        .operation::<AddOwner, _, _>(AddOwner::PATH, |_, call| async move {
            let id = call.body.id().map(|id| id.into_owned());
            let missing = || ServiceError::bad_request("There is no @odata.id.");
            id.map(|_| NoContent).ok_or_else(missing)
        })
        .operation::<RemoveOwner, _, _>(RemoveOwner::PATH, |_, call| async move {
            let id = call.context.query.get("@id");
            let missing = || ServiceError::bad_request("There is no @id.");
            id.filter(|id| id == "https://x/users/1").map(|_| NoContent).ok_or_else(missing)
        })
        .operation::<GetZone, _, _>(GetZone::PATH, |_, _| async { Ok(Success(Single::null())) })
        .operation::<SetZone, _, _>(SetZone::PATH, |_, call| async move { Ok(Success(call.body)) })
        .operation::<MoveZone, _, _>(MoveZone::PATH, |_, call| async move {
            let prefer = call.context.headers.get("prefer");
            let is_shown = prefer.is_some_and(|prefer| prefer == "return=representation");
            Ok(Preferred(is_shown.then_some(call.body)))
        })
        .operation::<GetTags, _, _>(GetTags::PATH, |_, _| async {
            Ok(Success(Values::new([1, 2])))
        })
        .into_router();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    let url = format!("http://{address}/v1.0");
    let client = Client::builder().base_url(&url).credential(StaticToken::new("token")).build();
    (client.expect("a client"), url)
}

fn user(client: &Client) -> Path {
    Path::root(client).segment("users").key("7")
}

#[tokio::test]
async fn a_count_travels_as_text() {
    let (client, _) = serve().await;
    let path = Path::root(&client).segment("users").ending("$count");
    let answer = Request::<GetCount>::new(path, ()).respond().await.expect("a count");
    assert_eq!(answer.headers()["content-type"], "text/plain");
    assert_eq!(answer.into_body(), 893);
}

#[tokio::test]
async fn content_keeps_its_type_and_its_bytes_both_ways() {
    let (client, _) = serve().await;
    let path = || user(&client).segment("photo").ending("$value");
    let photo = Request::<GetPhoto>::new(path(), ()).await.expect("a photo");
    assert_eq!((photo.media_type(), photo.bytes()), (Some("image/png"), &b"7"[..]));
    for content in [
        Content::new("image/jpeg", vec![0xFF, 0x00, 0xD8]),
        Content::new("application/json", r#"{"not": "read"#),
        Content::new("text/html; charset=utf-8", ""),
    ] {
        let back = Request::<PutPhoto>::new(path(), content.clone()).await.expect("content");
        assert_eq!(back, content);
    }
}

#[tokio::test]
async fn a_change_is_shown_where_the_caller_prefers_it() {
    let (client, _) = serve().await;
    let zone = || Single::new("UTC".to_owned());
    let request = || Request::<MoveZone>::new(user(&client).segment("zone"), zone());
    let answer = request().respond().await.expect("no content");
    assert_eq!((answer.status().as_u16(), answer.headers().get("content-type")), (204, None));
    assert_eq!(answer.into_body(), None);
    let prefer = request().header("Prefer", "return=representation");
    let answer = prefer.respond().await.expect("a zone");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let body = answer.into_body().expect("a zone");
    assert_eq!(body.value(), Some("UTC"));
}

#[tokio::test]
async fn a_documented_redirect_is_an_answer_and_another_an_error() {
    let (client, url) = serve().await;
    let path = || Path::root(&client).segment("files").key("9").segment("content");
    let found = Request::<GetContent>::new(path(), ()).await.expect("a location");
    assert_eq!(found.as_str(), "https://files.example/9?secret=1");
    // The same answer, where content itself is documented, and what leads to it is not followed.
    let staying = Client::builder().base_url(&url).credential(StaticToken::new("token"));
    let staying = staying.redirects(0).build().expect("a client");
    let path = || Path::root(&staying).segment("files").key("9").segment("content");
    let error = Request::<GetPhoto>::new(path(), ()).await.expect_err("a redirect");
    let Error::Redirect(redirect) = &error else { panic!("{error:?}") };
    assert_eq!(redirect.location(), Some("https://files.example/9?secret=1"));
    // And content where a location is documented.
    let path = user(&client).segment("photo").ending("$value");
    let error = Request::<GetContent>::new(path, ()).await.expect_err("no location");
    assert!(error.to_string().contains("there is no header Location"), "{error} of {url}");
}

#[tokio::test]
async fn references_are_listed_added_and_removed() {
    let (client, _) = serve().await;
    let path = || user(&client).segment("owners").ending("$ref");
    let owners = Request::<ListOwners>::new(path(), ()).await.expect("references");
    assert_eq!(owners.value().iter().filter_map(Reference::id).collect::<Vec<_>>(), ["a", "b"]);
    Request::<AddOwner>::new(path(), "https://x/users/1".into()).await.expect("added");
    let remove = || Request::<RemoveOwner>::new(path(), ());
    remove().query("@id", "https://x/users/1").await.expect("removed");
    assert!(matches!(remove().await, Err(Error::Service(failure)) if failure.status() == 400));
}

#[tokio::test]
async fn single_values_are_typed_and_null_is_told() {
    let (client, _) = serve().await;
    let path = || user(&client).segment("zone");
    let zone = Request::<GetZone>::new(path(), ()).await.expect("a value");
    assert_eq!(zone.value(), None);
    let zone = Single::new("Pacific");
    let set = Request::<SetZone>::new(path(), zone).await.expect("a value");
    assert_eq!(set.value(), Some("Pacific"));
    let tags = Request::<GetTags>::new(user(&client).segment("tags"), ()).await.expect("values");
    assert!(tags.value() == [1, 2]);
}

#[tokio::test]
async fn a_value_of_another_type_is_refused_with_its_place() {
    let (client, url) = serve().await;
    let request = http::Request::put(format!("{url}/users/7/zone"))
        .header("content-type", "application/json")
        .body(r#"{"value": 3}"#.into())
        .expect("a request");
    let answer = client.execute(request).await.expect("an answer");
    assert_eq!(answer.status(), 400);
    assert!(String::from_utf8_lossy(answer.body()).contains("$.value"), "{:?}", answer.body());
}

#[tokio::test]
async fn content_that_is_too_long_or_compressed_is_refused() {
    let (client, url) = serve().await;
    let send = |encoding: &'static str, body: Vec<u8>| {
        let request = http::Request::put(format!("{url}/users/7/photo/$value"))
            .header("content-encoding", encoding)
            .body(body.into());
        client.execute(request.expect("a request"))
    };
    assert_eq!(send("gzip", vec![1]).await.expect("an answer").status(), 415);
    let too_long = send("identity", vec![0; (4 << 20) + 1]).await.expect("an answer");
    assert_eq!(too_long.status(), 413);
}
