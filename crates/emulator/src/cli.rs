//! The command line of the program.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, ValueEnum};
use clap_complete::Shell;
use msgraph_emulator::{Builder, Database, Emulator, Rate};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  msgraph-emulator                                  a file in this folder, at a free port
  msgraph-emulator --memory --listen 127.0.0.1:8080 nothing is kept, at this port
  msgraph-emulator --memory --json                  the addresses and the token as a line of JSON
  msgraph-emulator --throttle 10/s                  429 for what comes faster
  msgraph-emulator --database postgres://localhost/graph

Exit codes: 0 it was told to end; 1 it cannot start or go on; 2 the command line is wrong.";

/// A local Microsoft Graph for the conversations of groups, in v1.0 and beta.
#[derive(Parser)]
#[command(name = "msgraph-emulator", version, styles = STYLES, after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// Where to listen; port 0 is any that is free. What is no address of this machine alone lets the network in, in clear text, and faults need no token
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))]
    listen: SocketAddr,

    /// Where to keep what it is told: a file of SQLite, or `postgres://…`
    #[arg(
        long,
        value_name = "PATH|URL",
        env = "MSGRAPH_EMULATOR_DATABASE",
        hide_env_values = true,
        default_value = "msgraph-emulator.sqlite3"
    )]
    database: String,

    /// Keep all in memory, and end with it
    #[arg(long, conflicts_with = "database")]
    memory: bool,

    /// The most bytes that the file may have; writes beyond it are answered with 507
    #[arg(long, value_name = "BYTES")]
    max_bytes: Option<u64>,

    /// Do not put groups into a new database
    #[arg(long)]
    no_seed: bool,

    /// The token that is ready; a random one is made where none is given
    #[arg(long, env = "MSGRAPH_EMULATOR_TOKEN", hide_env_values = true, value_parser = token)]
    token: Option<String>,

    /// How many items a page has where a request does not say
    #[arg(long, value_name = "ITEMS", default_value_t = 20)]
    page_size: usize,

    /// Answer 429 to what comes faster than this
    #[arg(long, value_name = "REQUESTS/TIME")]
    throttle: Option<Rate>,

    /// Answer 503 to one request in so many
    #[arg(long, value_name = "REQUESTS")]
    unavailable_every: Option<u64>,

    /// Let it be administered below `/admin`, with a token of its own: log, faults, tokens, groups, snapshots
    #[arg(long)]
    admin: bool,

    /// Print addresses and tokens as one line of JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// How much to log, to standard error
    #[arg(long, value_enum, default_value_t = Level::Warn)]
    pub(crate) log: Level,

    /// Print completions for a shell, and end
    #[arg(long, value_name = "SHELL")]
    pub(crate) completions: Option<Shell>,
}

/// A token that a header can carry.
fn token(text: &str) -> Result<String, &'static str> {
    let is_token = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_token { Ok(text.to_owned()) } else { Err("a token is visible ASCII, without spaces") }
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Nothing
    Off,
    /// What needs looking at
    Warn,
    /// A line for each request, too
    Debug,
}

impl Cli {
    /// The database that was asked for.
    pub(crate) fn database(&self) -> Database {
        if self.memory {
            return Database::Memory;
        }
        let is_postgres =
            ["postgres://", "postgresql://"].iter().any(|scheme| self.database.starts_with(scheme));
        match is_postgres {
            true => Database::Postgres(self.database.clone()),
            false => Database::File(PathBuf::from(&self.database)),
        }
    }

    /// The emulator that was asked for.
    pub(crate) fn emulator(&self) -> Builder {
        let mut builder = Emulator::builder()
            .address(self.listen)
            .database(self.database())
            .seeded(!self.no_seed)
            .admin(self.admin)
            .page_size(self.page_size);
        if let Some(bytes) = self.max_bytes {
            builder = builder.most_bytes(bytes);
        }
        if let Some(token) = &self.token {
            builder = builder.token(token);
        }
        if let Some(rate) = self.throttle {
            builder = builder.throttled(rate);
        }
        if let Some(requests) = self.unavailable_every {
            builder = builder.unavailable_every(requests);
        }
        builder
    }

    /// Whether it is administered over HTTP.
    pub(crate) fn has_admin(&self) -> bool {
        self.admin
    }

    /// Whether only this machine can reach it.
    pub(crate) fn is_local(&self) -> bool {
        self.listen.ip().is_loopback()
    }
}
