//! Query options: what of a collection a request asks for, in which order, and how much of it
//! ("OData Version 4.01. Part 2: URL Conventions", section 5.1).
//!
//! [`Query`] holds the options as they were sent. [`Query::options_of`] reads those of OData against the schema of what
//! is answered, and gives [`QueryOptions`]: a tree to hand to a query engine of one's own, or to apply to models in
//! memory with [`QueryOptions::apply`]. What cannot be read is a 400 that says where.
//!
//! Names of options and of functions are read in any case, as OData 4.01 has it, and the `$` may be left out, as beta
//! has it. A name without `$` is the option in every case: given beside the one with `$`, it is given twice. Names
//! that are no option's and have no `$` are the service's own, and are left alone, as are those with `@`.
//!
//! Not read, and refused with a message that says so: arithmetic, casts to derived types, `$it` alone, parameter
//! aliases, `$ref` and `$levels` in `$expand`, `$compute`, `$apply`, `$index`.

mod apply;
mod cursor;
mod expand;
mod expression;
mod filter;
mod function;
mod literal;
mod malformed;
mod matching;
mod options;
mod order;
mod path;
mod project;
mod raw;
mod search;
mod select;
mod sort;
mod value;

pub use apply::Applied;
pub use expand::Expand;
pub use expression::{Comparison, Expression, Lambda, Quantifier};
pub use filter::Filter;
pub use function::Function;
pub use literal::Literal;
pub use options::{Options, QueryOptions};
pub use order::{Direction, Order};
pub use path::{PropertyPath, Root};
pub use raw::Query;
pub(crate) use raw::decode;
pub use search::Search;
pub use select::Select;
