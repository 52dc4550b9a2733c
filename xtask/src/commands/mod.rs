//! One file per command.
//!
//! A command is its arguments, with their help, and `run`. What two commands need stands beside this
//! folder.

pub(crate) mod bench;
pub(crate) mod codegen;
pub(crate) mod completions;
pub(crate) mod contract;
pub(crate) mod docs;
pub(crate) mod explain;
pub(crate) mod features;
pub(crate) mod ir;
pub(crate) mod lint;
pub(crate) mod openapi;
pub(crate) mod permissions;
pub(crate) mod report;
pub(crate) mod scale;
pub(crate) mod trace;
