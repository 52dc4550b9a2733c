//! What stands in front of every path of a service, and whether the service speaks OData.

use std::fmt;

/// What stands in front of every path, e.g. `/v1.0`. A service speaks OData unless its base says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    path: &'static str,
    is_odata: bool,
}

impl Base {
    /// The base of a service that speaks OData.
    pub const fn new(path: &'static str) -> Self {
        Self { path, is_odata: true }
    }

    /// The base of a service that does not: its answers are without `OData-Version`, contexts, addresses of what was
    /// created and preferences, and there is no `$batch`. Errors keep their envelope where a handler describes none of its
    /// own.
    pub const fn without_odata(self) -> Self {
        Self { is_odata: false, ..self }
    }

    /// The path.
    pub const fn path(self) -> &'static str {
        self.path
    }

    pub(crate) const fn is_odata(self) -> bool {
        self.is_odata
    }
}

impl From<&'static str> for Base {
    fn from(path: &'static str) -> Self {
        Self::new(path)
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)
    }
}
