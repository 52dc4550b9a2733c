//! The command line of the program: flags in, an emulator out.
//!
//! A flag counts more than what the environment says, whichever flag it is: `--memory` also where the environment names a
//! database.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};
use clap_complete::Shell;
use msgraph_emulator::{Builder, Database, Emulator, Rate};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  msgraph-emulator                         a file in this folder, at a free port
  msgraph-emulator --memory --port 8080    nothing is kept, at this port
  msgraph-emulator --throttle 10/s         429 for what comes faster
  msgraph-emulator --database postgres://localhost/graph
  msgraph-emulator --completions bash > ~/.local/share/bash-completion/completions/msgraph-emulator

In a script, one line of JSON tells where it is, as soon as it answers:
  mkfifo told
  msgraph-emulator --memory --json > told &
  read -r line < told    # {\"url\": …, \"port\": …, \"v1\": …, \"beta\": …, \"token\": …}

Faults that a request asks for by its header `emulator-fault`:
  throttle=SECONDS  unavailable[=SECONDS]  latency=MILLISECONDSms  truncate=BYTES  expire-delta

Exit codes:
  0  it was told to end, by Ctrl-C or SIGTERM, and has answered what it had begun to
  1  it cannot start or go on, or was told to end once more and left requests unanswered
  2  the command line is wrong";

/// A local Microsoft Graph for the conversations of groups, in v1.0 and beta.
#[derive(Parser)]
#[command(name = "msgraph-emulator", version, styles = STYLES, after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// Where to listen; port 0 is any that is free. What is no address of this machine alone lets the network in, in clear text, and faults need no token
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))]
    listen: SocketAddr,

    /// Listen at this port of this machine: `--listen 127.0.0.1:PORT`
    #[arg(long, conflicts_with = "listen")]
    port: Option<u16>,

    /// Where to keep what it is told: a file of SQLite, or `postgres://…`
    #[arg(
        long,
        value_name = "PATH|URL",
        env = "MSGRAPH_EMULATOR_DATABASE",
        hide_env_values = true,
        default_value = "msgraph-emulator.sqlite3",
        value_parser = NonEmptyStringValueParser::new()
    )]
    database: String,

    /// Keep all in memory, and end with it; the environment's database is not used then
    #[arg(long)]
    memory: bool,

    /// The most bytes that SQLite may take; writes beyond it are answered with 507
    #[arg(long, value_name = "BYTES")]
    max_bytes: Option<u64>,

    /// Do not put groups into a new database
    #[arg(long)]
    no_seed: bool,

    /// The token that is ready; a random one is made where none is given
    #[arg(long, env = "MSGRAPH_EMULATOR_TOKEN", hide_env_values = true, value_parser = token)]
    token: Option<String>,

    /// How many items a page has where a request does not say
    #[arg(long, value_name = "ITEMS", default_value = "20")]
    page_size: NonZeroUsize,

    /// Answer 429 to what comes faster than this
    #[arg(long, value_name = "REQUESTS/TIME")]
    throttle: Option<Rate>,

    /// Answer 503 to one request in so many
    #[arg(long, value_name = "REQUESTS")]
    unavailable_every: Option<NonZeroU64>,

    /// Let it be administered below `/admin`, with a token of its own: faults, tokens, groups, snapshots, and the log of the last 10,000 requests, as far as they have 16 MiB together
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
    /// What the command line says. Where it is wrong, or asks for help, the program says so and ends.
    pub(crate) fn read() -> Self {
        Self::of(std::env::args_os()).unwrap_or_else(|error| error.exit())
    }

    fn of(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::command();
        let matches = command.try_get_matches_from_mut(arguments)?;
        let cli = Self::from_arg_matches(&matches)?;
        // A conflict that clap finds would be one with the environment, too.
        let is_flag = |name| matches.value_source(name) == Some(ValueSource::CommandLine);
        let mut conflict = |message| Err(command.error(ErrorKind::ArgumentConflict, message));
        if cli.memory && is_flag("database") {
            return conflict("the argument '--memory' cannot be used with '--database <PATH|URL>'");
        }
        if cli.max_bytes.is_some() && matches!(cli.database(), Database::Postgres(_)) {
            return conflict("the argument '--max-bytes <BYTES>' cannot be used with PostgreSQL");
        }
        Ok(cli)
    }

    /// Where to listen.
    fn address(&self) -> SocketAddr {
        let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        self.port.map_or(self.listen, at)
    }

    /// The database that was asked for.
    pub(crate) fn database(&self) -> Database {
        if self.memory {
            return Database::Memory;
        }
        let is_postgres = |scheme: &str| {
            ["postgres", "postgresql"].iter().any(|known| known.eq_ignore_ascii_case(scheme))
        };
        match self.database.split_once("://") {
            Some((scheme, rest)) if is_postgres(scheme) => {
                Database::Postgres(format!("postgres://{rest}"))
            }
            _ => Database::File(PathBuf::from(&self.database)),
        }
    }

    /// The emulator that was asked for.
    pub(crate) fn emulator(&self) -> Builder {
        let mut builder = Emulator::builder()
            .address(self.address())
            .database(self.database())
            .seeded(!self.no_seed)
            .admin(self.admin)
            .page_size(self.page_size.get());
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
            builder = builder.unavailable_every(requests.get());
        }
        builder
    }

    /// Whether it is administered over HTTP.
    pub(crate) fn has_admin(&self) -> bool {
        self.admin
    }

    /// Whether only this machine can reach it.
    pub(crate) fn is_local(&self) -> bool {
        self.address().ip().is_loopback()
    }
}
