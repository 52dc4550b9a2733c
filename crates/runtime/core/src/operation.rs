//! An operation: one method on one path, as plain constants and types.
//!
//! One definition serves the client, the server, batches and tests. Generated operations are empty enums that
//! implement [`Operation`]; there are no values of them.

use crate::{Payload, Permissions, Reply};

/// One request: a method, a path template, and what goes in and comes out.
pub trait Operation: 'static {
    /// What is stated of the operation, in one constant: each costs the compiler a body to check, and there are
    /// thousands of operations. The constants below read it.
    const SPEC: Spec;
    /// The name that the documentation gives to the request, such as `create_conversationthread_from_group`.
    const NAME: &'static str = Self::SPEC.name;
    /// The HTTP method.
    const METHOD: &'static http::Method = Self::SPEC.method;
    /// The canonical path below the version, such as `/groups/{group-id}/threads`.
    const PATH: &'static str = Self::SPEC.path;
    /// The permissions that the documentation asks for.
    const PERMISSIONS: Permissions = Self::SPEC.permissions;
    /// The address of the documentation page, where there is one.
    const DOCS: Option<&'static str> = Self::SPEC.docs;
    /// The body of the request; `()` where there is none.
    type Request: Payload;
    /// The documented answer: a status and the body that comes with it.
    type Response: Reply;
}

/// What is stated of an [`Operation`]; the constants of the trait tell what each means.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// See [`Operation::NAME`].
    pub name: &'static str,
    /// See [`Operation::METHOD`].
    pub method: &'static http::Method,
    /// See [`Operation::PATH`].
    pub path: &'static str,
    /// See [`Operation::PERMISSIONS`].
    pub permissions: Permissions,
    /// See [`Operation::DOCS`].
    pub docs: Option<&'static str>,
}
