//! Third pass: what types take over from their bases.
//!
//! In come resolved types; out go the same without inheritance cycles (each cut where it closes, and
//! reported), with the lists of derived types, and with openness inherited. Holds afterwards: every
//! chain of base types ends; no type has two members of one name; each key property exists.

use std::collections::BTreeMap;

use msgraph_ir::{Api, ItemId, TypeTarget, WireName};
use msgraph_source::{Diagnostic, Span, catalogue::link as codes, or_list};

use crate::declare::Linking;
use crate::limits;

/// As many types of a cycle are shown.
const SHOWN: usize = 8;

/// Completes the hierarchy.
pub(crate) fn inherit(linking: &mut Linking<'_>) {
    linking.cut_cycles();
    limits::hold(linking);
    for id in linking.api.items.ids() {
        if let Some(base) = base(&linking.api, id)
            && let Some(structured) = linking.api.items[base].structured_mut()
        {
            structured.derived.push(id);
        }
    }
    linking.descend();
    linking.keys();
}

fn base(api: &Api, id: ItemId) -> Option<ItemId> {
    api.items[id].structured()?.base
}

impl Linking<'_> {
    fn cut_cycles(&mut self) {
        // Who was met on which walk; 0 is nobody's.
        let mut met: Vec<usize> = vec![0; self.api.items.len()];
        for (walk, start) in (1..).zip(self.api.items.ids()) {
            let mut path = Vec::new();
            let mut next = Some(start);
            while let Some(at) = next {
                let Some(mark) = met.get_mut(at.index()) else {
                    break;
                };
                if *mark == walk {
                    let cycle: Vec<ItemId> =
                        path.iter().copied().skip_while(|&id| id != at).collect();
                    self.report_cycle(&cycle);
                    if let Some(structured) =
                        cycle.last().and_then(|&last| self.api.items[last].structured_mut())
                    {
                        structured.base = None;
                    }
                }
                if *mark != 0 {
                    break;
                }
                *mark = walk;
                path.push(at);
                next = base(&self.api, at);
            }
        }
    }

    fn report_cycle(&mut self, cycle: &[ItemId]) {
        let items = &self.api.items;
        let Some((&first, others)) = cycle.split_first() else {
            return;
        };
        let first = &items[first].name;
        let mut chain = first.to_string();
        for &id in others.iter().take(SHOWN) {
            chain = format!("{chain} → {}", items[id].name);
        }
        if others.len() > SHOWN {
            chain.push_str(" → …");
        }
        let mut found =
            Diagnostic::new(codes::BASE_CYCLE, format!("`{first}` is its own base type"))
                .note(format!("the chain is {chain} → {first}"))
                .help("remove one `BaseType` of the chain");
        for &id in cycle.iter().take(SHOWN) {
            found = found.label(items[id].span, "");
        }
        self.diagnostics.push(found);
    }

    /// From the roots down, so that each base is complete before what derives from it: hands
    /// openness on, and holds member names against those of all bases.
    fn descend(&mut self) {
        enum Step {
            Enter(ItemId),
            Leave(ItemId),
        }
        let mut steps: Vec<Step> = self
            .api
            .items
            .ids()
            .filter(|&id| base(&self.api, id).is_none())
            .map(Step::Enter)
            .collect();
        steps.reverse();
        let mut members: BTreeMap<WireName, (ItemId, Span)> = BTreeMap::new();
        while let Some(step) = steps.pop() {
            let (Step::Enter(id) | Step::Leave(id)) = step;
            let Some(structured) = self.api.items[id].structured() else {
                continue;
            };
            if let Step::Leave(_) = step {
                for property in &structured.properties {
                    if members.get(&property.name).is_some_and(|(owner, _)| *owner == id) {
                        members.remove(&property.name);
                    }
                }
                continue;
            }
            for property in &structured.properties {
                match members.get(&property.name) {
                    Some((_, first)) => self.diagnostics.push(
                        Diagnostic::at(
                            codes::DUPLICATE_MEMBER,
                            property.span,
                            format!("`{}` has the member `{}` twice", self.api.items[id].name, property.name),
                        )
                        .label(*first, "first here")
                        .help("rename or remove one of them; a derived type cannot declare an inherited member anew"),
                    ),
                    None => {
                        members.insert(property.name.clone(), (id, property.span));
                    }
                }
            }
            let (is_open, derived) = (structured.is_open, structured.derived.clone());
            steps.push(Step::Leave(id));
            for id in derived.into_iter().rev() {
                if let Some(structured) = self.api.items[id].structured_mut() {
                    structured.is_open |= is_open;
                }
                steps.push(Step::Enter(id));
            }
        }
    }

    fn keys(&mut self) {
        let mut found = Vec::new();
        for &(_, id, syntax) in &self.structured {
            for reference in &syntax.key {
                if let Err((owner, segment)) = walk(&self.api, id, &reference.name.value) {
                    let members = self
                        .api
                        .ancestry(owner)
                        .filter_map(|id| self.api.items[id].structured())
                        .flat_map(|structured| &structured.properties)
                        .map(|property| property.name.as_str());
                    let near = self.suggestions.nearest(segment, members, 3);
                    let diagnostic = Diagnostic::at(
                        codes::KEY_PROPERTY,
                        reference.name.span,
                        format!(
                            "the key names `{}`, and `{}` has no property `{segment}`",
                            reference.name.value, self.api.items[owner].name
                        ),
                    );
                    found.push(match near.as_slice() {
                        [] => diagnostic.help("a key names properties of its type, or paths through complex properties"),
                        near => diagnostic.help(format!("did you mean {}?", or_list(near))),
                    });
                }
            }
        }
        self.diagnostics.extend(found);
    }
}

/// Follows a path of properties; the type and the segment at which it breaks off.
fn walk<'p>(api: &Api, id: ItemId, path: &'p str) -> Result<(), (ItemId, &'p str)> {
    let mut at = id;
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let Some((owner, index)) = api.property_of(at, segment) else {
            return Err((at, segment));
        };
        let Some(&rest) = segments.peek() else { break };
        match api.property(owner, index).map(|property| property.type_ref.target) {
            Some(TypeTarget::Item(next)) => at = next,
            _ => return Err((at, rest)),
        }
    }
    Ok(())
}
