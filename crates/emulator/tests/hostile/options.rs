//! Query options and tokens: of every property, nested without end, and of other lists.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use msgraph_emulator::Emulator;
use serde_json::{Value, json};

use crate::wire::Wire;
use crate::{GROUP, seeded, text_post};

#[tokio::test]
async fn filters_on_every_property_are_answered_or_refused() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (thread, _) = seeded(&wire).await;
    let lists = [
        "/v1.0/groups".to_owned(),
        format!("/v1.0/groups/{GROUP}/threads"),
        format!("/v1.0{thread}/posts"),
    ];
    for list in &lists {
        let first = wire.get(list).await.json["value"][0].clone();
        let mut members: Vec<String> = first.as_object().unwrap().keys().cloned().collect();
        members.extend(
            ["nothing", "posts", "attachments", "a/b/c", "from/emailAddress/address"]
                .map(str::to_owned),
        );
        for member in members {
            for text in [
                format!("{member} eq null"),
                format!("{member} eq 'x'"),
                format!("{member} gt 5"),
                format!("{member} le 2026-01-01T00:00:00Z"),
                format!("{member} in ('a','b')"),
                format!("contains({member},'x')"),
                format!("{member}/any(x:x eq 'y')"),
                format!("not {member}"),
                format!("{member} eq {member}"),
                format!("{member} eq 1e400"),
                format!("{member} eq 99999999999999999999999"),
                format!("{member} has 'x'"),
            ] {
                for option in ["$filter", "$orderby", "$select", "$expand", "$search"] {
                    let text = percent_encoding::utf8_percent_encode(
                        &text,
                        percent_encoding::NON_ALPHANUMERIC,
                    );
                    let answer = wire.get(&format!("{list}?{option}={text}")).await;
                    assert!(
                        answer.status == 200 || answer.is_refusal() || answer.status == 501,
                        "{list} {option} {member} {answer:?}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn options_that_are_nested_or_repeated_without_end_cost_nothing() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (thread, post) = seeded(&wire).await;
    // A chain of answers, each to the one before.
    let mut last = post;
    for _ in 0..12 {
        let reply = json!({"post": text_post("Re")}).to_string();
        assert_eq!(wire.send("POST", &format!("/v1.0{last}/reply"), &reply).await.status, 202);
        let posts = wire.get(&format!("/v1.0{thread}/posts?$top=99")).await.json;
        let id =
            posts["value"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        last = format!("{thread}/posts/{id}");
    }
    let nested = |name: &str, depth: usize| {
        let open = format!("{name}($expand=");
        format!("{}{name}{}", open.repeat(depth), ")".repeat(depth))
    };
    let doubled = |depth: usize| {
        let mut text = "inReplyTo".to_owned();
        for _ in 0..depth {
            text = format!("inReplyTo($expand={text}),inReplyTo($expand={text})");
        }
        text
    };
    let group = format!("/v1.0/groups/{GROUP}");
    let options = [
        nested("inReplyTo", 10),
        nested("inReplyTo", 400),
        doubled(8),
        "attachments,".repeat(1_000),
        format!("attachments{}", ",attachments".repeat(1_000)),
    ];
    for expand in options {
        for list in
            [format!("/v1.0{thread}/posts"), format!("/v1.0{last}"), format!("{group}/threads")]
        {
            let answer = wire.get(&format!("{list}?$expand={expand}")).await;
            assert!(answer.status == 200 || answer.is_refusal(), "{expand:.50} {answer:?}");
        }
    }
    let told = wire.get(&format!("/v1.0{last}?$expand={}", nested("inReplyTo", 9))).await;
    assert_eq!(told.status, 200, "{told:?}");
    let at = |depth: usize| told.json.pointer(&format!("{}/id", "/inReplyTo".repeat(depth)));
    assert!(at(10).is_some() && at(11).is_none(), "{told:?}");
    for filter in [
        format!("{}true{}", "(".repeat(3_000), ")".repeat(3_000)),
        format!("{}true", "not%20".repeat(2_000)),
        format!("topic%20eq%20'x'{}", "%20or%20topic%20eq%20'x'".repeat(500)),
        format!("{}topic{}%20eq%20'x'", "tolower(".repeat(1_000), ")".repeat(1_000)),
        "-".repeat(10_000),
    ] {
        let answer = wire.get(&format!("{group}/threads?$filter={filter}")).await;
        assert!(answer.status == 200 || answer.is_refusal(), "{filter:.50} {answer:?}");
    }
}

#[tokio::test]
async fn tokens_of_other_lists_are_refused_or_do_no_harm() {
    let emulator = Emulator::builder().page_size(1).start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (thread, _) = seeded(&wire).await;
    let token = |json: &Value, link: &str| {
        let link = json[link].as_str().unwrap_or_default();
        link.rsplit('=').next().unwrap_or_default().to_owned()
    };
    let of_groups = token(&wire.get("/v1.0/groups").await.json, "@odata.nextLink");
    let of_changes = token(&wire.get("/v1.0/groups/delta").await.json, "@odata.nextLink");
    // The numbers of a link of changes: none that there is, the most and the least there are, and one too large. Then the
    // place of a page that is too large, too.
    let made = [
        "-1.-1.-1",
        "9223372036854775807.9223372036854775807.9223372036854775807",
        "0.999.0",
        "0.-9223372036854775808.-9223372036854775808",
        "9223372036854775808.0.0",
        "18446744073709551615.x",
    ]
    .map(|text| URL_SAFE_NO_PAD.encode(text));
    for token in
        [of_groups.as_str(), of_changes.as_str()].into_iter().chain(made.iter().map(String::as_str))
    {
        for list in ["/v1.0/groups", "/v1.0/groups/delta", &format!("/v1.0{thread}/posts")] {
            for name in ["$skiptoken", "$deltatoken"] {
                let answer = wire.get(&format!("{list}?{name}={token}")).await;
                assert!(
                    answer.status == 200 || answer.is_refusal(),
                    "{list} {name} {token} {answer:?}"
                );
            }
        }
    }
    for option in [
        "$top=0",
        "$top=18446744073709551615",
        "$skip=18446744073709551615",
        "$top=99999999999999999999",
        "$skip=-0",
        "$count=maybe",
        "$format=xml",
        "$top=1&$top=2",
        "$select=",
        "$expand=",
        "$=&&=",
        "%24top=1&$top=2",
    ] {
        let answer = wire.get(&format!("/v1.0/groups?{option}")).await;
        assert!(answer.status == 200 || answer.is_refusal(), "{option} {answer:?}");
    }
}
