//! What the documentation of an operation says, wherever it is shown: on the operation, on the
//! builder's verb, on the service's method.

use msgraph_ir::{Grant, Operation as IrOperation, Permissions, TypeTarget};

use super::{Lowering, code, paragraph, sentence};
use crate::prose::DocText;

impl Lowering<'_> {
    /// Title, prose, method and path, permissions, required headers.
    pub(super) fn operation_docs(&self, operation: &IrOperation, template: &str) -> DocText {
        let prose = self.operation_prose();
        let title = operation
            .page
            .as_ref()
            .and_then(|page| page.title.as_deref())
            .map(|title| prose.line(title))
            .filter(|title| !title.is_empty());
        let mut docs = match title {
            Some(title) => paragraph(&sentence(&title)),
            None => DocText::default(),
        };
        for description in &operation.description {
            docs = docs.append(prose.text(&description.value));
        }
        let request = code(&format!("{} {template}", operation.method.as_str()));
        let page = operation.page.as_ref().map(|page| self.page_url(page));
        docs = docs.paragraph(&match page.or_else(|| operation.docs.clone()) {
            Some(url) => format!("{request} · [Documentation]({url})"),
            None => request,
        });
        if let Some(permissions) = &operation.permissions {
            docs = match &self.api.service {
                // Scopes hold in whatever way one signs in.
                Some(_) => {
                    let words = permissions.value.application.words(code);
                    docs.paragraph(&format!("One of these scopes: {words}."))
                }
                None => docs.verbatim(permission_table(&permissions.value)),
            };
        }
        let required: Vec<String> = operation
            .headers
            .iter()
            .filter(|header| header.required && !is_sent_by_client(&header.name))
            .map(|header| code(&header.name))
            .collect();
        if !required.is_empty() {
            docs = docs.paragraph(&format!("Required headers: {}.", required.join(", ")));
        }
        if !operation.parameters.is_empty() {
            let listed = operation.parameters.iter().map(|of| {
                let required = if of.is_required { ", required" } else { "" };
                format!("- {} in the {}{required}", code(of.name.as_str()), of.location.word())
            });
            docs = docs.paragraph("Parameters:").verbatim(listed);
        }
        if !operation.errors.is_empty() {
            let listed = operation.errors.iter().map(|of| {
                let body = match of.body.map(|body| body.target) {
                    Some(TypeTarget::Item(id)) => self.item_name(&self.api.items[id]),
                    Some(_) => "a body".to_owned(),
                    None => "no body".to_owned(),
                };
                let status = match of.status.as_str() {
                    "default" => "any other".to_owned(),
                    status => code(status),
                };
                let meaning = of.description.as_deref().map(|text| prose.line(text));
                let meaning =
                    meaning.filter(|text| !text.is_empty()).map(|text| format!(": {text}"));
                format!("- {status}, {body}{}", meaning.unwrap_or_default())
            });
            docs = docs.paragraph("Errors:").verbatim(listed);
        }
        if operation.preferred_body().is_some() {
            docs = docs.paragraph(
                "Answers with what there is now where the header `Prefer` says `return=representation`, \
                 and else with nothing.",
            );
        }
        docs
    }
}

/// Whether the runtime of the client sends the header without being asked.
fn is_sent_by_client(name: &str) -> bool {
    ["authorization", "content-type"].iter().any(|other| other.eq_ignore_ascii_case(name))
}

fn permission_table(permissions: &Permissions) -> Vec<String> {
    let row = |sign_in: &str, grant: &Grant| format!("| {sign_in} | {} |", grant.words(table_code));
    vec![
        "| Sign-in | Permissions, least privileged first |".to_owned(),
        "|---|---|".to_owned(),
        row("Delegated, work or school account", &permissions.delegated_work),
        row("Delegated, personal account", &permissions.delegated_personal),
        row("Application", &permissions.application),
    ]
}

/// A code span in a table, where a bar would end the cell.
fn table_code(name: &str) -> String {
    code(&name.replace('|', "/"))
}
