//! From entities to answers: the query options, what is expanded, and the pages.
//!
//! A request for a page reads all items of its collection, which is what a local database has room for; what is expanded
//! is read only for those that are answered. `$top` is the length of a page, as in Graph, and not the end of the list.

use msgraph_core::{Page, ServiceError, Success};
use msgraph_server::Context;
use msgraph_server::query::{Expand, Expanded, Levels, Options, QueryOptions};

use super::links::{ChangeToken, DELTA, PageToken, SKIP, link};
use super::posts::ANSWERED;
use super::search::{found, not_searched};
use super::{Answer, Mailbox, Wire, document, model, shown};
use crate::document::Document;
use crate::store::{Entity, Kind, Transaction};

/// Members that come only where they are expanded, though they stand in the document.
const ON_DEMAND: [&str; 2] = ["singleValueExtendedProperties", "multiValueExtendedProperties"];

/// What leads to other entities, which are read only where they are expanded.
const CONTAINED: [&str; 6] =
    ["conversations", "threads", "posts", "attachments", "extensions", "inReplyTo"];

/// The longest page, as Graph has it.
const LONGEST: usize = 999;

/// An item that may be answered: what it was made of, and as it is filtered and ordered, with what comes on demand alone.
struct Item<M> {
    entity: Entity,
    model: M,
}

impl Mailbox {
    /// One page of a collection.
    pub(crate) async fn page<M: Wire>(
        &self,
        transaction: &mut Transaction,
        entities: Vec<Entity>,
        context: &Context,
    ) -> Answer<Success<Page<M>>> {
        let options: QueryOptions<M> = context.query.options_of()?;
        refuse_those(&options, &CONTAINED)?;
        let entities = match &options.search {
            Some(search) => found::<M>(entities, search)?,
            None => entities,
        };
        let mut items = Vec::new();
        for entity in entities {
            let model: M = model(&told(&entity))?;
            if passes(&options, &model)? {
                items.push(Item { entity, model });
            }
        }
        options.sort(&mut items, |item| M::peel_ref(&item.model))?;
        let count = items.len();
        items.drain(..options.skip.map_or(0, length).min(count));
        let start = match &options.skip_token {
            Some(token) => {
                PageToken::of(token)?.start(items.iter().map(|item| item.entity.key.as_str()))
            }
            None => 0,
        };
        let size = options.top.map_or(self.page_size, length).min(LONGEST);
        let end = start.saturating_add(size).min(items.len());
        let key = |item: &Item<M>| item.entity.key.clone();
        let last = (start < end).then(|| items.get(end - 1)).flatten();
        let token = last.zip(items.get(end)).map(|(last, next)| PageToken {
            before: end,
            last: key(last),
            next: key(next),
        });
        let mut answered = Vec::new();
        for item in items.into_iter().take(end).skip(start) {
            answered.push(whole::<M>(transaction, &item.entity, &options).await?);
        }
        let mut page = Page::new(answered);
        if let Some(token) = token {
            page = page.with_next_link(link(context, SKIP, &token.text()));
        }
        if options.count {
            page = page.with_count(i64::try_from(count).unwrap_or(i64::MAX));
        }
        Ok(Success(page))
    }

    /// One entity.
    pub(crate) async fn one<M: Wire>(
        &self,
        transaction: &mut Transaction,
        entity: &Entity,
        context: &Context,
    ) -> Answer<Success<M>> {
        context.preconditions().check(Some(&entity.etag()))?;
        let options: QueryOptions<M> = context.query.options_of()?;
        refuse(&options)?;
        Ok(Success(whole(transaction, entity, &options).await?))
    }
}

/// The changes as they were asked for: what is gone in any case, and of the others those that the filter lets pass.
pub(crate) fn changed_as_asked<M: Wire>(
    changes: impl Iterator<Item = Document>,
    options: &QueryOptions<M>,
) -> Answer<Vec<M>> {
    refuse(options)?;
    let mut answered = Vec::new();
    for change in changes {
        let is_gone = change.has("@removed");
        let model: M = model(&change)?;
        if is_gone {
            answered.push(model);
            continue;
        }
        if !passes(options, &model)? {
            continue;
        }
        // Whatever is selected, the id comes with it: a change of what cannot be told apart is none.
        let mut selected = document(&options.apply_to_one(model)?)?;
        if let Some(id) = change.raw("id") {
            selected.set("id", id);
        }
        answered.push(self::model(&selected)?);
    }
    Ok(answered)
}

/// Whether the filter, if there is one, lets an item pass.
fn passes<M: Wire>(options: &QueryOptions<M>, model: &M) -> Answer<bool> {
    options.filter.as_ref().map_or(Ok(true), |filter| filter.matches(model))
}

