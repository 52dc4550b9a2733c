//! The crate of request builders.

use super::{Body, Example, Manifest, Operation, PathArgument, Scalar, TypePath};
use crate::{DocText, Ident};

/// The crate of request builders.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// Its manifest.
    pub manifest: Manifest,
    /// The library of the models.
    pub models: Ident,
    /// The documentation of the crate.
    pub docs: DocText,
    /// Where the real service is.
    pub base_url: String,
    /// What stands at the root of the service.
    pub roots: Vec<BuilderMethod>,
    /// Markers of the types on the way.
    pub resources: Vec<Marker>,
    /// Markers of the places in the model at which paths end.
    pub sites: Vec<Marker>,
    /// What requests can ask for, where it is not everything: each set once, by name.
    pub options: Vec<QueryOptions>,
    /// The builders, one file per resource.
    pub builders: Vec<Builder>,
    /// What is called the root of the service: `Graph`.
    pub root: Ident,
    /// Whether builders stand for the segments of paths, not for types of a model.
    pub is_of_segments: bool,
    /// Whether builders also call what no page documents.
    pub is_whole: bool,
    /// Whether some of it waits for features.
    pub has_conditions: bool,
    /// Whether something is deprecated, and its own uses must not warn.
    pub has_deprecated: bool,
}

/// What a request can ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// The query options that are left; none where all are.
    pub options: Option<QueryOptions>,
    /// Whether it is always sent with `ConsistencyLevel: eventual`.
    pub is_eventual: bool,
}

/// A set of query options, which stands in the type of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryOptions {
    /// The type that stands for it.
    pub name: Ident,
    /// What it has.
    pub docs: DocText,
    /// The traits of the runtime that mark what it has.
    pub marks: Vec<&'static str>,
    /// Whether searching and counting are sent with `ConsistencyLevel: eventual`.
    pub is_eventual: bool,
}

/// A type without values that tells builders apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// Its name.
    pub name: Ident,
    /// What it stands for.
    pub docs: DocText,
    /// Its type in the models, where undocumented calls need it.
    pub model: Option<TypePath>,
    /// The types on the way that it derives from, which a cast leads from.
    pub bases: Vec<Ident>,
    /// The feature that this type waits for.
    pub condition: Option<String>,
}

/// One resource's builders.
#[derive(Clone, Debug, PartialEq)]
pub struct Builder {
    /// The file, without `.rs`.
    pub file: Ident,
    /// What the file holds, in one line.
    pub docs: DocText,
    /// The implementations, in order.
    pub nodes: Vec<(Node, Vec<BuilderMethod>)>,
    /// What can be called though no page documents it.
    pub undocumented: Vec<Undocumented>,
}

/// A verb that no page documents, and that the metadata allows at a site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undocumented {
    /// The site.
    pub site: Ident,
    /// The verb.
    pub verb: UndocumentedVerb,
    /// The type there.
    pub resource: Ident,
}

/// What the metadata alone can allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UndocumentedVerb {
    /// `GET` of a collection.
    List,
    /// `POST` to a collection.
    Create,
    /// `GET` of one.
    Get,
    /// `PATCH`
    Update,
    /// `DELETE`
    Delete,
    /// `GET` of the number of entities.
    Count,
    /// `GET` of what is of a derived type.
    Cast,
    /// `GET` of a stream.
    Read,
    /// `PUT` of a stream.
    Write,
}

impl UndocumentedVerb {
    /// The HTTP method.
    pub fn method(self) -> &'static str {
        match self {
            Self::List | Self::Get | Self::Count | Self::Cast | Self::Read => "GET",
            Self::Create => "POST",
            Self::Update => "PATCH",
            Self::Delete => "DELETE",
            Self::Write => "PUT",
        }
    }

    /// The trait of the runtime that marks a site which has it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Create => "Create",
            Self::Get => "Get",
            Self::Update => "Update",
            Self::Delete => "Delete",
            Self::Count => "Count",
            Self::Cast => "Cast",
            Self::Read => "Read",
            Self::Write => "Write",
        }
    }
}

