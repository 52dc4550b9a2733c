//! Databases in files: what was acknowledged is there again, whoever dies, fills the disk, or works beside.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use msgraph_client::core::StatusCode;
use msgraph_emulator::{Database, Emulator, Error, GARDENERS, StoreError};
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use support::{Program, graph, status, thread, topics};
use tempfile::TempDir;

fn file(folder: &TempDir) -> String {
    folder.path().join("graph.sqlite3").to_str().unwrap().to_owned()
}

async fn on(file: &str) -> Emulator {
    Emulator::builder().database(Database::File(file.into())).start().await.unwrap()
}

/// What SQLite itself says of a file.
async fn integrity(file: &Path) -> String {
    let mut connection =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let (answer,): (String,) =
        sqlx::query_as("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    answer
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart_and_not_seeded_twice() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder);
    let emulator = on(&file).await;
    let graph = graph(&emulator);
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    threads().post(thread("Kept")).await.unwrap();
    let seeded = threads().get().top(1).await.unwrap();
    let seeded = seeded.value()[0].id().unwrap();
    threads().by_conversation_thread_id(seeded).delete().await.unwrap();
    emulator.stop().await;
    let emulator = on(&file).await;
    assert_eq!(topics(&support::graph(&emulator)).await, ["Kept"]);
}

#[tokio::test]
async fn what_the_database_cannot_tell_is_not_said_to_be_missing() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder);
    let emulator = on(&file).await;
    let graph = graph(&emulator);
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let seeded = threads().get().await.unwrap();
    let seeded = seeded.value()[0].id().unwrap();
    let mut connection = SqliteConnection::connect(&format!("sqlite://{file}")).await.unwrap();
    sqlx::query("UPDATE entities SET document = 'x' WHERE kind = 'conversation'")
        .execute(&mut connection)
        .await
        .unwrap();
    let error = threads().by_conversation_thread_id(seeded).get().await.unwrap_err();
    assert_eq!(status(&error), Some(StatusCode::INTERNAL_SERVER_ERROR), "{error}");
}

/// Threads are written by several callers at once; the program is killed when it has acknowledged some, and the rest is
/// under way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_lose_no_acknowledged_thread() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder);
    let mut acknowledged: Vec<String> = vec!["Seeds for spring".to_owned()];
    for round in 0..50 {
        let mut program = Program::start(&["--database", &file]);
        let enough = 1 + round % 7;
        let written = Arc::new(AtomicUsize::new(0));
        let (killing, mut kill) = tokio::sync::mpsc::channel::<()>(1);
        let writers: Vec<_> = (0..3)
            .map(|writer| {
                let (graph, written) = (program.graph(), written.clone());
                let killing = killing.clone();
                tokio::spawn(async move {
                    let mut mine = Vec::new();
                    for number in 0.. {
                        let topic = format!("{round}-{writer}-{number}");
                        let threads = graph.groups().by_group_id(GARDENERS).threads();
                        if threads.post(thread(&topic)).await.is_err() {
                            break;
                        }
                        mine.push(topic);
                        if written.fetch_add(1, Ordering::SeqCst) + 1 >= enough {
                            // Once is enough.
                            let _ = killing.try_send(());
                        }
                    }
                    mine
                })
            })
            .collect();
        kill.recv().await.unwrap();
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        for writer in writers {
            acknowledged.extend(writer.await.unwrap());
        }
    }
    let program = Program::start(&["--database", &file]);
    let mut found = topics(&program.graph()).await;
    found.sort();
    let lost: Vec<&String> =
        acknowledged.iter().filter(|topic| found.binary_search(topic).is_err()).collect();
    assert!(acknowledged.len() > 50);
    assert_eq!(lost, Vec::<&String>::new());
    drop(program);
    assert_eq!(integrity(Path::new(&file)).await, "ok");
}

#[tokio::test]
async fn a_full_disk_is_told_and_breaks_nothing() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder);
    let emulator = Emulator::builder()
        .database(Database::File(file.clone().into()))
        .most_bytes(256 << 10)
        .start()
        .await
        .unwrap();
    let graph = graph(&emulator);
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let mut acknowledged = Vec::new();
    let refused = loop {
        let topic = format!("{}-{}", acknowledged.len(), "x".repeat(10_000));
        match threads().post(thread(&topic)).await {
            Ok(thread) => acknowledged.push(thread.id().unwrap().to_owned()),
            Err(refused) => break refused,
        }
        assert!(acknowledged.len() < 100, "the file grows on");
    };
    assert_eq!(status(&refused).map(|status| status.as_u16()), Some(507));
    assert!(acknowledged.len() > 2);
    assert_eq!(topics(&graph).await.len(), acknowledged.len() + 1);
    // What is taken away makes room.
    for id in &acknowledged[..2] {
        threads().by_conversation_thread_id(id).delete().await.unwrap();
    }
    threads().post(thread("There is room")).await.unwrap();
    emulator.stop().await;
    assert_eq!(integrity(Path::new(&file)).await, "ok");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_write_to_one_file() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder);
    let programs = [(); 2].map(|()| Program::start(&["--database", &file]));
    let writers = programs.each_ref().map(|program| {
        let (graph, url) = (program.graph(), program.url.clone());
        tokio::spawn(async move {
            for number in 0..20 {
                let threads = graph.groups().by_group_id(GARDENERS).threads();
                threads.post(thread(&format!("{url} {number}"))).await.unwrap();
            }
        })
    });
    for writer in writers {
        writer.await.unwrap();
    }
    for program in &programs {
        assert_eq!(topics(&program.graph()).await.len(), 41);
    }
}

#[tokio::test]
async fn a_database_of_something_else_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder);
    let mut connection =
        SqliteConnection::connect(&format!("sqlite://{file}?mode=rwc")).await.unwrap();
    sqlx::query("CREATE TABLE notes (text TEXT)").execute(&mut connection).await.unwrap();
    let refused = Emulator::builder().database(Database::File(file.into())).start().await;
    assert!(matches!(refused, Err(Error::Store(StoreError::Foreign))));
    let tables: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM sqlite_master").fetch_all(&mut connection).await.unwrap();
    assert_eq!(tables, [("notes".to_owned(),)]);
}

#[tokio::test]
async fn a_path_may_have_any_characters() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a b#c%20d?e=ü.sqlite3");
    let emulator = Emulator::builder().database(Database::File(file.clone()));
    emulator.start().await.unwrap().stop().await;
    assert!(file.is_file());
}
