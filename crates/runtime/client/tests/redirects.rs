//! Redirects: what is followed, where to, and what goes with it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Method;
use msgraph_client::{Body, BoxFuture, Error, Redirect, Request, Transport, TransportError};
use msgraph_core::Json;
use support::{ListThreads, Service, answer, client, create, header, json, threads};

const ALL: [&str; 5] =
    ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"];

fn led(status: &str, location: &str) -> String {
    answer(&format!("{status}\r\nLocation: {location}"), "")
}

fn list(base_url: &str) -> Request<ListThreads> {
    let client = client(base_url).build().expect("a client");
    Request::new(threads(&client), ()).header("x-key", "mine").header("cookie", "a=b")
}

/// What was not followed.
fn refused(error: Error) -> Box<Redirect> {
    let Error::Redirect(redirect) = error else { panic!("{error:?}") };
    redirect
}

fn line(request: &str) -> &str {
    request.lines().next().expect("a line")
}

#[tokio::test]
async fn at_the_origin_a_request_is_sent_as_it_was() {
    for status in ALL {
        let first = led(status, "other?x=1#part");
        let service = Service::telling([first, answer("200 OK", "{}")]).await;
        list(&service.base_url).await.expect(status);
        let seen = service.seen();
        assert_eq!(line(&seen[1]), "GET /v1.0/groups/42/other?x=1 HTTP/1.1", "{status}");
        for name in ["authorization", "x-key", "cookie", "client-request-id"] {
            assert_eq!(header(&seen[1], name), header(&seen[0], name), "{status} {name}");
            assert!(header(&seen[1], name).is_some(), "{name}");
        }
    }
}

#[tokio::test]
async fn what_is_written_is_written_again_but_after_303() {
    for status in ALL {
        let first = led(status, "/v1.0/there");
        let service = Service::telling([first, answer("201 Created", "{}")]).await;
        let client = client(&service.base_url).build().expect("a client");
        create(&client).await.expect(status);
        let seen = service.seen();
        if status.starts_with("303") {
            assert_eq!(line(&seen[1]), "GET /v1.0/there HTTP/1.1");
            assert!(header(&seen[1], "content-type").is_none() && !seen[1].contains("Lunch"));
        } else {
            assert_eq!(line(&seen[1]), "POST /v1.0/there HTTP/1.1", "{status}");
            assert!(seen[1].contains("Lunch"), "{status}");
        }
    }
}

