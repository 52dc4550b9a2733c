//! provisional
use msgraph_core::{Page, ServiceError, Success};
use msgraph_server::Context;
use crate::links::Token;
use crate::mailbox::{Answer, Mailbox, Wire, model, shown};
use crate::store::{Document, Entity, Transaction};

impl Mailbox {
    pub(crate) async fn page<M: Wire>(&self, _t: &mut Transaction, entities: Vec<Entity>, _context: &Context) -> Answer<Success<Page<M>>> {
        let models: Result<Vec<M>, ServiceError> = entities.iter().map(|entity| model(shown(entity))).collect();
        Ok(Success(Page::new(models?)))
    }
    pub(crate) async fn one<M: Wire>(&self, _t: &mut Transaction, entity: &Entity, _context: &Context) -> Answer<Success<M>> {
        Ok(Success(model(shown(entity))?))
    }
    pub(crate) fn page_of_changes<M: Wire>(&self, changes: impl Iterator<Item = Document>, token: Token, is_last: bool, _context: &Context) -> Answer<Success<Page<M>>> {
        let models: Result<Vec<M>, ServiceError> = changes.map(model).collect();
        let page = Page::new(models?);
        Ok(Success(if is_last { page.with_delta_link(token.text()) } else { page.with_next_link(token.text()) }))
    }
    pub(crate) fn precondition(&self, _entity: &Entity, _context: &Context) -> Answer<()> { Ok(()) }
}
