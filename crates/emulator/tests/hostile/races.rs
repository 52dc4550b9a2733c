//! Several who write at once.

use msgraph_emulator::Emulator;
use serde_json::json;

use crate::wire::Wire;
use crate::{GROUP, all_is_told, text_post};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_who_delete_a_thread_at_once_one_does() {
    let folder = tempfile::tempdir().unwrap();
    let database = msgraph_emulator::Database::File(folder.path().join("graph.sqlite3"));
    let emulator = Emulator::builder().database(database).start().await.unwrap();
    let wire = Wire::of(&emulator);
    for _ in 0..5 {
        let threads = format!("/v1.0/groups/{GROUP}/threads");
        let body = json!({"topic": "T", "posts": [text_post("x")]}).to_string();
        let made = wire.send("POST", &threads, &body).await;
        let target = format!("{threads}/{}", made.json["id"].as_str().unwrap());
        let mut statuses = Vec::new();
        let both: Vec<_> = (0..4)
            .map(|_| {
                let (wire, target) = (wire.clone(), target.clone());
                tokio::spawn(async move { wire.send("DELETE", &target, "").await.status })
            })
            .collect();
        for one in both {
            statuses.push(one.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 404, 404, 404]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_behind_a_restore_stays() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let (wire, admin) = (Wire::of(&emulator), Wire::of_admin(&emulator));
    let threads = format!("/v1.0/groups/{GROUP}/threads");
    let snapshot = serde_json::to_string(&emulator.snapshot().await.unwrap()).unwrap();
    let (restored, is_restored) = tokio::sync::watch::channel(false);
    let writers: Vec<_> = (0..3)
        .map(|writer| {
            let (wire, threads, is_restored) = (wire.clone(), threads.clone(), is_restored.clone());
            tokio::spawn(async move {
                let mut kept = Vec::new();
                for number in 0..20 {
                    let is_behind = *is_restored.borrow();
                    let topic = format!("{writer}-{number}");
                    let body = json!({"topic": topic, "posts": [text_post("x")]}).to_string();
                    assert_eq!(wire.send("POST", &threads, &body).await.status, 201);
                    if is_behind {
                        kept.push(topic);
                    }
                }
                kept
            })
        })
        .collect();
    assert_eq!(admin.send("PUT", "/admin/snapshot", &snapshot).await.status, 204);
    restored.send(true).unwrap();
    let mut kept = Vec::new();
    for writer in writers {
        kept.extend(writer.await.unwrap());
    }
    let found = wire.get(&format!("{threads}?$top=999")).await.json.to_string();
    assert!(kept.iter().all(|topic| found.contains(&format!("\"{topic}\""))));
    all_is_told(&wire, "restore").await;
}
