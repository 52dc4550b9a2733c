//! What a documentation page says, with a place for every statement.
//!
//! Pure data, as the page has it: nothing is looked up in metadata, and what contradicts itself is left to
//! the linker.

use msgraph_source::{FileId, Json, Span, Spanned};

/// A text as written (entities and Markdown links kept), and where.
pub type Text = Spanned<String>;

/// An annotated page of the reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The text that was read.
    pub file: FileId,
    /// The name by which pages are known: the file name without `.md`, in lower case.
    pub name: String,
    /// The YAML block at the top.
    pub front_matter: FrontMatter,
    /// The first heading of level 1.
    pub title: Option<Text>,
    /// What the line `Namespace: …` below the title says.
    pub namespace: Option<Text>,
    /// The prose between the title and the first section, as Markdown without the lines that only
    /// the site's generator understands, one text per paragraph, list or quote.
    pub summary: Vec<Text>,
    /// The annotation blocks in the order of the text, bound or not.
    pub annotations: Vec<Annotation>,
    /// The `METHOD URL` lines of the section "HTTP request".
    pub templates: Vec<Template>,
    /// The permission tables.
    pub permissions: Vec<PermissionTable>,
    /// The section "Request headers".
    pub request_headers: Vec<HeaderRow>,
    /// The section "Optional query parameters".
    pub query_parameters: QueryParameters,
    /// The text of the section "Request body".
    pub request_body: Vec<Text>,
    /// The text of the section "Response".
    pub response: Vec<Text>,
    /// The request examples in the order of the text, each with the responses paired to it.
    pub examples: Vec<Example>,
    /// The responses that answer no request of the page, in the order of the text: among them those
    /// that their writer calls `ignored`, like the file behind a redirect.
    pub stray_responses: Vec<HttpResponse>,
    /// The property tables, relationship tables and enumeration member tables.
    pub tables: Vec<MemberTable>,
    /// The `resource` blocks with their JSON representation.
    pub resources: Vec<Resource>,
    /// The annotation of type `#page.annotation`; of several the last.
    pub page_annotation: Option<Json>,
    /// The paths of `[!INCLUDE [label](path)]`, which are not followed.
    pub includes: Vec<Text>,
}

/// The YAML block at the top of a page. Values are texts; other keys are kept in `other`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<Text>,
    /// `description`
    pub description: Option<Text>,
    /// `doc_type`
    pub doc_type: Option<Text>,
    /// `ms.subservice`, or `ms.prod` on older pages.
    pub area: Option<Text>,
    /// All other keys with a scalar value, in the order of the text.
    pub other: Vec<(String, String)>,
}

/// The kinds of block that an annotation can announce (API Doctor's `CodeBlockType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockType {
    /// Absent, and not inferred.
    Unknown,
    /// `resource`
    Resource,
    /// `request`
    Request,
    /// `response`
    Response,
    /// `ignored`
    Ignored,
    /// `example`
    Example,
    /// `samples`
    Samples,
    /// `simulatedResponse`
    SimulatedResponse,
    /// `testParams`
    TestParams,
    /// `permissions`
    Permissions,
    /// The annotation of the page itself.
    Page,
}

/// An HTML comment that holds an annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// What it announces.
    pub block_type: BlockType,
    /// The JSON object.
    pub json: Json,
    /// `name`; of a list all of them.
    pub names: Vec<Text>,
    /// `@type`, else `@odata.type`, without `Collection(…)` and `#`.
    pub type_name: Option<Text>,
    /// `isCollection`, or a type written as `Collection(…)`.
    pub is_collection: bool,
    /// `truncated`
    pub truncated: bool,
    /// The comment, from `<!--` to `-->`.
    pub span: Span,
    /// The fence that it binds to.
    pub fence: Option<Fence>,
}

/// A fenced block of code.
#[derive(Clone, Debug, PartialEq)]
pub struct Fence {
    /// The info string's first word, in lower case.
    pub language: String,
    /// What stands between the fences.
    pub content: Span,
    /// From the opening fence to the closing one.
    pub span: Span,
}

/// A `METHOD URL` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// `GET`, `POST`, …
    pub method: Text,
    /// The URL as written: `/groups/{id}/threads`.
    pub url: Text,
}

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PermissionKind {
    /// Delegated, with a work or school account.
    DelegatedWork,
    /// Delegated, with a personal Microsoft account.
    DelegatedPersonal,
    /// Application.
    Application,
}

/// A permission table.
#[derive(Clone, Debug, PartialEq)]
pub struct PermissionTable {
    /// What the table is about, where a page has several: the title of its section, the line above
    /// it, the header of its column, the cell that its row starts with, or the label in its cells.
    pub subject: Option<Text>,
    /// At most one row a kind.
    pub rows: Vec<PermissionRow>,
    /// The table.
    pub span: Span,
}

