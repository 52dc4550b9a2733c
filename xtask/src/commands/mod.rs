//! One file per command.

pub(crate) mod bench;
pub(crate) mod codegen;
pub(crate) mod completions;
pub(crate) mod docs;
pub(crate) mod explain;
pub(crate) mod ir;
pub(crate) mod lint;
pub(crate) mod permissions;
pub(crate) mod report;
pub(crate) mod trace;
