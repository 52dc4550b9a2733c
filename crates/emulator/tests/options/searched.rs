//! What a search finds.

use msgraph_client::core::StatusCode;
use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_models::graph::Group as GroupModel;

use crate::support::{graph, status};
use crate::with_threads;

#[tokio::test]
async fn groups_are_searched_by_words_of_their_names_and_descriptions() {
    let emulator = Emulator::start().await.unwrap();
    for (id, name, nick, description) in [
        ("a", "SFA Videos", "sfa", "what is produced"),
        ("b", "OneVideo", "one", "for all"),
        ("c", "Avideo", "my-video", "products"),
    ] {
        let group = GroupModel::new().with_display_name(name).with_mail_nickname(nick);
        emulator.put_group(id, &group.with_description(description)).await.unwrap();
    }
    let graph = graph(&emulator);
    let found = async |search: &str| {
        let groups = graph.groups().get().query("$search", search).query("$orderby", "id").await?;
        Ok::<_, msgraph_client::Error>(
            groups.value().iter().filter_map(|group| group.id()).collect::<String>(),
        )
    };
    for (search, ids) in [
        (r#""displayName:Video""#, "ab"),
        (r#""displayName:videos sfa""#, "a"),
        (r#""displayName:video" AND NOT "displayName:one""#, "a"),
        (r#""displayName:one" OR "description:PROD""#, "abc"),
        (r#""displayName:videos one""#, ""),
        (r#""mailNickname:MY-V""#, "c"),
        (r#""mailNickname:video""#, ""),
        (r#""mail:a""#, ""),
    ] {
        assert_eq!(found(search).await.unwrap(), ids, "{search}");
    }
    for search in [
        r#""video""#,
        r#""displayName:a" OR "nothing:b""#,
        r#""displayName:""#,
        r#""description:!""#,
    ] {
        let refused = found(search).await.unwrap_err();
        assert_eq!(status(&refused), Some(StatusCode::BAD_REQUEST), "{search}");
    }
}

#[tokio::test]
async fn a_search_is_refused_and_not_answered_with_everything() {
    let (_emulator, graph) = with_threads().await;
    let threads = graph.groups().by_group_id(GARDENERS).threads();
    let refused = threads.get().query("$search", "\"seeds\"").await.unwrap_err();
    assert_eq!(status(&refused), Some(StatusCode::NOT_IMPLEMENTED));
}
