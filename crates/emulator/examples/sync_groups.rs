//! A job that keeps a copy of all groups with a delta query: each round reads what changed since the one before, and all
//! where the service no longer knows that.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_client::{Client, Graph, StaticToken};
use msgraph_v1_models::graph::schema::Group;
use serde_json::json;

struct Job {
    graph: Graph,
    /// The names of the groups, by their ids. A job that outlives its process keeps them beside the link.
    names: BTreeMap<String, String>,
    /// The file with the delta link.
    link: PathBuf,
}

impl Job {
    /// Makes the copy what the service has.
    async fn run(&mut self) -> Result<(), Box<dyn Error>> {
        let link = fs::read_to_string(&self.link).ok();
        let next = match self.round(link.as_deref()).await {
            Err(error) if error.is_resync_required() => {
                println!("  the link has expired, all is read anew");
                // What is not found again is gone.
                self.names.clear();
                // Some services say where to begin; the others are asked as they were the first time.
                let start = error.service().and_then(|failure| failure.resync_location());
                self.round(start).await?
            }
            done => done?,
        };
        // It is kept behind the last change: a round that breaks off is made again.
        match next {
            Some(next) => fs::write(&self.link, next)?,
            None => println!("  the service gives no link, so all is read again"),
        }
        Ok(())
    }

    /// Reads the pages from `link` on, or all groups, and gives the link of the next round.
    async fn round(
        &mut self,
        link: Option<&str>,
    ) -> Result<Option<String>, msgraph_v1_client::Error> {
        let delta = self.graph.groups().delta().get().select([Group::DisplayName]);
        let mut groups = match link {
            Some(link) => delta.resume(link).items(),
            None => delta.items(),
        };
        while let Some(group) = groups.next().await {
            let group = group?;
            let id = group.id().unwrap_or_default();
            if group.removed().is_some() {
                // What the job has never seen may be told, too.
                if let Some(name) = self.names.remove(id) {
                    println!("  - {name}");
                }
            } else {
                let name = group.display_name().unwrap_or_default();
                println!("  + {name}");
                self.names.insert(id.to_owned(), name.to_owned());
            }
        }
        Ok(groups.delta_link().map(str::to_owned))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().page_size(2).start().await?;
    let client =
        Client::builder().base_url(emulator.v1()).credential(StaticToken::new(emulator.token()));
    let folder = tempfile::tempdir()?;
    let graph = Graph::with_client(client.build()?);
    let mut job = Job { graph, names: BTreeMap::new(), link: folder.path().join("delta-link") };

    println!("first round");
    job.run().await?;

    emulator.put_group("42", &json!({"displayName": "Walkers"})).await?;
    emulator.remove_group(GARDENERS).await?;
    println!("second round");
    job.run().await?;

    emulator.expire_delta_tokens().await?;
    println!("third round");
    job.run().await?;

    println!("{} groups", job.names.len());
    Ok(())
}
