//! A delta query that has to begin anew: the service no longer knows the state that a link stands for.
//!
//! In comes a failure; out goes whether it is that one, and where the service says to begin. Graph answers 410 (Gone)
//! with a code that tells more, and for drives with the address of a fresh start in `Location`; mailboxes answer the
//! code with other statuses, too. What is read after a fresh start is the whole collection: what the caller has and does
//! not find in it is gone, but for `resyncChangesUploadDifferences`, where the caller may know more than the service.

use http::{StatusCode, header};

use crate::error::Error;
use crate::failure::ServiceFailure;

/// The codes that say it, whatever the status.
const CODES: [&str; 5] = [
    "resyncRequired",
    "resyncChangesApplyDifferences",
    "resyncChangesUploadDifferences",
    "syncStateNotFound",
    "syncStateInvalid",
];

impl Error {
    /// Whether a delta link or a skip token has expired, so that all has to be read anew.
    ///
    /// ```no_run
    /// # use msgraph_client::{Error, Request, core::{Model, Object, Operation, Page, Removed, Reply}};
    /// # struct Store;
    /// # impl Store {
    /// #     fn link(&self) -> Option<String> { None }
    /// #     fn keep_link(&mut self, _: Option<&str>) {}
    /// #     fn put<T>(&mut self, _: T) {}
    /// #     fn take_away<T>(&mut self, _: T) {}
    /// #     fn begin_anew(&mut self) {}
    /// # }
    /// # async fn sync<O, T>(delta: impl Fn() -> Request<O>, store: &mut Store) -> Result<(), Error>
    /// # where O: Operation, O::Response: Reply<Body = Page<T>>, T: Model + Send + 'static {
    /// # let removed = |item: &T| T::peel_ref(item).removed();
    /// // `delta()` makes the request of the delta query, and `store` has what was read before.
    /// let mut request = match store.link() {
    ///     Some(link) => delta().resume(&link),
    ///     None => delta(),
    /// };
    /// let mut has_begun_anew = false;
    /// 'anew: loop {
    ///     let mut items = request.items();
    ///     while let Some(item) = items.next().await {
    ///         match item {
    ///             // With a model: `item.removed()`.
    ///             Ok(item) if removed(&item).is_some() => store.take_away(item),
    ///             Ok(item) => store.put(item),
    ///             Err(error) if error.is_resync_required() && !has_begun_anew => {
    ///                 has_begun_anew = true;
    ///                 store.begin_anew();
    ///                 request = match error.service().and_then(|failure| failure.resync_location()) {
    ///                     Some(location) => delta().resume(location),
    ///                     None => delta(),
    ///                 };
    ///                 continue 'anew;
    ///             }
    ///             Err(error) => return Err(error),
    ///         }
    ///     }
    ///     store.keep_link(items.delta_link());
    ///     return Ok(());
    /// }
    /// # }
    /// ```
    pub fn is_resync_required(&self) -> bool {
        self.service().is_some_and(ServiceFailure::is_resync_required)
    }
}

impl ServiceFailure {
    /// Whether a delta link or a skip token has expired; see [`Error::is_resync_required`].
    pub fn is_resync_required(&self) -> bool {
        self.status() == StatusCode::GONE || CODES.iter().any(|code| self.is(code))
    }

    /// Where the service says to read all anew, for [`Request::resume`](crate::Request::resume), which refuses an address
    /// that leads away from the service. It may hold a secret in its query. None where nothing has expired, or the service
    /// names no place: then the delta query is made as it was the first time.
    pub fn resync_location(&self) -> Option<&str> {
        let location = self.headers().get(header::LOCATION)?.to_str().ok()?;
        self.is_resync_required().then_some(location)
    }
}
