//! The entity container: roots of paths, and the imports of actions and functions.
//!
//! In comes the syntax of a container; out go roots that lead to entities and imports that name operations
//! which are not bound. Holds: no name of a container is declared twice; what another container would add
//! is reported, since it is not taken over.

use msgraph_csdl::{EntityContainer, OperationKind};
use msgraph_ir::{BoundKind, Capabilities, OperationImport, Root, RootKind, TypeTarget, WireName};
use msgraph_source::{Diagnostic, Spanned, catalogue::link as codes, or_list};

use super::Operations;
use crate::declare::Linking;
use crate::names::Names;

impl<'d> Linking<'d> {
    pub(super) fn container(
        &mut self,
        names: &Names<'d>,
        document: usize,
        syntax: &'d EntityContainer,
        operations: &Operations<'d>,
    ) {
        if let Some(extends) = &syntax.extends {
            self.diagnostics.push(
                Diagnostic::at(
                    codes::NOT_SUPPORTED,
                    extends.span,
                    format!(
                        "`{}` extends `{}`, whose roots are not taken over",
                        syntax.name.value, extends.value
                    ),
                )
                .help("give the extended container's document in its place"),
            );
        }
        let sets = syntax
            .entity_sets
            .iter()
            .map(|set| (RootKind::EntitySet, &set.name, &set.entity_type, set.span));
        let singletons = syntax
            .singletons
            .iter()
            .map(|one| (RootKind::Singleton, &one.name, &one.entity_type, one.span));
        let mut roots: Vec<_> = sets.chain(singletons).collect();
        roots.sort_by_key(|(_, _, _, span)| span.start);
        for (kind, name, entity_type, span) in roots {
            if self.is_taken(name) {
                continue;
            }
            let TypeTarget::Item(target) = self.target(names, document, entity_type) else {
                continue;
            };
            if self.require_entity(target, entity_type, &format!("the root `{}`", name.value)) {
                self.children.insert(&name.value, span);
                self.api.container.roots.push(Root {
                    name: WireName::new(name.value.as_str()),
                    kind,
                    target,
                    capabilities: Capabilities::default(),
                    deprecation: None,
                    span,
                });
            }
        }
        for import in &syntax.operation_imports {
            if self.is_taken(&import.name) {
                continue;
            }
            self.api.statistics.references += 1;
            let wanted = match import.kind {
                OperationKind::Action => BoundKind::Action,
                OperationKind::Function => BoundKind::Function,
            };
            let candidates = names
                .qualify(document, &import.operation.value)
                .and_then(|name| operations.by_name.get(&name))
                .map_or(&[][..], Vec::as_slice);
            let unbound = candidates.iter().copied().find(|&id| {
                self.api.bound[id].binding.is_none() && self.api.bound[id].kind == wanted
            });
            match unbound {
                Some(operation) => {
                    self.children.insert(&import.name.value, import.span);
                    self.api.container.imports.push(OperationImport {
                        name: WireName::new(import.name.value.as_str()),
                        operation,
                        span: import.span,
                    });
                }
                None => {
                    self.api.statistics.unresolved += 1;
                    let known = operations.by_name.keys().map(|(_, name)| *name);
                    let simple = import.operation.value.rsplit('.').next().unwrap_or_default();
                    let near = self.suggestions.nearest(simple, known, 3);
                    let found = Diagnostic::at(
                        codes::UNRESOLVED_OPERATION,
                        import.operation.span,
                        format!(
                            "the import `{}` names no unbound operation `{}`",
                            import.name.value, import.operation.value
                        ),
                    );
                    self.diagnostics.push(match near.as_slice() {
                        [] => found.help("declare it without `IsBound`"),
                        near => found.help(format!(
                            "did you mean {}? An import needs an operation that is not bound",
                            or_list(near)
                        )),
                    });
                }
            }
        }
    }

    /// Whether the container has a child of this name already, which is reported.
    fn is_taken(&mut self, name: &'d Spanned<String>) -> bool {
        let Some(&first) = self.children.get(name.value.as_str()) else {
            return false;
        };
        self.diagnostics.push(
            Diagnostic::at(
                codes::DUPLICATE_NAME,
                name.span,
                format!("the container has two children named `{}`", name.value),
            )
            .label(first, "first here")
            .help("rename or remove one of them"),
        );
        true
    }
}
