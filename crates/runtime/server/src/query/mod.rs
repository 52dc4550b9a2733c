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
//! `@name` in a filter or an order stands for the value that the query gives the name.
//!
//! What is read may still have no value for some item, such as a division by zero: what applies options gives a `Result`,
//! whose error is a 400 that says where. Parts of a condition are evaluated from left to right, as far as they decide:
//! `pages ne 0 and 100 div pages gt 5` divides by no zero.
//!
//! Not read, and refused with a message that says so: annotations, `$root`, functions of collections and places,
//! options of `$count` and in `$select`, `*` in `$expand`, `$compute`, `$apply`, `$index`.

mod apply;
mod arithmetic;
mod calculate;
mod calling;
mod casting;
mod cursor;
mod display;
mod expand;
mod expression;
mod failure;
mod filter;
mod function;
mod levels;
mod literal;
mod malformed;
mod matching;
mod number;
mod option_name;
mod options;
mod order;
mod path;
mod pattern;
mod position;
mod project;
mod raw;
mod reading;
mod search;
mod select;
mod sort;
mod type_name;
mod value;

pub use apply::Applied;
pub use arithmetic::Arithmetic;
pub use expand::{Expand, Expanded};
pub use expression::{Comparison, Expression, Lambda, Quantifier};
pub use filter::Filter;
pub use function::Function;
pub use levels::Levels;
pub use literal::Literal;
pub use options::{Options, QueryOptions};
pub use order::{Direction, Order};
pub use path::{PropertyPath, Root, Segment};
pub use pattern::Pattern;
pub use position::Position;
pub use raw::Query;
pub(crate) use raw::decode;
pub use search::{Search, SearchCondition};
pub use select::Select;
pub use type_name::{Primitive, TypeName};