/// A page of changes, which ends in the link of the next one, or of the changes to come.
pub(crate) fn page_of_changes<M: Wire>(
    changes: Vec<M>,
    token: ChangeToken,
    is_last: bool,
    context: &Context,
) -> Page<M> {
    let page = Page::new(changes);
    match is_last {
        true => page.with_delta_link(link(context, DELTA, &token.text())),
        false => page.with_next_link(link(context, SKIP, &token.text())),
    }
}

/// 501 for what would be answered wrongly where nothing is searched: a search, and what [`refuse_those`] tells.
fn refuse(options: &Options) -> Answer<()> {
    refuse_search(options)?;
    refuse_those(options, &CONTAINED)
}

fn refuse_search(options: &Options) -> Answer<()> {
    match options.search {
        Some(_) => Err(not_searched()),
        None => Ok(()),
    }
}

/// 501 for what would be answered wrongly: what is expanded goes one level deep for each `$expand`, and is not searched;
/// links to it are not made; and properties that are not read with an entity are not asked about.
fn refuse_those(options: &Options, unread: &[&str]) -> Answer<()> {
    let refused = |what: &str, option: &str| {
        Err(ServiceError::not_implemented(what.to_owned()).with_target(option))
    };
    let what = "The emulator does not filter or order by what is only expanded.";
    if options.filter.iter().any(|filter| names_one(&filter.to_string(), unread)) {
        return refused(what, "$filter");
    }
    if options.order_by.iter().any(|order| names_one(&order.to_string(), unread)) {
        return refused(what, "$orderby");
    }
    for expand in &options.expand {
        if expand.levels.and_then(Levels::next).is_some() {
            return refused("The emulator expands one level for each `$expand`.", "$levels");
        }
        if expand.answer == Expanded::References {
            return refused("The emulator does not expand to links.", "$expand");
        }
        refuse_search(&expand.options)?;
        refuse_those(&expand.options, &[CONTAINED.as_slice(), &ON_DEMAND].concat())?;
    }
    Ok(())
}

/// A number of items.
fn length(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The document with all that is ever told of it.
fn told(entity: &Entity) -> Document {
    let mut document = shown(entity);
    document.remove(ANSWERED);
    document
}

/// The document without what is told only on demand.
fn bare(entity: &Entity) -> Document {
    let mut document = told(entity);
    ON_DEMAND.iter().for_each(|member| document.remove(member));
    document
}

/// Whether an option, as text, names one of these properties outside of its texts in quotes.
fn names_one(option: &str, properties: &[&str]) -> bool {
    let plain = option.split('\'').step_by(2);
    let mut words = plain.flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    words.any(|word| properties.contains(&word))
}

/// The entity as it was asked for.
async fn whole<M: Wire>(
    transaction: &mut Transaction,
    entity: &Entity,
    options: &QueryOptions<M>,
) -> Answer<M> {
    let document = expanded(transaction, entity, options).await?;
    options.apply_to_one(model(&document)?)
}

/// The document with what its properties lead to, as far as that is asked for; nothing is taken away yet.
async fn expanded(
    transaction: &mut Transaction,
    entity: &Entity,
    options: &Options,
) -> Answer<Document> {
    let mut document = bare(entity);
    for expand in &options.expand {
        expand_one(transaction, entity, expand, &mut document).await?;
    }
    Ok(document)
}

/// Writes into the document what a property of its entity leads to; nothing where it leads nowhere.
async fn expand_one(
    transaction: &mut Transaction,
    entity: &Entity,
    expand: &Expand,
    document: &mut Document,
) -> Answer<()> {
    let name = expand.property.as_str();
    if ON_DEMAND.contains(&name) {
        if let Some(value) = entity.document.raw(name) {
            document.set(name, value);
        }
        return Ok(());
    }
    let key = entity.key.as_str();
    let contained = match (entity.kind, name) {
        (Kind::Group, "conversations") => transaction.children(Kind::Conversation, key).await?,
        (Kind::Group, "threads") => transaction.grandchildren(Kind::Thread, key).await?,
        (Kind::Conversation, "threads") => transaction.children(Kind::Thread, key).await?,
        (Kind::Thread, "posts") => transaction.children(Kind::Post, key).await?,
        (Kind::Post, "attachments") => transaction.children(Kind::Attachment, key).await?,
        (Kind::Group | Kind::Post, "extensions") => {
            transaction.children(Kind::Extension, key).await?
        }
        (Kind::Post, "inReplyTo") => {
            let Some(answered) = entity.document.get::<String>(ANSWERED) else { return Ok(()) };
            if let Some(answered) = transaction.get(Kind::Post, &answered).await? {
                let answered = Box::pin(expanded(transaction, &answered, &expand.options)).await?;
                document.set(name, answered);
            }
            return Ok(());
        }
        _ => return Ok(()),
    };
    let mut documents = Vec::new();
    for entity in contained {
        documents.push(Box::pin(expanded(transaction, &entity, &expand.options)).await?);
    }
    document.set(name, documents);
    Ok(())
}
