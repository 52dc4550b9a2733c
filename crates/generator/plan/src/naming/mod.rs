//! The naming pass: the only place that turns names of the wire into names of Rust.
//!
//! In comes the selection; out go identifiers for types, members and constants. Holds: each is a valid
//! identifier, no two of a scope are equal, and none hides what the runtime or the language has there.

mod ident;
mod names;
mod reserved;
mod scope;

pub(crate) use ident::stem;
pub use ident::{Case, Ident};
pub(crate) use names::{Names, TypeNames, parameter_members};
pub(crate) use reserved::{BUILDER_METHODS, LOCALS, OPERATION_NAMES, ROOT_METHODS, SERVER_TYPES};
pub(crate) use scope::Scope;

/// The identifier for `name` in `case`, unique in `scope`.
pub(crate) fn claim(scope: &mut Scope, name: &str, case: Case) -> Ident {
    let wanted = stem(name, case);
    let claimed = match case {
        Case::Pascal => scope.claim_group(&wanted, "", |stem| vec![stem.to_owned()]),
        Case::Snake | Case::Shouty => scope.claim(&wanted),
    };
    Ident::of_stem(&claimed)
}
