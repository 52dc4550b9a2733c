//! Operations that no page documents: what the metadata alone knows of a call.
//!
//! They are generic, so that a call which is merely possible costs no type of its own. Nothing is known of who may
//! call them, nor which status they answer: every status of success counts, and an update answers the entity or
//! nothing.

use crate::{Model, NoContent, Operation, Page, Payload, Permissions, Spec, Success};
use http::Method;
use std::marker::PhantomData;

macro_rules! operation {
    ($(#[$doc:meta])* $name:ident [$($generic:ident: $bound:ident),*] $text:literal $method:ident, $request:ty => $response:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<$($generic),*>(PhantomData<fn() -> ($($generic,)*)>);

        impl<$($generic: $bound + 'static),*> Operation for $name<$($generic),*> {
            const SPEC: Spec = Spec {
                name: $text,
                method: &Method::$method,
                path: "(undocumented)",
                permissions: Permissions::UNDOCUMENTED,
                docs: None,
            };
            type Request = $request;
            type Response = $response;
        }
    };
}

operation! {
    /// Reads an entity.
    Get[M: Model] "undocumented get" GET, () => Success<M>
}
operation! {
    /// Reads a page of a collection of entities.
    List[M: Model] "undocumented list" GET, () => Success<Page<M>>
}
operation! {
    /// Creates an entity in a collection.
    Create[M: Model] "undocumented create" POST, M => Success<M>
}
operation! {
    /// Changes an entity, which may be answered.
    Update[M: Model] "undocumented update" PATCH, M => Success<Option<M>>
}
operation! {
    /// Deletes an entity.
    Delete[] "undocumented delete" DELETE, () => NoContent
}
operation! {
    /// Replaces what stands at the end of a path; what is answered is not looked at.
    Replace[P: Payload] "undocumented replace" PUT, P => Success<()>
}
operation! {
    /// Calls an action with its parameters.
    Action[P: Payload, R: Payload] "undocumented action" POST, P => Success<R>
}
operation! {
    /// Calls a function.
    Function[R: Payload] "undocumented function" GET, () => Success<R>
}
