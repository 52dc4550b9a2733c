//! What can be done: HTTP operations, the paths that reach them, and what the documents say of them.
//!
//! An operation is a method at a site of the model; whatever paths lead there, it is one. Facts that both
//! sources state keep who said them; who may call and what examples show have files of their own.

use msgraph_source::Span;

use crate::arena::Id;
use crate::documentation::{Deprecation, PageLink, Prose};
use crate::example::Example;
use crate::item::ItemId;
use crate::name::{QualifiedName, WireName};
use crate::permissions::Permissions;
use crate::provenance::Fact;
use crate::service::{ErrorResponse, Parameter, SegmentId};
use crate::type_ref::TypeRef;

/// The place of an [`Operation`] in its API.
pub type OperationId = Id<Operation>;

/// The place of a [`BoundOperation`] in its API.
pub type BoundId = Id<BoundOperation>;

/// An HTTP method that Graph knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PATCH`
    Patch,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The token of RFC 9110.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// The method with this token.
    pub fn from_token(token: &str) -> Option<Self> {
        [Self::Get, Self::Post, Self::Patch, Self::Put, Self::Delete]
            .into_iter()
            .find(|method| method.as_str() == token)
    }
}

/// An action or a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// May have side effects: `POST`.
    Action,
    /// Has none: `GET`.
    Function,
}

/// An action or a function bound to a type (or, with no binding, one reached through an import).
#[derive(Clone, Debug, PartialEq)]
pub struct BoundOperation {
    /// Its name.
    pub name: QualifiedName,
    /// Action or function.
    pub kind: BoundKind,
    /// What it is bound to: the type of its first parameter.
    pub binding: Option<TypeRef>,
    /// The other parameters.
    pub parameters: Vec<BoundParameter>,
    /// What it returns.
    pub returns: Option<TypeRef>,
    /// `EntitySetPath`: the steps from what it is bound to, to the set of the entities that it returns. Each is a
    /// property or a cast; there are none where what is returned is in the set of what it is bound to.
    pub entity_set: Option<Vec<PathStep>>,
    /// Whether more segments may follow.
    pub is_composable: bool,
    /// Whether others are bound to the same type under the same name, so that the name needs more to
    /// tell it from them.
    pub is_overloaded: bool,
    /// What is said of it.
    pub description: Option<Prose>,
    /// Whether and how it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// The declaration in the metadata.
    pub span: Span,
}

/// A parameter of an action or a function.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundParameter {
    /// Its name.
    pub name: WireName,
    /// Its type.
    pub type_ref: TypeRef,
    /// `Org.OData.Core.V1.OptionalParameter`
    pub is_optional: bool,
    /// What is said of it.
    pub description: Option<Prose>,
    /// The declaration in the metadata.
    pub span: Span,
}

/// The place in the model at which a path ends; together with the method it makes the operation,
/// whatever path led there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    /// An entity set or a singleton: index into [`Container::roots`](crate::Container::roots).
    Root(usize),
    /// A property of a structured type.
    Property {
        /// The declaring type.
        owner: ItemId,
        /// Index into its properties.
        index: usize,
    },
    /// A bound action or function.
    Bound(BoundId),
    /// A segment of a path of a service that is no OData.
    Segment(SegmentId),
}

/// What follows the place at which a path ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Nothing.
    Plain,
    /// `$count`: how many there are, as text; of one type where a cast stands in front.
    Count(Option<ItemId>),
    /// `$value`: the raw value, a stream. Behind a property that is a stream it says nothing, and the path
    /// ends as one without it.
    Value,
    /// `$ref`: links to entities in place of the entities; bodies hold `@odata.id` and have no type.
    Ref,
    /// A cast to a derived type, behind which a key may stand.
    Cast(ItemId),
}

/// Why nothing can be generated for a path yet. The page that documents it is not at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// An item of what a function returns that says that nothing follows it.
    ItemOfFunction,
}

impl Obstacle {
    /// The words for it, as the subject of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::ItemOfFunction => "an item of what a function returns that is not composable",
        }
    }
}

/// What tells operations apart: the method, the site, whether one item of it is meant, and what
/// follows it. Paths do not: several of them can lead to one operation.
pub type OperationKey = (Method, Site, bool, Ending);

