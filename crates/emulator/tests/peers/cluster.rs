//! A PostgreSQL of the tests' own, in a folder of its own, which listens at a socket in there and at no port.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs, thread};

use tempfile::TempDir;

/// Where the programs of PostgreSQL are, and as whom they run.
pub struct Programs {
    folder: PathBuf,
    /// User and group of an account that is not the administrator's, where the tests run as that one: PostgreSQL refuses it.
    account: Option<(u32, u32)>,
}

impl Programs {
    /// The newest that Debian installed, or what the path has.
    pub fn find() -> Result<Self, &'static str> {
        let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> =
            installed.map(|version| version.path().join("bin")).collect();
        folders.sort();
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let has_all = |folder: &PathBuf| {
            ["initdb", "postgres", "psql"].iter().all(|name| folder.join(name).is_file())
        };
        let folder = folders.into_iter().rev().find(has_all).ok_or("needs PostgreSQL")?;
        let account = match id(&["-u"]) {
            Some(0) => {
                let user = id(&["-u", "postgres"]).ok_or("needs the account `postgres`")?;
                Some((user, id(&["-g", "postgres"]).ok_or("needs the account `postgres`")?))
            }
            _ => None,
        };
        Ok(Self { folder, account })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        if let Some((user, group)) = self.account {
            command.uid(user).gid(group);
        }
        command.current_dir("/");
        command
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// A running PostgreSQL, ended with its owner.
pub struct Cluster {
    folder: TempDir,
    server: Child,
    psql: PathBuf,
}

impl Cluster {
    /// Makes a cluster, and waits until it takes connections.
    pub fn start(programs: &Programs) -> Self {
        let folder = TempDir::new().unwrap();
        if let Some((user, group)) = programs.account {
            chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let data = folder.path().join("data");
        let made = programs
            .command("initdb")
            .args(["--auth=trust", "--username=graph", "--encoding=UTF8", "--no-sync", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut server = programs
            .command("postgres")
            .args(["-c", "listen_addresses=", "-c", "fsync=off", "-k"])
            .arg(folder.path())
            .arg("-D")
            .arg(&data)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
        let ready =
            lines.by_ref().map_while(Result::ok).any(|line| line.contains("ready to accept"));
        assert!(ready, "PostgreSQL ended before it was ready");
        // What it says further has to go somewhere.
        thread::spawn(move || lines.for_each(drop));
        Self { folder, server, psql: programs.folder.join("psql") }
    }

    /// The address of a new database.
    pub fn database(&self, name: &str) -> String {
        let created = Command::new(&self.psql)
            .args(["-q", "-U", "graph", "-d", "postgres", "-h"])
            .arg(self.socket())
            .args(["-c", &format!("CREATE DATABASE {name}")])
            .output()
            .unwrap();
        assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
        format!("postgres://graph@localhost/{name}?host={}", self.socket().display())
    }

    fn socket(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // An interrupt lets it end its own processes, where killing it would leave them behind.
        let _ = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        let _ = self.server.wait();
    }
}
