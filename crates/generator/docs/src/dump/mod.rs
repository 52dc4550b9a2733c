//! A page as text: what was read of it, part by part, each with its place.
//!
//! Comes in: a page and the text that it was read from. Goes out: an outline for people, or one JSON
//! object for programs. Holds: parts that a page does not have are left out of the outline and empty
//! in the object; nothing of what a page holds can steer a terminal; places count from 1.

mod json;
mod outline;
mod strict;

pub use json::json;
pub use outline::outline;
pub use strict::strict;

use crate::page::{Announced, BlockType, MemberTableKind, PermissionKind};

/// The word of an annotation for `block_type`.
fn block_word(block_type: BlockType) -> &'static str {
    match block_type {
        BlockType::Unknown => "unknown",
        BlockType::Resource => "resource",
        BlockType::Request => "request",
        BlockType::Response => "response",
        BlockType::Ignored => "ignored",
        BlockType::Example => "example",
        BlockType::Samples => "samples",
        BlockType::SimulatedResponse => "simulatedResponse",
        BlockType::TestParams => "testParams",
        BlockType::Permissions => "permissions",
        BlockType::Page => "page",
    }
}

fn announced_word(announced: Announced) -> &'static str {
    match announced {
        Announced::Annotated => "annotated",
        Announced::Inferred => "inferred",
        Announced::Ignored => "ignored",
    }
}

fn table_word(kind: MemberTableKind) -> &'static str {
    match kind {
        MemberTableKind::Properties => "properties",
        MemberTableKind::Relationships => "relationships",
        MemberTableKind::Members => "members",
        MemberTableKind::Parameters => "parameters",
    }
}

fn permission_word(kind: PermissionKind) -> &'static str {
    match kind {
        PermissionKind::DelegatedWork => "delegated_work",
        PermissionKind::DelegatedPersonal => "delegated_personal",
        PermissionKind::Application => "application",
    }
}
