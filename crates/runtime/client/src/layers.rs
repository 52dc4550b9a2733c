//! The built-in layers, one file each, in the order in which a request passes them.

pub(crate) mod authorize;
pub(crate) mod carry;
pub(crate) mod identify;
pub(crate) mod retrying;
pub(crate) mod sdk_version;
