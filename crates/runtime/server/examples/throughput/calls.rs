//! Calls by the generated client, and by reqwest and serde as one would write them by hand: the same request, to the same
//! server, with the same settings.

use std::error::Error;
use std::time::{Duration, Instant};

use msgraph_v1_client::{Client, Graph, StaticToken};
use msgraph_v1_models::graph::{
    BodyType, ConversationThread, EmailAddress, ItemBody, Post, Recipient,
};

use crate::Figures;
use crate::by_hand::{Thread, thread};
use crate::serve::TOKEN;

const GROUP: &str = "29981b6a-0e57-42dc-94c9-cd24f5306196";

/// Calls by the generated client.
pub(crate) async fn generated(address: &str, calls: usize) -> Result<Figures, Box<dyn Error>> {
    let client = Client::builder()
        .base_url(format!("http://{address}/v1.0"))
        .credential(StaticToken::new(TOKEN));
    let graph = Graph::with_client(client.build()?);
    let mut times = Vec::with_capacity(calls);
    let all = Instant::now();
    for _ in 0..calls {
        let began = Instant::now();
        let alex = EmailAddress::new().with_name("Alex Darrow").with_address("alexd@contoso.com");
        let body =
            ItemBody::new().with_content_type(BodyType::Html).with_content("this is body content");
        let post = Post::new()
            .with_body(body)
            .with_new_participants([Recipient::new().with_email_address(alex)]);
        let thread = ConversationThread::new()
            .with_topic("New Conversation Thread Topic")
            .with_posts([post]);
        let created = graph.groups().by_group_id(GROUP).threads().post(thread).await?;
        times.push(began.elapsed());
        if created.id().is_none() {
            return Err("the thread has no id".into());
        }
    }
    Ok(Figures::of(times, all.elapsed()))
}

/// Calls by hand.
pub(crate) async fn by_hand(address: &str, calls: usize) -> Result<Figures, Box<dyn Error>> {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(100))
        .connect_timeout(Duration::from_secs(15))
        .build()?;
    let base = format!("http://{address}/v1.0");
    let mut times = Vec::with_capacity(calls);
    let all = Instant::now();
    for _ in 0..calls {
        let began = Instant::now();
        let response = client
            .post(format!("{base}/groups/{GROUP}/threads"))
            .bearer_auth(TOKEN)
            .json(&thread())
            .send()
            .await?
            .error_for_status()?;
        let created: Thread = response.json().await?;
        times.push(began.elapsed());
        if created.id.is_none() {
            return Err("the thread has no id".into());
        }
    }
    Ok(Figures::of(times, all.elapsed()))
}
