//! What an administrator writes wrongly.

use msgraph_emulator::Emulator;
use serde_json::json;

use crate::GROUP;
use crate::mutated::mutated;
use crate::wire::Wire;

#[tokio::test]
async fn what_an_administrator_writes_wrongly_breaks_nothing() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let (wire, admin) = (Wire::of(&emulator), Wire::of_admin(&emulator));
    let before = emulator.snapshot().await.unwrap();
    let group = json!({"displayName": "Walkers", "groupTypes": ["Unified"], "mailEnabled": true, "threads": [],
        "createdDateTime": "2026-01-01T00:00:00Z", "@odata.etag": "x", "assignedLabels": [{"labelId": "x"}]});
    let writes = [
        ("PUT", "/admin/groups/42", group),
        ("PUT", "/admin/snapshot", serde_json::to_value(&before).unwrap()),
        (
            "POST",
            "/admin/tokens",
            json!({"kind": "application", "subject": "x", "permissions": ["y"]}),
        ),
        ("POST", "/admin/faults", json!(["throttle=0"])),
    ];
    for (method, target, body) in writes {
        for body in mutated(&body) {
            let answer = admin.send(method, target, &body).await;
            let told = format!("{method} {target} {body}");
            assert!(answer.is_success() || answer.is_refusal(), "{told:.300} {answer:?}");
            admin.send("DELETE", "/admin/faults", "").await;
            if answer.is_success() {
                for version in ["/v1.0", "/beta"] {
                    for list in [
                        "",
                        "/delta",
                        &format!("/{GROUP}/threads"),
                        &format!("/{GROUP}/conversations"),
                    ] {
                        let list = wire.get(&format!("{version}/groups{list}")).await;
                        assert!(
                            list.status == 200 || list.status == 404,
                            "{told:.3000} {:?}",
                            list.json["error"]
                        );
                    }
                }
                emulator.restore(&before).await.unwrap();
            }
        }
    }
}