/// A path from the service root.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The steps through the model; none where the site is a segment, which has its path.
    pub steps: Vec<PathStep>,
    /// The template: placeholders as documented, names as the metadata spells them:
    /// `/groups/{id}/threads`.
    pub template: String,
    /// Why nothing can be generated for it yet; a selection leaves such paths out.
    pub obstacle: Option<Obstacle>,
    /// Where it is documented.
    pub span: Span,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// An entity set or a singleton: index into the container's roots.
    Root(usize),
    /// A property of the type reached so far.
    Property {
        /// The declaring type.
        owner: ItemId,
        /// Index into its properties.
        index: usize,
    },
    /// The key of an entity in the collection reached so far.
    Key {
        /// The text in the template without braces: `id`; or the literal.
        text: String,
        /// Whether the template names a value to be supplied, not a literal.
        is_parameter: bool,
    },
    /// The alternate key of an entity in the collection reached so far: its properties, each with the
    /// text of its value.
    AlternateKey(Vec<(WireName, String)>),
    /// The path from the item reached so far to one below it, which stands between colons.
    ByPath(String),
    /// A cast to a derived type.
    Cast(ItemId),
    /// A bound action or function, with the parameters that stand in the path.
    Bound(BoundId, Vec<(WireName, String)>),
    /// `$count`
    Count,
    /// `$value`
    Value,
    /// `$ref`
    Ref,
}

/// An HTTP operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// Where in the model it acts.
    pub site: Site,
    /// Whether it acts on one entity of a collection site (the path ends in a key).
    pub on_item: bool,
    /// What follows the site.
    pub ending: Ending,
    /// The paths that reach it, documented ones in the order of the pages; the first is canonical.
    pub paths: Vec<Path>,
    /// The type of the request body.
    pub request: Option<TypeRef>,
    /// Whether a request may lack it.
    pub request_is_optional: bool,
    /// What stands beside the path, where a service that is no OData says so.
    pub parameters: Vec<Parameter>,
    /// The answers that are no successes, where it says so.
    pub errors: Vec<ErrorResponse>,
    /// The name that it gives to the operation.
    pub name: Option<WireName>,
    /// Whether and how the operation itself is deprecated.
    pub deprecation: Option<Deprecation>,
    /// The documented responses, success first.
    pub responses: Vec<Fact<Response>>,
    /// Who may call it; absent where no page says so.
    pub permissions: Option<Fact<Permissions>>,
    /// The documented request headers.
    pub headers: Vec<HeaderField>,
    /// The documented query options: `$select`, …
    pub query_options: Vec<String>,
    /// What is said of it.
    pub description: Vec<Prose>,
    /// The page.
    pub page: Option<PageLink>,
    /// The address of the page about it, where a description gives one.
    pub docs: Option<String>,
    /// Other pages that document it, too.
    pub other_pages: Vec<PageLink>,
    /// Whether it answers a collection of entities, page by page.
    pub is_pageable: bool,
    /// The examples, in the order of the page.
    pub examples: Vec<Example>,
}

impl Operation {
    /// An operation of which nothing is said but where it stands.
    pub fn new((method, site, on_item, ending): OperationKey) -> Self {
        Self {
            method,
            site,
            on_item,
            ending,
            paths: Vec::new(),
            request: None,
            request_is_optional: false,
            parameters: Vec::new(),
            errors: Vec::new(),
            name: None,
            deprecation: None,
            responses: Vec::new(),
            permissions: None,
            headers: Vec::new(),
            query_options: Vec::new(),
            description: Vec::new(),
            page: None,
            docs: None,
            other_pages: Vec::new(),
            is_pageable: false,
            examples: Vec::new(),
        }
    }

    /// What tells it from others.
    pub fn key(&self) -> OperationKey {
        (self.method, self.site, self.on_item, self.ending)
    }

    /// The body of what answers 200 with a body or 204 without, as its caller prefers.
    pub fn preferred_body(&self) -> Option<TypeRef> {
        let mut choices = self.responses.iter().filter(|response| response.value.is_choice);
        choices.find_map(|response| response.value.body)
    }

    /// Whether nothing can be generated for any of its paths yet.
    pub fn is_obstructed(&self) -> bool {
        self.paths.iter().all(|path| path.obstacle.is_some())
    }
}

/// A response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The type of the body.
    pub body: Option<TypeRef>,
    /// Whether it is one of two, 200 and 204, between which the caller's preference decides (RFC 7240,
    /// section 4.2).
    pub is_choice: bool,
}

/// A documented request header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// Its name as documented.
    pub name: String,
    /// What is said of it, Markdown.
    pub description: String,
    /// Whether it must be sent.
    pub required: bool,
    /// Where it is documented.
    pub span: Span,
}
