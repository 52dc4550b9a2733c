//! Documented examples, and in which ways their bodies are not what the model says.
//!
//! In come requests and responses bound to an operation; out go their parts as they were written, with
//! the places at which they must be read with leniency.

use msgraph_source::{Code, Json, Span};

/// A documented example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// `name` of its annotation: `create_conversationthread_from_group`.
    pub name: String,
    /// The request.
    pub request: ExampleRequest,
    /// The response.
    pub response: Option<ExampleResponse>,
}

/// The request of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleRequest {
    /// The URL as written.
    pub url: String,
    /// Which of the operation's paths it follows.
    pub path: usize,
    /// The codes of what is found in the URL.
    pub url_findings: Vec<Code>,
    /// The text of each key and path parameter in order, decoded (`{id}` where the example keeps
    /// the placeholder).
    pub path_values: Vec<String>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<Json>,
    /// The body, where it is something else than JSON.
    pub content: Option<String>,
    /// Where the body is not what the model says; each is also a diagnostic.
    pub findings: Vec<ExampleFinding>,
    /// The fence.
    pub span: Span,
}

/// The response of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleResponse {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<Json>,
    /// The body, where it is something else than JSON.
    pub content: Option<String>,
    /// Whether members may be missing.
    pub truncated: bool,
    /// Whether the annotation names the type of the body.
    pub names_type: bool,
    /// Where the body is not what the model says; each is also a diagnostic.
    pub findings: Vec<ExampleFinding>,
    /// The fence.
    pub span: Span,
}

/// A documented request that is no example of an operation that is generated.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// `name` of its annotation.
    pub name: String,
    /// The method as written.
    pub method: String,
    /// The URL as written.
    pub url: String,
    /// The code of the diagnostic that tells why.
    pub code: Code,
    /// The reason in words.
    pub reason: String,
    /// The page.
    pub page: String,
    /// The fence.
    pub span: Span,
}

/// A place in an example body that is not what the model says, so that the body as a whole can only
/// be read with leniency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFinding {
    /// The place: `$` for the body, `$.value[0].start` for a member within.
    pub path: String,
    /// What is the case.
    pub kind: FindingKind,
    /// The code under which it is reported.
    pub code: Code,
    /// The member or value in the page.
    pub span: Span,
}

/// In which way a place of an example body is not what the model says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// A text that stands for a value of another type: `datetime-value` for a `DateTimeOffset`.
    Placeholder,
    /// A value of the wrong JSON kind: a string for a `Boolean`.
    ValueKind,
    /// A member that the type, which is not open, does not declare.
    UnknownMember,
    /// A member that differs from a declared one in case alone.
    MemberCase,
    /// A parameter of an action that differs from the declared one in case alone, which is accepted.
    ParameterCase,
    /// A member of a derived type in an object without `@odata.type`.
    DerivedMember,
    /// `@odata.bind` on what is no navigation property.
    Bind,
    /// A date and time without an offset from UTC.
    DateWithoutOffset,
    /// A date where a date and a time belong.
    DateWithoutTime,
    /// A text that is no member of the enumeration.
    EnumMember,
    /// A text that differs from a member of the enumeration in case alone.
    EnumCase,
    /// Null where null is not allowed.
    Null,
    /// An `@odata.type` that names no type, or one that cannot stand here.
    TypeName,
    /// An `@odata.type` that differs from the name of the type in case alone.
    TypeCase,
    /// An `@odata.type` without `#`.
    TypeWithoutHash,
    /// A single value wrapped in an object with the member `value`.
    Wrapped,
}

impl FindingKind {
    /// Whether it is about how values are wrapped and named, and no value is wrong.
    pub fn is_of_envelope(self) -> bool {
        matches!(self, Self::TypeWithoutHash | Self::Wrapped | Self::ParameterCase)
    }
}
