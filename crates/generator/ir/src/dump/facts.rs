//! All that holds of one type or one operation, as text to be compared with that of another run.
//!
//! In comes an [`Api`] and what is meant; out goes the text of the dump, with what the dump leaves out
//! for brevity: bodies and headers of examples, and what the metadata says of the place an operation
//! acts on. Holds: no places, so that a line more or less elsewhere in a source changes nothing here.

use std::fmt::{self, Write};

use msgraph_source::{Json, JsonKind};

use super::{Dump, capabilities};
use crate::api::Api;
use crate::item::ItemId;
use crate::operation::{OperationId, Site};

/// What holds of a type.
pub fn of_item(api: &Api, id: ItemId) -> String {
    let mut dump = Dump { api, sources: None, filter: None, text: String::new() };
    // Writing to a String cannot fail.
    let _ = dump.item(&api.items[id]);
    dump.text
}

/// What holds of an operation.
pub fn of_operation(api: &Api, id: OperationId) -> String {
    let mut dump = Dump { api, sources: None, filter: None, text: String::new() };
    // Writing to a String cannot fail.
    let _ = dump.operation_in_full(id);
    dump.text
}

impl Dump<'_> {
    fn operation_in_full(&mut self, id: OperationId) -> fmt::Result {
        let api = self.api;
        let operation = &api.operations[id];
        self.operation(operation)?;
        for header in &operation.headers {
            writeln!(self.text, "  header {}: {:?}", header.name, header.description)?;
        }
        for example in &operation.examples {
            self.message(&example.request.headers, example.request.body.as_ref())?;
            if let Some(response) = &example.response {
                self.message(&response.headers, response.body.as_ref())?;
            }
        }
        match operation.site {
            Site::Root(index) => match api.container.roots.get(index) {
                Some(root) => writeln!(self.text, "at{}", capabilities(&root.capabilities)),
                None => Ok(()),
            },
            Site::Property { owner, index } => match api.property(owner, index) {
                Some(property) => self.property(property),
                None => Ok(()),
            },
            Site::Bound(id) => self.bound(&api.bound[id]),
            // All that is said of it stands at the operation.
            Site::Segment(_) => Ok(()),
        }
    }

    fn message(&mut self, headers: &[(String, String)], body: Option<&Json>) -> fmt::Result {
        for (name, value) in headers {
            writeln!(self.text, "  {name}: {value}")?;
        }
        if let Some(body) = body {
            self.json(body)?;
            self.text.push('\n');
        }
        Ok(())
    }

    /// The reader of examples bounds how deep they are.
    fn json(&mut self, json: &Json) -> fmt::Result {
        match &json.kind {
            JsonKind::Null => self.text.push_str("null"),
            JsonKind::Bool(value) => write!(self.text, "{value}")?,
            JsonKind::Number(text) => self.text.push_str(text),
            JsonKind::String(text) => write!(self.text, "{text:?}")?,
            JsonKind::Array(elements) => {
                self.text.push('[');
                for element in elements {
                    self.json(element)?;
                    self.text.push(',');
                }
                self.text.push(']');
            }
            JsonKind::Object(members) => {
                self.text.push('{');
                for member in members {
                    write!(self.text, "{:?}:", member.name)?;
                    self.json(&member.value)?;
                    self.text.push(',');
                }
                self.text.push('}');
            }
        }
        Ok(())
    }
}
