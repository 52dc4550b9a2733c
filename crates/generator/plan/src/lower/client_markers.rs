//! The markers of builders: the types on the way, and the places in the model.

use msgraph_ir::{Api, ItemId, Site, TypeTarget};

use super::client_names::ClientNames;
use super::path_names::label;
use super::undocumented::is_cast_from;
use super::{Lowering, code, paragraph};
use crate::data::Marker;
use crate::naming::Ident;

impl Lowering<'_> {
    /// The types on the way.
    pub(super) fn resource_markers(&self, names: &ClientNames) -> Vec<Marker> {
        let mut markers: Vec<Marker> = names
            .resources
            .iter()
            .map(|(&id, name)| Marker {
                name: name.clone(),
                docs: paragraph(&code(&self.api.items[id].name.to_string())),
                condition: None,
                bases: self.bases(id, names),
                model: (self.api.selection.is_whole && self.api.items[id].is_entity())
                    .then(|| self.names.item(id).map(|names| names.path.clone()))
                    .flatten(),
            })
            .collect();
        markers.sort_by(|a, b| a.name.cmp(&b.name));
        markers
    }

    /// The types on the way that `id` derives from, where casts are made.
    fn bases(&self, id: ItemId, names: &ClientNames) -> Vec<Ident> {
        let api = self.api;
        let bases = api.ancestry(id).skip(1).filter(|&base| is_cast_from(api, base));
        bases
            .filter(|_| api.selection.is_whole)
            .filter_map(|base| names.resources.get(&base))
            .cloned()
            .collect()
    }

    /// The places in the model.
    pub(super) fn site_markers(&self, names: &ClientNames) -> Vec<Marker> {
        let api = self.api;
        let mut markers: Vec<Marker> = names
            .sites
            .iter()
            .map(|(&site, name)| Marker {
                name: name.clone(),
                docs: site_docs(api, site),
                model: None,
                bases: Vec::new(),
                condition: None,
            })
            .collect();
        markers.sort_by(|a, b| a.name.cmp(&b.name));
        // An action and a function of one name share a site.
        markers.dedup_by(|a, b| a.name == b.name);
        markers
    }
}

/// What a site is, in words.
pub(super) fn site_docs(api: &Api, site: Site) -> crate::DocText {
    paragraph(&match site {
        Site::Root(index) => {
            let name = api.container.roots.get(index).map_or("", |root| root.name.as_str());
            format!("{}.", code(&format!("/{name}")))
        }
        Site::Property { owner, index } => {
            let item = &api.items[owner];
            let property = item.structured().and_then(|s| s.properties.get(index));
            let property = property.map_or("", |property| property.name.as_str());
            format!("{} of {}.", code(property), code(item.name.name.as_str()))
        }
        Site::Bound(id) => {
            let bound = &api.bound[id];
            match bound.binding.map(|binding| binding.target) {
                Some(TypeTarget::Item(id)) => format!(
                    "{} of {}.",
                    code(&label(bound)),
                    code(api.items[id].name.name.as_str())
                ),
                _ => format!("{}.", code(bound.name.name.as_str())),
            }
        }
        Site::Segment(id) => format!("{} and below.", code(&api.segment_path(id))),
    })
}
