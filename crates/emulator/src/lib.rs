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

mod admin;
mod answer;
mod document;
mod emulator;
mod faults;
mod front;
mod links;
mod log;
mod mailbox;
mod seed;
mod snapshot;
mod store;
mod tokens;
mod uploads;
mod versions;

pub use emulator::{Builder, Emulator, Error};
pub use faults::{Fault, Faults, HEADER as FAULT_HEADER, Rate, UnknownFault, UnknownRate};
pub use log::Logged;
pub use msgraph_core::ServiceError;
pub use msgraph_server::{Principal, PrincipalKind};
pub use seed::GARDENERS;
pub use snapshot::Snapshot;
pub use store::{Database, StoreError};
pub use tokens::ALL_PERMISSIONS;
