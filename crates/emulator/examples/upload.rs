//! A file that is too long for one request is attached to a post, range by range, through an upload session.

use std::error::Error;

use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_client::{Client, Graph, StaticToken};
use msgraph_v1_models::graph::{AttachmentItem, AttachmentType};
use msgraph_v1_models::parameters::AttachmentCreateUploadSessionParameters;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let client =
        Client::builder().base_url(emulator.v1()).credential(StaticToken::new(emulator.token()));
    let graph = Graph::with_client(client.build()?);

    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let thread = threads().get().await?.into_value().remove(0);
    let posts = || threads().by_conversation_thread_id(thread.id().unwrap_or_default()).posts();
    let post = posts().get().await?.into_value().remove(0);
    let attachments = || posts().by_post_id(post.id().unwrap_or_default()).attachments();

    // Bytes in memory; `RangeSource` takes them from a file, a piece at a time.
    let plan: String = (0..70_000).map(|row| format!("row {row:05}\n")).collect();
    let plan = msgraph_v1_client::runtime::core::Bytes::from(plan);
    let item = AttachmentItem::new()
        .with_attachment_type(AttachmentType::File)
        .with_name("plan.txt")
        .with_content_type("text/plain")
        .with_size(i64::try_from(plan.len())?);
    let wanted = AttachmentCreateUploadSessionParameters::new().with_attachment_item(item);
    let session = attachments().create_upload_session().post(wanted).await?;

    let upload = graph
        .client()
        .upload(session.upload_url().ok_or("the session has no address")?)
        .range_size(320 << 10)
        .on_progress(|progress| println!("{} of {} bytes", progress.sent, progress.total));
    let uploaded = upload.send(&plan).await?;
    println!("{}", uploaded.status());

    for attachment in attachments().get().await?.value() {
        let id = attachment.id().unwrap_or_default();
        let content = attachments().by_attachment_id(id).content().get().await?;
        println!("{:?} {:?}", attachment.name(), attachment.content_type());
        println!("all there: {}", content.bytes() == plan);
    }
    Ok(())
}
