//! A local Microsoft Graph for the conversations of groups.
//!
//! It answers what the documentation tells of groups, conversations, threads, posts, attachments and extensions, in v1.0
//! and beta, on the generated servers, and keeps what it is told in SQLite or PostgreSQL. In a test it takes three lines:
//!
//! ```
//! # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use msgraph_emulator::{Emulator, GARDENERS};
//! use msgraph_v1_client::{Client, Graph, StaticToken};
//!
//! let emulator = Emulator::start().await?;
//! let client = Client::builder().base_url(emulator.v1()).credential(StaticToken::new(emulator.token()));
//! let graph = Graph::with_client(client.build()?);
//!
//! let threads = graph.groups().by_group_id(GARDENERS).threads().get().await?;
//! assert_eq!(threads.value()[0].topic(), Some("Seeds for spring"));
//! # Ok(()) }
//! ```
//!
//! It listens on this machine alone. What goes wrong on demand is in [`Faults`]; what came is in
//! [`Emulator::requests`]. The program of the same name does the same for other languages.

mod builder;
mod document;
mod emulator;
mod front;
mod mailbox;
mod store;
mod versions;

pub use builder::{ALL_PERMISSIONS, Builder, Error};
pub use emulator::Emulator;
pub use front::{Fault, Faults, HEADER as FAULT_HEADER, Logged, Rate, UnknownFault, UnknownRate};
pub use mailbox::{GARDENERS, Snapshot};
pub use msgraph_core::ServiceError;
pub use msgraph_server::{Principal, PrincipalKind};
pub use store::{Database, StoreError};