/// A row of a permission table.
#[derive(Clone, Debug, PartialEq)]
pub struct PermissionRow {
    /// Who signs in.
    pub kind: PermissionKind,
    /// What the table says of it.
    pub grant: PermissionGrant,
    /// The row.
    pub span: Span,
}

/// A cell of a permission table.
#[derive(Clone, Debug, PartialEq)]
pub enum PermissionGrant {
    /// "Not supported."
    NotSupported,
    /// "None.": whoever has signed in may call.
    NoneNeeded,
    /// The permissions from least to most privileged; any one of them is enough.
    OneOf(Vec<Text>),
    /// The same where some alternative is more than one permission ("A and B"): all permissions of
    /// any one set are enough.
    OneOfSets(Vec<Vec<Text>>),
    /// Neither; reported as a diagnostic.
    Unreadable(Text),
}

/// A row of the table of request headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderRow {
    /// The name of the header.
    pub name: Text,
    /// What the table says of it.
    pub description: Text,
    /// Whether the row says "Required".
    pub required: bool,
    /// The row.
    pub span: Span,
}

/// The section "Optional query parameters".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryParameters {
    /// The prose.
    pub text: Vec<Text>,
    /// `$select`, … where the text or a table names them, each once.
    pub names: Vec<Text>,
}

/// How a page says that a fenced block shows a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Announced {
    /// By an annotation.
    Annotated,
    /// By headings and its first line: there is no annotation, or one that the block contradicts.
    Inferred,
    /// By its first line alone. The annotation calls it `ignored`, or something else that is neither:
    /// API Doctor does not look at it, and nobody has checked it.
    Ignored,
}

/// A request and the responses paired to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// `name` of the annotation, or "`{page} #{index}`" where it has none; ignored requests without a
    /// name are counted apart, as "`{page} ignored #{index}`".
    pub name: Text,
    /// How the page says that this is a request.
    pub announced: Announced,
    /// The request.
    pub request: HttpRequest,
    /// The responses paired to it; API Doctor takes the first and drops the rest.
    pub responses: Vec<HttpResponse>,
}

/// A request as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpRequest {
    /// `POST`
    pub method: Text,
    /// The URL as written.
    pub url: Text,
    /// The headers, names as written.
    pub headers: Vec<(Text, Text)>,
    /// The body.
    pub body: Option<Body>,
    /// The fence.
    pub span: Span,
}

/// A response as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpResponse {
    /// How the page says that this is a response.
    pub announced: Announced,
    /// The status code.
    pub status: Spanned<u16>,
    /// The reason phrase as written.
    pub reason: String,
    /// The headers, names as written.
    pub headers: Vec<(Text, Text)>,
    /// The body.
    pub body: Option<Body>,
    /// `@odata.type` of the annotation.
    pub type_name: Option<Text>,
    /// `isCollection` of the annotation.
    pub is_collection: bool,
    /// Whether members may be missing.
    pub truncated: bool,
    /// The fence.
    pub span: Span,
}

/// The body of a request or a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// JSON, read with leniency.
    Json(Json),
    /// Anything else.
    Other(Text),
}

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberTableKind {
    /// Section "Properties".
    Properties,
    /// Section "Relationships".
    Relationships,
    /// Section "Members" or a table headed by "Member".
    Members,
    /// Section "Request body", "Function parameters" or "Path parameters".
    Parameters,
}

/// A table of members.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberTable {
    /// What the rows are.
    pub kind: MemberTableKind,
    /// The title of the section around the table.
    pub heading: Option<Text>,
    /// One member a row.
    pub rows: Vec<MemberRow>,
    /// The table.
    pub span: Span,
}

/// A row of a table of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The name.
    pub name: Text,
    /// The type as written; absent in tables of enumeration members.
    pub type_text: Option<Text>,
    /// The number of an enumeration member, where the table has a column for it.
    pub value: Option<Text>,
    /// What the table says of it, as Markdown.
    pub description: Text,
    /// The row.
    pub span: Span,
}

/// A `resource` block.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// `@odata.type`
    pub type_name: Option<Text>,
    /// `baseType`
    pub base_type: Option<Text>,
    /// `keyProperty`
    pub key_property: Option<Text>,
    /// `openType`
    pub open_type: Option<bool>,
    /// `abstract`
    pub is_abstract: Option<bool>,
    /// `optionalProperties`
    pub optional_properties: Vec<Text>,
    /// The JSON representation.
    pub representation: Option<Json>,
    /// The annotation.
    pub span: Span,
}
