//! The tables of a written page: permissions, headers, query options, and members of types.
//!
//! Comes in: choices. Goes out: their text, and the rows as they are to be read.

use msgraph_docs::{
    HeaderRow, MemberRow, MemberTable, MemberTableKind, PermissionGrant, PermissionKind,
    PermissionRow, PermissionTable, Text,
};

use super::Author;

impl Author {
    pub(super) fn permissions(&mut self) {
        self.section_heading("Permissions", "permissions");
        let kinds = [
            ("Delegated (work or school account)", PermissionKind::DelegatedWork),
            ("Delegated (personal Microsoft account)", PermissionKind::DelegatedPersonal),
            ("Application", PermissionKind::Application),
        ];
        let cells: Vec<&str> = kinds
            .iter()
            .map(|_| self.writer.pick(&["Not supported.", "A.Read", "A.Read, B.Read.All"]))
            .collect();
        let rows: Vec<Vec<String>> = kinds
            .iter()
            .zip(&cells)
            .map(|((kind, _), cell)| vec![(*kind).to_owned(), (*cell).to_owned()])
            .collect();
        let header = ["Permission type", "Permissions (from least to most privileged)"];
        let (written, span) = self.writer.table(&header, &rows);
        let rows = kinds.iter().zip(written).map(|((_, kind), (cells, span))| {
            let cell = &cells[1];
            let grant = match cell.value.as_str() {
                "Not supported." => PermissionGrant::NotSupported,
                names => PermissionGrant::OneOf(
                    names
                        .split(", ")
                        .map(|name| {
                            let at = names.find(name).unwrap_or_default();
                            Text::new(name.to_owned(), cell.span.slice(at..at + name.len()))
                        })
                        .collect(),
                ),
            };
            PermissionRow { kind: *kind, grant, span }
        });
        let rows = rows.collect();
        self.page.permissions.push(PermissionTable { subject: None, rows, span });
    }

    pub(super) fn request_headers(&mut self) {
        self.section_heading("Request headers", "request-headers");
        let rows = [
            (vec!["Authorization".to_owned(), "Bearer {token}. Required.".to_owned()], true),
            (vec!["If-Match".to_owned(), format!("Not required: {}", self.writer.words())], false),
        ];
        let cells: Vec<Vec<String>> = rows.iter().map(|(cells, _)| cells.clone()).collect();
        let (written, _) = self.writer.table(&["Name", "Description"], &cells);
        for ((_, required), (cells, span)) in rows.into_iter().zip(written) {
            let [name, description] = <[Text; 2]>::try_from(cells).expect("two columns");
            self.page.request_headers.push(HeaderRow { name, description, required, span });
        }
    }

    pub(super) fn query_parameters(&mut self) {
        self.section_heading("Optional query parameters", "optional-query-parameters");
        let start = self.writer.text.len();
        let sentence = "It supports `$select` and `$top`.";
        let place = self.writer.line(sentence);
        let query = &mut self.page.query_parameters;
        query.text.push(Text::new(sentence.to_owned(), self.writer.span(place)));
        for name in ["$select", "$top"] {
            let at = start + sentence.find(name).unwrap_or_default();
            // Each name stands once, wherever it comes again.
            if query.names.iter().all(|known| known.value != name) {
                let span = self.writer.span(at..at + name.len());
                query.names.push(Text::new(name.to_owned(), span));
            }
        }
    }

    pub(super) fn members(&mut self, kind: MemberTableKind, heading: Text) {
        let header: &[&str] = match kind {
            MemberTableKind::Properties => self
                .writer
                .pick(&[&["Property", "Type", "Description"], &["Name", "Type", "Description"]]),
            MemberTableKind::Relationships => &["Relationship", "Type", "Description"],
            MemberTableKind::Members => &["Member", "Value", "Description"],
            MemberTableKind::Parameters => &["Parameter", "Type", "Description"],
        };
        let kinds = ["String", "[a](b.md) collection", "Edm.Int32"];
        let rows: Vec<Vec<String>> = (0..self.writer.below(4))
            .map(|_| {
                let name = self.writer.pick(&["id", "x_y", "é"]);
                let emphasis = self.writer.pick(&["", "**", "`"]);
                let detail = match kind {
                    MemberTableKind::Members => self.writer.pick(&["0", "-1"]),
                    _ => self.writer.pick(&kinds),
                };
                let words = format!("{} | x", self.writer.words());
                vec![format!("{emphasis}{name}{emphasis}"), detail.to_owned(), words]
            })
            .collect();
        let (written, span) = self.writer.table(header, &rows);
        let rows = written.into_iter().map(|(cells, span)| {
            let [name, detail, description] = <[Text; 3]>::try_from(cells).expect("three columns");
            let name = name.map(|name| name.trim_matches(['*', '`']).to_owned());
            let (type_text, value) = match kind {
                MemberTableKind::Members => (None, Some(detail)),
                _ => (Some(detail), None),
            };
            MemberRow { name, type_text, value, description, span }
        });
        let rows = rows.collect();
        self.page.tables.push(MemberTable { kind, heading: Some(heading), rows, span });
    }
}
