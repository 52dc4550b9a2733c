//! PostgreSQL by its address, through the same queries as SQLite.

use msgraph_emulator::{Database, Emulator, Error, GARDENERS, StoreError};
use msgraph_v1_models::graph::{ConversationThread, OpenTypeExtension};
use msgraph_v1_models::parameters::ConversationThreadReplyParameters;
use serde_json::json;
use sqlx::Connection as _;
use sqlx::postgres::PgConnection;

use crate::support::{graph, status, thread, topics};

/// Runs a test on a runtime of its own.
fn run(test: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(test);
}

async fn on(address: &str) -> Emulator {
    let database = Database::Postgres(address.to_owned());
    Emulator::builder().database(database).start().await.unwrap()
}

pub fn keeps(address: &str) {
    run(async {
        let emulator = on(address).await;
        let threads = || graph(&emulator).groups().by_group_id(GARDENERS).threads();
        let kept = threads().post(thread("Kept ü\u{1F33B}'\"")).await.unwrap();
        let gone = threads().post(thread("Gone")).await.unwrap();
        threads().by_conversation_thread_id(gone.id().unwrap()).delete().await.unwrap();
        let snapshot = emulator.snapshot().await.unwrap();
        emulator.stop().await;

        let emulator = on(address).await;
        assert_eq!(topics(&graph(&emulator)).await, ["Seeds for spring", "Kept ü\u{1F33B}'\""]);
        assert_eq!(emulator.snapshot().await.unwrap(), snapshot);
        let threads = graph(&emulator).groups().by_group_id(GARDENERS).threads();
        let posts = threads.by_conversation_thread_id(kept.id().unwrap()).posts();
        assert_eq!(posts.get().await.unwrap().value().len(), 1);
        emulator.reset().await.unwrap();
        emulator.restore(&snapshot).await.unwrap();
        assert_eq!(emulator.snapshot().await.unwrap(), snapshot);
        emulator.stop().await;
    });
}

pub fn rolls_back(address: &str) {
    run(async {
        let emulator = on(address).await;
        let before = emulator.snapshot().await.unwrap();
        let threads = graph(&emulator).groups().by_group_id(GARDENERS).threads();
        // The second post of the thread has no body, and is found only when the first one is written.
        let broken = thread("Half")
            .edit(|thread| {
                let posts = [crate::support::post("Whole"), msgraph_v1_models::graph::Post::new()];
                thread.with_posts(posts)
            })
            .clone();
        let refused = threads.post(broken).await.unwrap_err();
        assert_eq!(status(&refused).map(|status| status.as_u16()), Some(400));
        assert_eq!(emulator.snapshot().await.unwrap(), before);
        emulator.stop().await;
    });
}