#[tokio::test]
async fn away_from_the_origin_goes_nothing_of_the_caller() {
    for status in ALL {
        let elsewhere = Service::answering(answer("200 OK", r#"{"a":1}"#)).await;
        let location = format!("{}/stored?secret=1", elsewhere.base_url);
        let service = Service::answering(led(status, &location)).await;
        list(&service.base_url).await.expect(status);
        let seen = elsewhere.only();
        assert_eq!(line(&seen), "GET /v1.0/stored?secret=1 HTTP/1.1");
        assert!(header(&seen, "accept").is_some());
        for name in ["authorization", "x-key", "cookie"] {
            assert!(header(&seen, name).is_none(), "{status} {name}");
        }
    }
}

#[tokio::test]
async fn what_is_written_does_not_leave_the_origin() {
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let elsewhere = Service::answering(answer("201 Created", "{}")).await;
        let location = format!("{}/stolen?secret=1", elsewhere.base_url);
        let service = Service::answering(led(status, &location)).await;
        let client = client(&service.base_url).build().expect("a client");
        let redirect = refused(create(&client).await.expect_err(status));
        assert_eq!(redirect.location(), Some(location.as_str()));
        assert!(!format!("{redirect} {redirect:?}").contains("secret"), "{redirect:?}");
        assert!(elsewhere.seen().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn redirects_are_counted() {
    for (most, sent) in [(None, 6), (Some(2), 3), (Some(0), 1)] {
        let service = Service::answering(led("302 Found", "again")).await;
        let builder = client(&service.base_url);
        let builder = most.into_iter().fold(builder, |builder, most| builder.redirects(most));
        let client = builder.build().expect("a client");
        let request = Request::<ListThreads>::new(threads(&client), ());
        let redirect = refused(request.await.expect_err("a loop"));
        assert!(redirect.to_string().contains("one more than are followed"), "{redirect}");
        assert_eq!(service.seen().len(), sent, "{most:?}");
    }
}

/// Leads from one location to the next, and answers what comes to the last.
#[derive(Clone)]
struct Leading {
    locations: Vec<&'static str>,
    seen: Arc<Mutex<Vec<(String, bool)>>>,
}

impl Transport for Leading {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let has_token = request.headers().contains_key("authorization");
        let mut seen = self.seen.lock().expect("no panic");
        let mut response = http::Response::new(Body::from(Bytes::from_static(b"{}")));
        if let Some(location) = self.locations.get(seen.len()) {
            *response.status_mut() = http::StatusCode::FOUND;
            response.headers_mut().insert("location", location.parse().expect("a header"));
        }
        seen.push((request.uri().to_string(), has_token));
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// What is asked for behind redirects to `locations`, and whether with the token.
async fn behind(locations: &[&'static str]) -> Result<(String, bool), String> {
    let leading = Leading { locations: locations.to_vec(), seen: Arc::default() };
    let client = client("https://graph.microsoft.com/v1.0").transport(leading.clone());
    let client = client.build().expect("a client");
    match Request::<ListThreads>::new(threads(&client), ()).await {
        Ok(_) => Ok(leading.seen.lock().expect("no panic").pop().expect("a request")),
        Err(error) => Err(refused(error).to_string()),
    }
}

#[tokio::test]
async fn what_was_led_away_gets_no_token_on_its_way_back() {
    let back = "https://graph.microsoft.com/v1.0/me";
    assert_eq!(behind(&[back]).await, Ok((back.to_owned(), true)));
    assert_eq!(behind(&["https://evil.example/", back]).await, Ok((back.to_owned(), false)));
    let twice = ["https://evil.example/", back, "/v1.0/me"];
    assert_eq!(behind(&twice).await, Ok((back.to_owned(), false)));
}

#[tokio::test]
async fn an_origin_is_scheme_host_and_port() {
    for (location, url, has_token) in [
        ("/beta/me", "https://graph.microsoft.com/beta/me", true),
        ("https://GRAPH.microsoft.com:443/a", "https://graph.microsoft.com/a", true),
        ("https://graph.microsoft.com:8443/a", "https://graph.microsoft.com:8443/a", false),
        (
            "//graph.microsoft.com.evil.example/a",
            "https://graph.microsoft.com.evil.example/a",
            false,
        ),
        (r"\\evil.example\a", "https://evil.example/a", false),
        (
            "https://evil.example/@graph.microsoft.com",
            "https://evil.example/@graph.microsoft.com",
            false,
        ),
    ] {
        assert_eq!(behind(&[location]).await, Ok((url.to_owned(), has_token)), "{location}");
    }
}

#[tokio::test]
async fn what_is_no_place_to_go_is_refused() {
    for (location, reason) in [
        ("http://graph.microsoft.com/v1.0/me", "clear text"),
        ("http://127.0.0.1/", "clear text"),
        ("https://graph.microsoft.com@evil.example/", "no http or https"),
        ("https://me:pass@graph.microsoft.com/", "no http or https"),
        ("https://[", "no http or https"),
        ("file:///etc/passwd", "no http or https"),
        ("javascript:alert(1)", "no http or https"),
    ] {
        let refused = behind(&[location]).await.expect_err(location);
        assert!(refused.contains(reason), "{location}: {refused}");
    }
    let downgraded = behind(&["https://localhost/", "http://localhost/"]).await;
    assert!(downgraded.expect_err("clear text").contains("clear text"));
}

#[tokio::test]
async fn a_body_that_goes_with_a_get_does_not_leave_the_origin() {
    let elsewhere =
        Service::answering(answer("200 OK\r\nContent-Type: application/json", "{}")).await;
    let service = Service::answering(led("302 Found", &elsewhere.base_url)).await;
    let client = client(&service.base_url).build().expect("a client");
    let asking = client.request::<Json>(Method::GET, "/me").body(json(r#"{"mine":1}"#));
    asking.await.expect("an answer");
    let (_, sent) = service
        .only()
        .split_once("\r\n\r\n")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("a body");
    assert_eq!(sent, r#"{"mine":1}"#);
    assert!(!elsewhere.only().contains("mine"), "{}", elsewhere.only());
}

#[tokio::test]
async fn a_head_stays_one_and_may_be_led_away() {
    let elsewhere = Service::answering(answer("200 OK", "")).await;
    for status in ALL {
        let service = Service::answering(led(status, &elsewhere.base_url)).await;
        let client = client(&service.base_url).build().expect("a client");
        client.request::<()>(Method::HEAD, "/me").await.expect(status);
    }
    let seen = elsewhere.seen();
    assert!(
        seen.len() == 5 && seen.iter().all(|request| line(request).starts_with("HEAD ")),
        "{seen:?}"
    );
}

#[tokio::test]
async fn what_is_not_modified_leads_nowhere_else() {
    let service = Service::answering("HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\n\r\n").await;
    let error = list(&service.base_url).header("If-None-Match", "\"7\"").await;
    let error = error.expect_err("it is known");
    assert_eq!(error.service().map(|failure| failure.status().as_u16()), Some(304), "{error}");
    assert_eq!(error.to_string(), "GET /groups/{group-id}/threads: 304 Not Modified");
}
