//! Tokens that an issuer signed, and others, verified by the guard of a server.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod issuer;
mod key_cache;
mod key_sets;
mod log;
mod principals;
mod secrets;
mod service;
#[path = "../support/mod.rs"]
mod support;
mod tenants;
mod tokens;
