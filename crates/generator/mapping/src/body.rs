//! What a body holds: a collection stands in an object that has it as `value`.

use msgraph_openapi::{Document, MediaType, Operation, Schema};

use crate::names::Names;
use crate::value::{Value, value};

/// What stands beside `value` in the object around a collection or a primitive value.
fn is_envelope(name: &str) -> bool {
    name == "value" || name.contains("@odata.") || name.starts_with('@')
}

/// What a body with this schema holds.
pub(crate) fn body(document: &Document, names: &Names, schema: Schema<'_>) -> Value {
    let is_type = schema.reference().is_some_and(|it| names.type_name(&it.value).is_some());
    if is_type {
        return value(document, names, schema);
    }
    let target = match schema.reference() {
        Some(reference) => document.schema(&reference.value).unwrap_or(schema),
        None => schema,
    };
    match enveloped(document, names, target) {
        Some(held) => value(document, names, held),
        None => value(document, names, schema),
    }
}

/// What is the `value` of an envelope.
fn enveloped<'a>(document: &'a Document, names: &Names, schema: Schema<'a>) -> Option<Schema<'a>> {
    let parts: Vec<Schema<'a>> = std::iter::once(schema)
        .chain(schema.all_of().map(|part| match part.reference() {
            Some(reference) if names.type_name(&reference.value).is_none() => {
                document.schema(&reference.value).unwrap_or(part)
            }
            _ => part,
        }))
        .collect();
    let is_whole = parts.iter().all(|part| {
        part.reference().is_none() && part.properties().all(|(name, _)| is_envelope(name.value))
    });
    if !is_whole {
        return None;
    }
    parts.iter().find_map(|part| part.property("value"))
}

/// What the operation answers where it succeeds; none where that is nothing.
pub(crate) fn answer(
    document: &Document,
    names: &Names,
    operation: Operation<'_>,
) -> Option<Value> {
    let mut successes = operation.responses().filter(|response| {
        response.status.value.starts_with('2') || response.status.value == "default"
    });
    successes.find_map(|response| held(document, names, response.content()))
}

/// What the operation is sent.
pub(crate) fn sent(document: &Document, names: &Names, operation: Operation<'_>) -> Option<Value> {
    held(document, names, operation.request_body()?.content())
}

/// The schema of the JSON that the operation is sent.
pub(crate) fn sent_schema(operation: Operation<'_>) -> Option<Schema<'_>> {
    let mut content = operation.request_body()?.content();
    content.find(|media| media.name.value.contains("json"))?.schema
}

fn held<'a>(
    document: &Document,
    names: &Names,
    content: impl Iterator<Item = MediaType<'a>>,
) -> Option<Value> {
    let media: Vec<MediaType<'a>> = content.collect();
    let json = media.iter().find(|media| media.name.value.contains("json"));
    let media = json.or(media.first())?;
    Some(body(document, names, media.schema?))
}
