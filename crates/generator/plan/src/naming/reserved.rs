//! Names that are taken before any name of the model comes.
//!
//! A test holds the lists against the source of the runtime (`tests/tests/plan/runtime_names.rs`): a method
//! that is new there fails it.

/// Types and traits of the prelude, and of the generated code's own: an alias of such a name would
/// hide what every file uses.
pub(super) const PRELUDE_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names that every view has, or that a trait gives it: an accessor of such a name would not
/// compile, or would hide the trait's method.
pub(super) const VIEW_METHODS: &[&str] = &[
    // Of the view itself.
    "as_object",
    "as_object_mut",
    "cast",
    "cast_mut",
    "contains",
    "control",
    "edit",
    "etag",
    "from_json",
    "from_object",
    "into_base",
    "into_cast",
    "into_object",
    "is",
    "is_null",
    "merge",
    "mistyped",
    "new",
    "remove",
    "removed",
    "set_null",
    "set_unknown",
    "to_json",
    "unknown",
    "with_null",
    "with_unknown",
    // Of traits whose methods one calls by name.
    "clone",
    "clone_from",
    "default",
    "into",
    "to_owned",
    "to_string",
    "try_into",
];

/// Names that builders have: the verbs, and methods that traits give them and that one calls by name.
pub(crate) const BUILDER_METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "cast",
    "clone",
    "clone_into",
    "delete",
    "fmt",
    "from",
    "get",
    "into",
    "patch",
    "post",
    "put",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

/// Names that the root of the service has.
pub(crate) const ROOT_METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "client",
    "clone",
    "clone_into",
    "fmt",
    "from",
    "into",
    "new",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "with_client",
];

/// Names of the prelude that the modules of operations use.
pub(crate) const OPERATION_NAMES: &[&str] = &["None", "Option", "Some"];

/// Names of the server crate that a trait must not take.
pub(crate) const SERVER_TYPES: &[&str] = &[
    "Accepted",
    "Context",
    "Created",
    "Found",
    "Guard",
    "NoContent",
    "Principal",
    "PrincipalKind",
    "Refusal",
    "Result",
    "Router",
    "ServiceError",
    "StaticTokens",
    "Status",
    "Success",
];

/// Names of arguments that generated functions use themselves.
pub(crate) const LOCALS: &[&str] = &["call", "service", "self_"];

/// Names that a file cannot have on every system, and those that the generator itself uses.
pub(super) const FILES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lib",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "main", "mod", "nul",
    "prn", "schema",
];

/// Modules that the crate of models has of itself.
pub(super) const MODEL_MODULES: &[&str] = &["access", "edm", "operations", "parameters", "runtime"];
