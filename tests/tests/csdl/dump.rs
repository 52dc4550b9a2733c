//! A document as short text, for snapshots.
//!
//! One line for each element, indented as it was nested, its start tag's place behind `@`. A text
//! whose place holds other characters than its value (an entity, say) shows them in `⟨⟩`; a start
//! tag whose place is no tag shows as `@?`.

use msgraph_csdl::*;
use msgraph_source::{SourceMap, Span, Spanned};

/// Shows `document`.
pub(crate) fn document(sources: &SourceMap, document: &Document) -> String {
    let mut dump = Dump { sources, out: String::new(), depth: 0 };
    dump.document(document);
    dump.out.trim_end().to_owned()
}

struct Dump<'s> {
    sources: &'s SourceMap,
    out: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, text: &str) {
        let indent = "  ".repeat(self.depth);
        self.out.push_str(&format!("{indent}{text}\n"));
    }

    fn nested(&mut self, show: impl FnOnce(&mut Self)) {
        self.depth += 1;
        show(self);
        self.depth -= 1;
    }

    fn text(&self, text: &Text) -> String {
        self.value(&text.value, text.span)
    }

    fn value(&self, value: &str, span: Span) -> String {
        match self.sources.text(span) {
            raw if raw == value => value.to_owned(),
            raw => format!("{value}⟨{raw}⟩"),
        }
    }

    fn at(&self, tag: Span) -> String {
        let text = self.sources.text(tag);
        let position = self.sources.position(tag);
        match text.starts_with('<') && text.ends_with('>') {
            true => format!(" @{}:{}", position.line, position.column),
            false => " @?".to_owned(),
        }
    }

    fn word(&self, word: &str, value: &Option<Text>) -> String {
        value.as_ref().map_or(String::new(), |value| format!(" {word} {}", self.text(value)))
    }

    fn flag(&self, word: &str, value: &Option<Spanned<bool>>) -> String {
        value.map_or(String::new(), |value| {
            let not = if value.value { "" } else { "!" };
            let raw = self.sources.text(value.span);
            let raw =
                if raw == value.value.to_string() { String::new() } else { format!("⟨{raw}⟩") };
            format!(" {not}{word}{raw}")
        })
    }

    fn type_name(&self, type_name: &TypeName) -> String {
        let name = self.text(&type_name.name);
        if type_name.is_collection { format!("[{name}]") } else { name }
    }

    fn facets(&self, facets: &Facets) -> String {
        let precision = facets
            .precision
            .map_or(String::new(), |precision| format!(" precision {}", precision.value));
        [
            self.flag("nullable", &facets.nullable),
            self.word("max", &facets.max_length),
            precision,
            self.word("scale", &facets.scale),
            self.word("srid", &facets.srid),
            self.flag("unicode", &facets.unicode),
        ]
        .concat()
    }

    fn document(&mut self, document: &Document) {
        self.line(&format!("Edmx {}{}", self.text(&document.version), self.at(document.span)));
        for reference in &document.references {
            self.line(&format!(
                "Reference {}{}",
                self.text(&reference.uri),
                self.at(reference.span)
            ));
            self.nested(|dump| {
                for include in &reference.includes {
                    let alias = dump.word("as", &include.alias);
                    dump.line(&format!(
                        "Include {}{alias}{}",
                        dump.text(&include.namespace),
                        dump.at(include.span)
                    ));
                    dump.nested(|dump| dump.annotations(&include.annotations));
                }
                for include in &reference.include_annotations {
                    let rest = [
                        dump.word("#", &include.qualifier),
                        dump.word("of", &include.target_namespace),
                        dump.at(include.span),
                    ];
                    dump.line(&format!(
                        "IncludeAnnotations {}{}",
                        dump.text(&include.term_namespace),
                        rest.concat()
                    ));
                }
                dump.annotations(&reference.annotations);
            });
        }
        for schema in &document.schemas {
            self.schema(schema);
        }
    }

    fn schema(&mut self, schema: &Schema) {
        let alias = self.word("as", &schema.alias);
        self.line(&format!(
            "Schema {}{alias}{}",
            self.text(&schema.namespace),
            self.at(schema.span)
        ));
        self.nested(|dump| {
            schema.structured_types.iter().for_each(|found| dump.structured_type(found));
            schema.enum_types.iter().for_each(|found| dump.enum_type(found));
            schema.type_definitions.iter().for_each(|found| dump.type_definition(found));
            schema.operations.iter().for_each(|found| dump.operation(found));
            schema.containers.iter().for_each(|found| dump.container(found));
            schema.terms.iter().for_each(|found| dump.term(found));
            for annotations in &schema.annotations {
                let qualifier = dump.word("#", &annotations.qualifier);
                dump.line(&format!(
                    "Annotations {}{qualifier}{}",
                    dump.text(&annotations.target),
                    dump.at(annotations.span)
                ));
                dump.nested(|dump| dump.annotations(&annotations.annotations));
            }
            dump.annotations(&schema.own_annotations);
        });
    }

    fn structured_type(&mut self, found: &StructuredType) {
        let rest = [
            self.word(":", &found.base),
            self.flag("abstract", &found.is_abstract),
            self.flag("open", &found.is_open),
            self.flag("stream", &found.has_stream),
            self.at(found.span),
        ];
        self.line(&format!("{:?} {}{}", found.kind, self.text(&found.name), rest.concat()));
        self.nested(|dump| {
            for key in &found.key {
                let alias = dump.word("as", &key.alias);
                dump.line(&format!("key {}{alias}{}", dump.text(&key.name), dump.at(key.span)));
            }
            for property in &found.properties {
                let default = dump.word("=", &property.default_value);
                let rest = [dump.facets(&property.facets), default, dump.at(property.span)];
                let type_name = dump.type_name(&property.type_name);
                dump.line(&format!("{}: {type_name}{}", dump.text(&property.name), rest.concat()));
                dump.nested(|dump| dump.annotations(&property.annotations));
            }
            for property in &found.navigation_properties {
                dump.navigation_property(property);
            }
            dump.annotations(&found.annotations);
        });
    }

    fn navigation_property(&mut self, property: &NavigationProperty) {
        let rest = [
            self.flag("nullable", &property.nullable),
            self.flag("contained", &property.contains_target),
            self.word("partner", &property.partner),
            self.at(property.span),
        ];
        let type_name = self.type_name(&property.type_name);
        self.line(&format!("{} -> {type_name}{}", self.text(&property.name), rest.concat()));
        self.nested(|dump| {
            for constraint in &property.referential_constraints {
                let (one, other) =
                    (dump.text(&constraint.property), dump.text(&constraint.referenced_property));
                dump.line(&format!("where {one} = {other}{}", dump.at(constraint.span)));
                dump.nested(|dump| dump.annotations(&constraint.annotations));
            }
            if let Some(delete) = &property.on_delete {
                dump.line(&format!(
                    "on delete {}{}",
                    dump.text(&delete.action),
                    dump.at(delete.span)
                ));
                dump.nested(|dump| dump.annotations(&delete.annotations));
            }
            dump.annotations(&property.annotations);
        });
    }

    fn enum_type(&mut self, found: &EnumType) {
        let rest = [
            self.word(":", &found.underlying_type),
            self.flag("flags", &found.is_flags),
            self.at(found.span),
        ];
        self.line(&format!("Enum {}{}", self.text(&found.name), rest.concat()));
        self.nested(|dump| {
            for member in &found.members {
                let value =
                    member.value.map_or(String::new(), |value| format!(" = {}", value.value));
                dump.line(&format!("{}{value}{}", dump.text(&member.name), dump.at(member.span)));
                dump.nested(|dump| dump.annotations(&member.annotations));
            }
            dump.annotations(&found.annotations);
        });
    }

    fn type_definition(&mut self, found: &TypeDefinition) {
        let rest = [self.facets(&found.facets), self.at(found.span)];
        let underlying = self.text(&found.underlying_type);
        self.line(&format!(
            "TypeDefinition {}: {underlying}{}",
            self.text(&found.name),
            rest.concat()
        ));
        self.nested(|dump| dump.annotations(&found.annotations));
    }

    fn operation(&mut self, found: &Operation) {
        let rest = [
            self.flag("bound", &found.is_bound),
            self.flag("composable", &found.is_composable),
            self.word("path", &found.entity_set_path),
            self.at(found.span),
        ];
        self.line(&format!("{:?} {}{}", found.kind, self.text(&found.name), rest.concat()));
        self.nested(|dump| {
            for parameter in &found.parameters {
                let rest = [dump.facets(&parameter.facets), dump.at(parameter.span)];
                let type_name = dump.type_name(&parameter.type_name);
                dump.line(&format!(
                    "({}: {type_name}){}",
                    dump.text(&parameter.name),
                    rest.concat()
                ));
                dump.nested(|dump| dump.annotations(&parameter.annotations));
            }
            if let Some(returned) = &found.return_type {
                let rest = [dump.facets(&returned.facets), dump.at(returned.span)];
                dump.line(&format!(
                    "returns {}{}",
                    dump.type_name(&returned.type_name),
                    rest.concat()
                ));
                dump.nested(|dump| dump.annotations(&returned.annotations));
            }
            dump.annotations(&found.annotations);
        });
    }

    fn container(&mut self, found: &EntityContainer) {
        let extends = self.word("extends", &found.extends);
        self.line(&format!("Container {}{extends}{}", self.text(&found.name), self.at(found.span)));
        self.nested(|dump| {
            for set in &found.entity_sets {
                let listed = dump.flag("listed", &set.include_in_service_document);
                let name = dump.text(&set.name);
                dump.line(&format!(
                    "set {name}: {}{listed}{}",
                    dump.text(&set.entity_type),
                    dump.at(set.span)
                ));
                dump.nested(|dump| dump.bindings(&set.bindings, &set.annotations));
            }
            for singleton in &found.singletons {
                let nullable = dump.flag("nullable", &singleton.nullable);
                let name = dump.text(&singleton.name);
                dump.line(&format!(
                    "singleton {name}: {}{nullable}{}",
                    dump.text(&singleton.entity_type),
                    dump.at(singleton.span)
                ));
                dump.nested(|dump| dump.bindings(&singleton.bindings, &singleton.annotations));
            }
            for import in &found.operation_imports {
                let rest = [
                    dump.word("set", &import.entity_set),
                    dump.flag("listed", &import.include_in_service_document),
                    dump.at(import.span),
                ];
                let (name, operation) = (dump.text(&import.name), dump.text(&import.operation));
                dump.line(&format!(
                    "import {:?} {name}: {operation}{}",
                    import.kind,
                    rest.concat()
                ));
                dump.nested(|dump| dump.annotations(&import.annotations));
            }
            dump.annotations(&found.annotations);
        });
    }

    fn bindings(&mut self, bindings: &[NavigationPropertyBinding], annotations: &[Annotation]) {
        for binding in bindings {
            let (path, target) = (self.text(&binding.path), self.text(&binding.target));
            self.line(&format!("{path} -> {target}{}", self.at(binding.span)));
            self.nested(|dump| dump.annotations(&binding.annotations));
        }
        self.annotations(annotations);
    }

    fn term(&mut self, found: &Term) {
        let rest = [
            self.facets(&found.facets),
            self.word(":", &found.base_term),
            self.word("=", &found.default_value),
            self.word("for", &found.applies_to),
            self.at(found.span),
        ];
        let type_name = self.type_name(&found.type_name);
        self.line(&format!("Term {}: {type_name}{}", self.text(&found.name), rest.concat()));
        self.nested(|dump| dump.annotations(&found.annotations));
    }

    fn annotations(&mut self, annotations: &[Annotation]) {
        for found in annotations {
            let qualifier = self.word("#", &found.qualifier);
            let head = format!("@{}{qualifier}", self.text(&found.term));
            self.stated(&head, &found.value, &found.annotations, found.span);
        }
    }

    fn stated(
        &mut self,
        head: &str,
        value: &Option<Expression>,
        annotations: &[Annotation],
        tag: Span,
    ) {
        let at = self.at(tag);
        match value {
            None => self.line(&format!("{head}{at}")),
            Some(value) => self.expression(&format!("{head} ="), value, &at),
        }
        self.nested(|dump| dump.annotations(annotations));
    }

    fn expression(&mut self, head: &str, found: &Expression, at: &str) {
        match &found.kind {
            ExpressionKind::Constant(kind, text) => {
                // Quotes show blanks at the ends of a string.
                let quote = if *kind == ConstantKind::String { "\"" } else { "" };
                let value = self.value(text, found.span);
                self.line(&format!("{head} {kind:?} {quote}{value}{quote}{at}"));
            }
            ExpressionKind::Path(kind, text) => {
                self.line(&format!("{head} path {kind:?} {}{at}", self.value(text, found.span)));
            }
            ExpressionKind::Null => self.line(&format!("{head} Null{at}")),
            ExpressionKind::Record(record) => {
                let type_name = self.word("of", &record.type_name);
                self.line(&format!("{head} Record{type_name}{at}{}", self.at(found.span)));
                self.nested(|dump| {
                    for value in &record.values {
                        let name = dump.text(&value.property);
                        dump.stated(&name, &value.value, &value.annotations, value.span);
                    }
                    dump.annotations(&record.annotations);
                });
            }
            ExpressionKind::Collection(elements) => {
                self.line(&format!("{head} Collection{at}{}", self.at(found.span)));
                self.nested(|dump| {
                    elements.iter().for_each(|element| dump.expression("-", element, ""))
                });
            }
            ExpressionKind::Dynamic { operator, attributes, operands } => {
                let attributes: String = attributes
                    .iter()
                    .map(|(name, value)| format!(" {name}={}", self.text(value)))
                    .collect();
                self.line(&format!("{head} {operator}{attributes}{at}"));
                self.nested(|dump| {
                    operands.iter().for_each(|operand| dump.expression("-", operand, ""))
                });
            }
        }
        self.nested(|dump| dump.annotations(&found.annotations));
    }
}