pub fn two_emulators(address: &str) {
    run(async {
        let emulators = [on(address).await, on(address).await];
        let writers = emulators.each_ref().map(|emulator| {
            let (graph, url) = (graph(emulator), emulator.url());
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
        for emulator in emulators {
            assert_eq!(topics(&graph(&emulator)).await.len(), 41);
            emulator.stop().await;
        }
    });
}

pub fn changes(address: &str) {
    run(async {
        let emulator = on(address).await;
        let graph = graph(&emulator);
        let first = graph.groups().delta().get().await.unwrap();
        assert_eq!(first.value().len(), 3);
        emulator.put_group("42", &json!({"displayName": "Walkers"})).await.unwrap();
        emulator.remove_group(GARDENERS).await.unwrap();
        let link = first.delta_link().unwrap();
        let later = graph.groups().delta().get().resume(&link).await.unwrap();
        let ids: Vec<_> = later.value().iter().map(|group| group.id()).collect();
        assert_eq!(ids, [Some("42"), Some(GARDENERS)]);
        emulator.stop().await;
    });
}

pub fn others(address: &str) {
    run(async {
        let mut connection = PgConnection::connect(address).await.unwrap();
        for statement in [
            "CREATE TABLE entities (text TEXT)",
            "CREATE SCHEMA msgraph_emulator",
            "CREATE TABLE msgraph_emulator.notes (text TEXT)",
        ] {
            sqlx::query(statement).execute(&mut connection).await.unwrap();
        }
        let refused =
            Emulator::builder().database(Database::Postgres(address.to_owned())).start().await;
        assert!(matches!(refused, Err(Error::Store(StoreError::Foreign))));
    });
}

pub fn hostile_texts(address: &str) {
    run(async {
        let emulator = on(address).await;
        let graph = graph(&emulator);
        let gone = graph.groups().by_group_id("a\0b").get().await.unwrap_err();
        assert_eq!(status(&gone).map(|status| status.as_u16()), Some(404));
        let threads = || graph.groups().by_group_id(GARDENERS).threads();
        let made = threads().post(thread("a\0b")).await.unwrap();
        let read = threads().by_conversation_thread_id(made.id().unwrap()).get().await.unwrap();
        assert_eq!(read.topic(), Some("a\0b"));
        for name in ["a\0b".to_owned(), "x".repeat(100_000)] {
            let extension = OpenTypeExtension::new().with_extension_name(name).into_base();
            let extensions = graph.groups().by_group_id(GARDENERS).extensions();
            let refused = extensions.post(extension).await.unwrap_err();
            assert_eq!(status(&refused).map(|status| status.as_u16()), Some(400));
        }
        emulator.stop().await;
    });
}

/// A reply writes what its thread says of its posts; it does not write again what it read before somebody locked it.
pub fn keeps_locks(address: &str) {
    run(async {
        let emulator = on(address).await;
        let graph = graph(&emulator);
        for _ in 0..20 {
            let threads = || graph.groups().by_group_id(GARDENERS).threads();
            let made = threads().post(thread("Locked")).await.unwrap();
            let one = || threads().by_conversation_thread_id(made.id().unwrap());
            let replies = [(); 3].map(|()| {
                let reply = ConversationThreadReplyParameters::new();
                tokio::spawn(one().reply().post(reply.with_post(crate::support::post("Re"))).send())
            });
            one().patch(ConversationThread::new().with_is_locked(true)).await.unwrap();
            for reply in replies {
                // Those that came too late are refused.
                let _ = reply.await.unwrap();
            }
            assert_eq!(one().get().await.unwrap().is_locked(), Some(true));
        }
        emulator.stop().await;
    });
}

/// While one reads, another takes a group away: the reader is told what there was when it began. It waits for the table
/// of what is gone, which the writer holds; by then it has read the groups.
pub fn reads_one_state(address: &str) {
    run(async {
        let emulator = on(address).await;
        let graph = graph(&emulator);
        let mut writer = PgConnection::connect(address).await.unwrap();
        let run = async |connection: &mut PgConnection, statements: &'static str| {
            sqlx::raw_sql(statements).execute(connection).await.unwrap();
        };
        run(&mut writer, "BEGIN; LOCK TABLE msgraph_emulator.removed IN ACCESS EXCLUSIVE MODE")
            .await;
        let reading = tokio::spawn(graph.groups().delta().get().send());
        // Others wait for locks of databases of their own meanwhile.
        let waiting = "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
             WHERE NOT granted AND datname = current_database()
             AND relation = 'msgraph_emulator.removed'::regclass";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut writer).await.unwrap() == 0 {}
        run(
            &mut writer,
            "UPDATE msgraph_emulator.clock SET tick = tick + 1;
             DELETE FROM msgraph_emulator.entities WHERE kind = 'group';
             INSERT INTO msgraph_emulator.removed SELECT 'gone', tick FROM msgraph_emulator.clock;
             COMMIT",
        )
        .await;
        let read = reading.await.unwrap().unwrap();
        let gone = read.value().iter().filter(|group| group.removed().is_some()).count();
        assert_eq!((read.value().len(), gone), (3, 0));
        assert!(graph.groups().get().await.unwrap().value().is_empty());
        emulator.stop().await;
    });
}
