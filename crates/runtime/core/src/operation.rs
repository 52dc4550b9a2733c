//! An operation: one method on one path, as plain constants and types.
//!
//! One definition serves the client, the server, batches and tests. Generated operations are empty enums that
//! implement [`Operation`]; there are no values of them.

use crate::{Payload, Permissions, Reply};

/// One documented request: a method, a path template, and what goes in and comes out.
pub trait Operation: 'static {
    /// The name that the documentation gives to the request, such as `create_conversationthread_from_group`.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: http::Method;
    /// The canonical path below the version, such as `/groups/{group-id}/threads`.
    const PATH: &'static str;
    /// The permissions that the documentation asks for.
    const PERMISSIONS: Permissions;
    /// The address of the documentation page, where there is one.
    const DOCS: Option<&'static str>;
    /// The body of the request; `()` where there is none.
    type Request: Payload;
    /// The documented answer: a status and the body that comes with it.
    type Response: Reply;
}
