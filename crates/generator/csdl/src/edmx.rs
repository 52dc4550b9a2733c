//! The wrapper: `edmx:Edmx`, its references and its data services (sections 3 and 4).
//!
//! In comes the root element, out goes the document. `None` if the root is not CSDL 4; otherwise
//! whatever could be read. References are read and never opened.

use msgraph_source::catalogue::csdl::{MISSING_ATTRIBUTE, ROOT, VERSION};
use msgraph_source::{Diagnostic, Spanned, shortened};

use crate::annotation::{annotation, annotations};
use crate::document::{Document, Include, IncludeAnnotations, Reference, Schema, Text};
use crate::reader::{EDM, EDMX, Node, Reader, Tag, old_version};
use crate::schema::schema;

/// Reads the root element.
pub(crate) fn document(reader: &mut Reader<'_>, root: Node<'_>) -> Option<Document> {
    check_root(reader, root)?;
    let mut attributes = reader.attributes(root);
    let version = attributes.text("Version");
    let span = attributes.finish();
    let version = version.unwrap_or_else(|| {
        let diagnostic = Diagnostic::at(MISSING_ATTRIBUTE, span, "`Edmx` has no `Version`");
        reader.report(diagnostic.note("it is read as 4.0").help("add `Version=\"4.0\"`"));
        Spanned::new("4.0".to_owned(), span)
    });
    check_version(reader, &version)?;

    let mut references = Vec::new();
    let mut services = None;
    for child in root.children() {
        match reader.tag(child) {
            Some(Tag::Edmx("Reference")) => references.extend(reference(reader, child)),
            Some(Tag::Edmx("DataServices")) => {
                let read = (services.is_none()).then(|| data_services(reader, child));
                let place = reader.start_tag(child);
                reader.once(&mut services, child, read.map(|read| (read, place)), |first| first.1);
            }
            Some(_) => reader.misplaced(child, &["Reference", "DataServices"]),
            None => {}
        }
    }
    if services.is_none() {
        reader.missing_element(root, "DataServices");
    }
    let schemas = services.map_or_else(Vec::new, |(schemas, _)| schemas);
    Some(Document { version, references, schemas, span })
}

/// Says what the root is, unless it is `edmx:Edmx`.
fn check_root(reader: &mut Reader<'_>, root: Node<'_>) -> Option<()> {
    let (name, namespace) = (root.tag_name().name(), root.tag_name().namespace());
    if (name, namespace) == ("Edmx", Some(EDMX)) {
        return Some(());
    }
    if namespace.is_some_and(|namespace| old_version(namespace).is_some()) {
        // The schema inside tells the version exactly.
        let version = root
            .descendants()
            .filter(|node| node.tag_name().name() == "Schema")
            .find_map(|node| old_version(node.tag_name().namespace()?))
            .unwrap_or("CSDL of OData V1 to V3");
        reader.other_version(root, version);
        return None;
    }
    let message = format!("the root element is `{}`, not `edmx:Edmx`", shortened(name));
    let diagnostic = Diagnostic::at(ROOT, reader.start_tag(root), message);
    reader.report(match (name, namespace) {
        ("Edmx", _) => diagnostic.help(format!("declare its namespace: `xmlns:edmx=\"{EDMX}\"`")),
        ("Schema", Some(EDM)) => diagnostic.help(format!(
            "wrap it: `<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"{EDMX}\"><edmx:DataServices>…`"
        )),
        _ => diagnostic.help("write the answer to `GET <service root>/$metadata` into the file"),
    });
    None
}

fn check_version(reader: &mut Reader<'_>, version: &Text) -> Option<()> {
    if matches!(version.value.as_str(), "4.0" | "4.01") {
        return Some(());
    }
    let message =
        format!("this is CSDL {}, and only CSDL 4.0 and 4.01 are read", shortened(&version.value));
    let diagnostic = Diagnostic::at(VERSION, version.span, message);
    reader.report(
        diagnostic.help("ask for `GET <service root>/$metadata` with `OData-MaxVersion: 4.01`"),
    );
    None
}

fn data_services(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<Schema> {
    reader.attributes(node).finish();
    let mut schemas = Vec::new();
    let mut found = false;
    for child in node.children() {
        // A schema of another version is one as well; that it is not read was said.
        let name = child.tag_name();
        found |= name.name() == "Schema" && name.namespace().is_some();
        match reader.tag(child) {
            Some(Tag::Edm("Schema")) => schemas.extend(schema(reader, child)),
            Some(_) => reader.misplaced(child, &["Schema"]),
            None => {}
        }
    }
    if !found {
        reader.missing_element(node, "Schema");
    }
    schemas
}

fn reference(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Reference> {
    let mut attributes = reader.attributes(node);
    let uri = attributes.required("Uri");
    let span = attributes.finish();
    let (mut includes, mut include_annotations, mut annotations) =
        (Vec::new(), Vec::new(), Vec::new());
    for child in node.children() {
        match reader.tag(child) {
            Some(Tag::Edmx("Include")) => includes.extend(include(reader, child)),
            Some(Tag::Edmx("IncludeAnnotations")) => {
                include_annotations.extend(include_annotation(reader, child));
            }
            Some(Tag::Edm("Annotation")) => annotations.extend(annotation(reader, child)),
            Some(_) => reader.misplaced(child, &["Include", "IncludeAnnotations", "Annotation"]),
            None => {}
        }
    }
    Some(Reference { uri: uri?, includes, include_annotations, annotations, span })
}

fn include(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Include> {
    let mut attributes = reader.attributes(node);
    let namespace = attributes.required("Namespace");
    let alias = attributes.text("Alias");
    let span = attributes.finish();
    let annotations = annotations(reader, node);
    Some(Include { namespace: namespace?, alias, annotations, span })
}

fn include_annotation(reader: &mut Reader<'_>, node: Node<'_>) -> Option<IncludeAnnotations> {
    let mut attributes = reader.attributes(node);
    let term_namespace = attributes.required("TermNamespace");
    let qualifier = attributes.text("Qualifier");
    let target_namespace = attributes.text("TargetNamespace");
    let span = attributes.finish();
    reader.no_children(node);
    Some(IncludeAnnotations { term_namespace: term_namespace?, qualifier, target_namespace, span })
}
