//! What generated models, clients and servers of Microsoft Graph stand on.
//!
//! A generated type is a typed view of one sparse [`Object`]: it holds the members that are present and nothing
//! else, and a static [`Table`] per type tells the one engine here how to read, write, compare, print and merge
//! it. Beside the engine stand the primitive types of the Entity Data Model ([`edm`]), the facts of an
//! [`Operation`], and what client and server share: [`Payload`], [`Reply`], [`Page`], [`Single`],
//! [`Content`], [`Count`], [`Reference`], [`ServiceError`], [`path`].
//!
//! Nothing here opens a socket or a file, reads a clock, or panics on what it reads.

mod alone;
mod compare;
mod content;
mod control;
mod count;
mod debug;
pub mod edm;
mod enumeration;
mod list;
pub mod literal;
mod member;
mod members;
mod merge;
mod object;
mod one_member;
mod one_of;
mod operation;
mod page;
pub mod parameter;
pub mod path;
mod payload;
mod permissions;
mod read;
mod reference;
mod removed;
mod reply;
mod scan;
mod schema;
mod serde_bridge;
mod service_error;
mod single;
mod table;
pub mod undocumented;
mod value;
mod views;
mod write;

pub use alone::{Array, Plain, Plains};
pub use bytes::Bytes;
pub use content::{Content, Location};
pub use count::Count;
pub use edm::Json;
pub use enumeration::{EnumValue, FlagsValue};
pub use http::{Method, StatusCode};
pub use list::List;
pub use member::Member;
pub use object::Object;
pub use one_of::OneOf;
pub use operation::{Operation, Spec};
pub use page::Page;
pub use parameter::{Parameter, ParameterLocation, Parameterized};
pub use payload::{Payload, read};
pub use permissions::{Grant, Permissions};
pub use read::{JsonPath, Leniency, ReadError, ReadErrorKind, ReadMode, Readout};
pub use reference::Reference;
pub use removed::Removed;
pub use reply::{Accepted, Created, Found, NoContent, Preferred, Reply, Status, Success};
pub use schema::{Concrete, Derived, Enumeration, Model, Queried, Schema};
pub use service_error::{ErrorBody, ErrorDetail, InnerError, ServiceError};
pub use single::{Single, Values};
pub use table::{EnumTable, Table, Type};

/// What the code that [`views!`] writes needs of other crates; not part of the API.
#[doc(hidden)]
pub mod private {
    pub use crate::member::{Held, Holds};
    pub use bytemuck::{self, TransparentWrapper};
    pub use serde_core as serde;
}
