//! The proxy that the environment names.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::env;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use support::{TOKEN, client, create};

/// Tells the process that the test starts, whose environment alone names the proxy, what it is there for.
const ROLE: &str = "MSGRAPH_TEST_ASKS_THROUGH_PROXY";

#[tokio::test]
async fn requests_over_https_go_through_it_without_the_token() {
    if env::var_os(ROLE).is_some() {
        let client = client("https://graph.example/v1.0").build().expect("a client");
        create(&client).await.expect_err("a proxy that hangs up");
        return;
    }
    let proxy = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = proxy.local_addr().expect("an address");
    let mut asking = Command::new(env::current_exe().expect("a path"))
        .args(["--exact", "requests_over_https_go_through_it_without_the_token"])
        .env(ROLE, "1")
        .env("HTTPS_PROXY", format!("http://{address}"))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    let watching = std::thread::spawn(move || {
        let status = asking.wait().expect("a status");
        // Where nobody came, the proxy waits no longer.
        if let Ok(mut stream) = TcpStream::connect(address) {
            let _ = stream.write_all(b"nobody came\r\n\r\n");
        }
        status
    });

    let (mut stream, _) = proxy.accept().expect("a connection");
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    while !seen.ends_with(b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(length @ 1..) => seen.extend_from_slice(&chunk[..length]),
            _ => break,
        }
    }
    drop((stream, proxy));
    let seen = String::from_utf8_lossy(&seen);
    assert!(watching.join().expect("a status").success());
    assert_eq!(seen.lines().next(), Some("CONNECT graph.example:443 HTTP/1.1"));
    assert!(!seen.contains(TOKEN), "{seen}");
}
