//! Arguments, keys and item paths: from the typed call of a client to what the handler sees, over HTTP.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use msgraph_client::{Client, Nullable, Path, Request, StaticToken};
use msgraph_core::edm::Date;
use msgraph_core::literal::ToLiteral;
use msgraph_core::{Grant, Json, Operation, Permissions, ServiceError, Spec, Success};
use msgraph_server::{Call, Principal, Routes, StaticTokens};
use support::{request, send, serve};

enum Echo {}

impl Operation for Echo {
    const SPEC: Spec = Spec {
        name: "echo",
        method: &http::Method::GET,
        path: "/echo",
        permissions: Permissions {
            delegated_work: Grant::NoneNeeded,
            delegated_personal: Grant::NotSupported,
            application: Grant::NotSupported,
        },
        docs: None,
    };
    type Request = ();
    type Response = Success<Json>;
}

fn shown(text: String) -> Result<Success<Json>, ServiceError> {
    Ok(Success(Json::from(text)))
}

async fn server() -> String {
    let guard = StaticTokens::new().with("work", Principal::work("ann", ["x"]));
    let routes = Routes::new("/v1.0", (), guard)
        .operation::<Echo, _, _>("/detail(period='{period}')", |_, call: Call<Echo>| async move {
            shown(format!("period {}", call.argument::<String>("period")?))
        })
        .operation::<Echo, _, _>("/detail(date={date})", |_, call: Call<Echo>| async move {
            shown(format!("date {}", call.argument::<Date>("date")?))
        })
        .operation::<Echo, _, _>(
            "/view(from='{from}',top={top},note='{note}',zone='{zone?}')/items/{item-id}",
            |_, call: Call<Echo>| async move {
                let [id] = call.path()?;
                let id: i32 = call.key("item-id", &id)?;
                let (from, top): (String, i32) = (call.argument("from")?, call.argument("top")?);
                let note: Option<String> = call.optional("note")?;
                let zone: Option<String> = call.optional("zone")?;
                shown(format!("{id} {from:?} {top} {note:?} {zone:?}"))
            },
        )
        .operation::<Echo, _, _>("/labels(ids={ids})", |_, call: Call<Echo>| async move {
            shown(format!("{:?}", call.argument::<Vec<String>>("ids")?))
        })
        .operation::<Echo, _, _>("/apps(appId='{appId}')", |_, call: Call<Echo>| async move {
            shown(format!("app {}", call.argument::<String>("appId")?))
        })
        .operation::<Echo, _, _>(
            "/root:/{item-path}:/children",
            |_, call: Call<Echo>| async move {
                let [path] = call.path()?;
                shown(format!("children of {path}"))
            },
        );
    serve(routes.into_router()).await
}

async fn root() -> Path {
    let client = Client::builder()
        .base_url(format!("http://{}/v1.0", server().await))
        .credential(StaticToken::new("work"))
        .build()
        .expect("a client");
    Path::root(&client)
}

/// A name and a value.
type Given<'a> = (&'a str, &'a dyn ToLiteral);

fn called(path: Path, function: &str, arguments: &[Given<'_>]) -> Path {
    let mut call = path.call(function);
    for (name, value) in arguments {
        call.argument(name, *value);
    }
    call.end()
}

async fn answer(path: Path) -> String {
    let answer = Request::<Echo>::new(path, ()).await.unwrap_or_else(|error| panic!("{error}"));
    answer.as_str().expect("a text").into_owned()
}

#[tokio::test]
async fn a_text_stays_one_argument_through_client_and_server() {
    let root = root().await;
    for text in [
        "D7",
        "",
        "'",
        "o''neil",
        "a,b='c'",
        "x')/items/7",
        "a/b?c#d&e",
        "%27",
        "@p",
        "ü +",
        "null",
    ] {
        let path = called(root.clone(), "detail", &[("period", &text)]);
        assert_eq!(answer(path).await, format!("period {text}"));
        let mut key = root.clone().segment("apps").alternate_key();
        key.argument("appId", &text);
        assert_eq!(answer(key.end()).await, format!("app {text}"));
    }
}

#[tokio::test]
async fn arguments_have_their_types() {
    let root = root().await;
    let date: Date = "2017-09-01".parse().expect("a date");
    assert_eq!(answer(called(root.clone(), "detail", &[("date", &date)])).await, "date 2017-09-01");
    let view = |note: Option<&'static str>, zone: Option<&'static str>| {
        let (note, top) = (Nullable(note), 5);
        let arguments: [Given<'_>; 4] =
            [("from", &"a"), ("top", &top), ("note", &note), ("zone", &zone)];
        called(root.clone(), "view", &arguments).segment("items").key("7")
    };
    assert_eq!(answer(view(None, None)).await, r#"7 "a" 5 None None"#);
    assert_eq!(answer(view(Some("n"), Some("z"))).await, r#"7 "a" 5 Some("n") Some("z")"#);
    let ids = vec!["a&b".to_owned(), "\"'".to_owned()];
    let path = called(root.clone(), "labels", &[("ids", &ids)]);
    assert_eq!(path.as_str(), "/labels(ids=@ids)");
    assert_eq!(answer(path).await, format!("{ids:?}"));
}

#[tokio::test]
async fn an_item_path_keeps_its_parts() {
    let root = root().await;
    for path in ["a.txt", "a b/c:/d'.txt", "#1/50%/ü+?"] {
        let children = root.clone().segment("root").by_path(path).segment("children");
        assert_eq!(answer(children).await, format!("children of {path}"));
    }
    let escaping = root.segment("root").by_path("a/../b").segment("children");
    let error = Request::<Echo>::new(escaping, ()).await.expect_err("no such item");
    assert!(error.to_string().contains("`..`"), "{error}");
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let address = server().await;
    for (path, status, named) in [
        ("/v1.0/detail(period='D7')", 200, "period D7"),
        ("/v1.0/detail?period=D7", 200, "period D7"),
        ("/v1.0/detail(period=@p)?@p='D7'", 200, "period D7"),
        ("/v1.0/microsoft.graph.detail(Date=2017-09-01)", 200, "date 2017-09-01"),
        ("/v1.0/detail(period=D7)", 400, "period"),
        ("/v1.0/detail(period=@p)", 400, "period"),
        ("/v1.0/detail(date='2017-09-01')", 400, "date"),
        ("/v1.0/detail(date=2017-02-30)", 400, "date"),
        ("/v1.0/detail(color='x')", 400, "color"),
        ("/v1.0/detail(period='D7',period='D7')", 400, "period"),
        ("/v1.0/view(from='a',top=x,note=null)/items/7", 400, "top"),
        ("/v1.0/view(from='a',top=5,note=null)/items/x", 400, "item-id"),
        ("/v1.0/labels(ids=@ids)?@ids=[1]", 400, "ids"),
        ("/v1.0/root:/a/../b:/children", 404, "no resource"),
    ] {
        let answer = send(&address, &request(&format!("GET {path}"), &[], "")).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert!(answer.body.contains(named), "{path}: {}", answer.body);
    }
}
