//! Several requests in one: threads that are created one after the other, and groups that are read, of which one is not
//! there. Each answer has the type of its request.

use std::error::Error;
use std::time::Duration;

use msgraph_emulator::{Emulator, Fault, GARDENERS};
use msgraph_v1_client::{Client, Graph, StaticToken};
use msgraph_v1_models::graph::{BodyType, ConversationThread, ItemBody, Post};

fn thread(topic: &str) -> ConversationThread {
    let body = ItemBody::new().with_content_type(BodyType::Text).with_content("At noon?");
    ConversationThread::new().with_topic(topic).with_posts([Post::new().with_body(body)])
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let client =
        Client::builder().base_url(emulator.v1()).credential(StaticToken::new(emulator.token()));
    let graph = Graph::with_client(client.build()?);
    let group = |id| graph.groups().by_group_id(id);

    let mut batch = graph.client().batch();
    let lunch = batch.add(group(GARDENERS).threads().post(thread("Lunch")))?;
    // Without saying so, they are answered in any order.
    let dinner =
        batch.add_after(group(GARDENERS).threads().post(thread("Dinner")), [lunch.id()])?;
    let gardeners = batch.add(group(GARDENERS).get())?;
    let nobody = batch.add(group("nobody").get())?;
    let waiting = batch.add_after(group(GARDENERS).threads().get(), [nobody.id()])?;

    // The first message is throttled; the client sends it again, as it does with any request.
    emulator.faults().inject([Fault::Throttle(Duration::ZERO)]);
    let mut answers = batch.send().await;

    let (lunch, dinner) = (answers.take(lunch)?, answers.take(dinner)?);
    println!("{} {:?}", lunch.status(), lunch.body().topic());
    println!("{} {:?}", dinner.status(), dinner.body().topic());
    println!("{:?}", answers.take(gardeners)?.body().mail());
    for failed in [answers.take(nobody).err(), answers.take(waiting).err()].into_iter().flatten() {
        let code = failed.service().and_then(|failure| failure.code());
        println!("{:?} {code:?}", failed.status().map(|status| status.as_u16()));
    }
    println!("{} messages", emulator.requests().len());
    Ok(())
}
