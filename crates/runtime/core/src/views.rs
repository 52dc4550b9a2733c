//! The macro that defines a generated crate's typed views, each trait of which is implemented once.
//!
//! The types are defined in the invoking crate and not here, so that generated code can give them inherent
//! methods: `impl View<schema::User> { … }`. References are turned into views with `bytemuck`, without unsafe
//! code on either side. Each of the three types stands in a file of its own.

mod enumeration;
mod flags;
mod view;

/// Defines `View<S>`, `Enum<S>` and `Flags<S>`: the types of which every model of the invoking module's crate is
/// an alias.
///
/// A generated crate calls it once, in its root. The crate has to depend on this one by the name `msgraph_core`.
/// `views!(enumerations of values)` takes the types of enumerations from the crate `values`, which has them all.
///
/// Names of the inherent methods, which generated accessors therefore must not have: those documented on the
/// three types.
#[macro_export]
macro_rules! views {
    () => {
        $crate::__view!();
        $crate::__enums!();
        $crate::__flags!();
    };
    (enumerations of $values:ident) => {
        $crate::__view!();
        pub use ::$values::{Enum, Flags};
    };
}
