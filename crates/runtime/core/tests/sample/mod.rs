//! The models of "create conversation thread", written by hand as the emitter writes them: what this crate has to
//! serve, and the reference for what is generated. In a generated crate, this file is `lib.rs`.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "each test uses another part of the models, and a test exports nothing"
)]
#![allow(clippy::wrong_self_convention, reason = "a property may be called `from`")]

msgraph_core::views!();

pub mod graph;
pub mod operations;