/// A builder's type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// What stands at the place.
    pub shape: NodeShape,
    /// The type at this place, or the one that an operation is bound to.
    pub resource: Ident,
    /// The site; none where the methods are the same at all sites.
    pub site: Option<Ident>,
}

/// One, many, an operation bound to these, or an end of the path behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeShape {
    /// `Collection`
    Collection,
    /// `Item`
    Item,
    /// `Bound`
    Bound,
    /// `Count`
    Count,
    /// `Value`
    Value,
    /// `Ref`
    Ref,
    /// `Refs`
    Refs,
    /// `Segment`
    Segment,
}

/// A method of a builder.
#[derive(Clone, Debug, PartialEq)]
pub struct BuilderMethod {
    /// Its name.
    pub name: Ident,
    /// The documentation.
    pub docs: DocText,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
    /// The features that it waits for, all of them, since it names what waits for them in the models.
    pub conditions: Vec<String>,
    /// What it does.
    pub kind: MethodKind,
}

/// What a method of a builder does.
#[derive(Clone, Debug, PartialEq)]
pub enum MethodKind {
    /// Goes deeper by a static segment.
    Segment {
        /// The segment on the wire.
        wire: String,
        /// The builder there.
        to: Node,
    },
    /// Ends the path's places: `$count`.
    Ending {
        /// The segment on the wire.
        wire: &'static str,
        /// The builder there.
        to: Node,
    },
    /// Goes deeper by a key.
    Key {
        /// The name of the argument.
        argument: Ident,
        /// Its type, where it is no text.
        scalar: Option<Scalar>,
        /// The operations of the collection that an id could be taken for.
        beside: Vec<String>,
        /// The builder there.
        to: Node,
    },
    /// Goes deeper by a parameter that is a segment of its own.
    Parameter {
        /// The name of the argument.
        argument: Ident,
        /// Its type, where it is no text.
        scalar: Option<Scalar>,
        /// The builder there.
        to: Node,
    },
    /// Goes deeper by an alternate key.
    AlternateKey {
        /// The names and types of the arguments.
        arguments: Vec<(Ident, PathArgument)>,
        /// The builder there.
        to: Node,
    },
    /// Goes deeper by a function with arguments in the path.
    Call {
        /// The function on the wire.
        wire: String,
        /// The names and types of the arguments.
        arguments: Vec<(Ident, PathArgument)>,
        /// The builder there.
        to: Node,
    },
    /// Goes to the item at a path below this one.
    ByPath {
        /// The name of the argument.
        argument: Ident,
        /// The builder there.
        to: Node,
    },
    /// Ends the path.
    Verb {
        /// Module and name of the operation, from `operations`.
        operation: Vec<Ident>,
        /// The request body, with the name of its argument.
        body: Option<(Ident, Body)>,
        /// The object of the parameters beside the path, where some of them must be given.
        parameters: Option<(Ident, TypePath)>,
        /// What the request can ask for.
        asking: Asking,
        /// A documented call.
        example: Option<Box<Example>>,
    },
    /// Reads what no page documents, at a place where something is to be known of its query options. Elsewhere a mark
    /// does, see [`Undocumented`].
    UndocumentedRead {
        /// Listing, getting or counting.
        verb: UndocumentedVerb,
        /// The type there, in the models.
        model: TypePath,
        /// What the request can ask for.
        asking: Asking,
    },
    /// Calls a bound operation that no page documents.
    UndocumentedCall {
        /// An action, or else a function.
        is_action: bool,
        /// The parameters of an action, with the name of their argument.
        body: Option<(Ident, Body)>,
        /// What it answers.
        answer: Option<Body>,
    },
}

impl Operation {
    /// Module and name, from `operations`.
    pub fn full_path(&self) -> Vec<Ident> {
        let mut path = self.module.clone();
        path.push(self.name.clone());
        path
    }
}
