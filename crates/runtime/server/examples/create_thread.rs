//! A client creates a conversation thread on a server, both generated.

use msgraph_v1_client::{Client, Graph, StaticToken};
use msgraph_v1_models::graph::{BodyType, ConversationThread, ItemBody, Post};
use msgraph_v1_server::{BASE, Context, Created, GroupThreads, Principal, ServiceError};
use msgraph_v1_server::{StaticTokens, group_threads, runtime};

struct Threads;

impl GroupThreads for Threads {
    async fn create(
        &self,
        group_id: String,
        thread: ConversationThread,
        _context: Context,
    ) -> Result<Created<ConversationThread>, ServiceError> {
        Ok(Created(thread.with_id(format!("{group_id}-1")).with_is_locked(false)))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let guard =
        StaticTokens::new().with("secret", Principal::work("alex", ["Group.ReadWrite.All"]));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/v1.0", listener.local_addr()?);
    let routes = group_threads::routes(runtime::Routes::new(BASE, Threads, guard));
    tokio::spawn(runtime::serve(listener, routes.into_service()).until(std::future::pending()));

    let client = Client::builder().base_url(url).credential(StaticToken::new("secret")).build()?;
    let body = ItemBody::new().with_content_type(BodyType::Html).with_content("At noon?");
    let thread =
        ConversationThread::new().with_topic("Lunch").with_posts([Post::new().with_body(body)]);
    let created =
        Graph::with_client(client).groups().by_group_id("42").threads().post(thread).await?;

    println!("{:?} {:?}, {} post", created.id(), created.topic(), created.posts().len());
    Ok(())
}
