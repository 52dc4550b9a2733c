//! Operations and their examples as text.
//!
//! In come operations of the representation; out go lines of the dump. The words are for snapshots and
//! for `xtask ir`: what people ask is answered by `trace`, in sentences of its own.

use std::fmt::{self, Write};

use super::{Dump, path, said, type_ref};
use crate::example::{Example, ExampleFinding};
use crate::operation::{Ending, Operation, Path, Site};
use crate::permissions::{Grant, Permissions};

impl Dump<'_> {
    pub(super) fn operation(&mut self, operation: &Operation) -> fmt::Result {
        let api = self.api;
        let item = if operation.on_item { ", one item" } else { "" };
        let pageable = if operation.is_pageable { ", pageable" } else { "" };
        let site = api.site_name(operation.site);
        let ending = match operation.ending {
            Ending::Plain => String::new(),
            Ending::Count(None) => ", $count".to_owned(),
            Ending::Count(Some(id)) => format!(", $count of {}", api.items[id].name),
            Ending::Value => ", $value".to_owned(),
            Ending::Ref => ", $ref".to_owned(),
            Ending::Cast(id) => format!(", cast to {}", api.items[id].name),
        };
        let method = operation.method.as_str();
        writeln!(self.text, "operation {method} at {site}{item}{ending}{pageable}")?;
        for Path { steps, template, obstacle, span } in &operation.paths {
            let place = self.place(*span);
            let obstacle = match obstacle {
                Some(obstacle) => format!(", not generated: {}", obstacle.words()),
                None => String::new(),
            };
            match steps.as_slice() {
                [] => writeln!(self.text, "  path {template}{place}")?,
                steps => {
                    let steps = path(api, steps);
                    writeln!(self.text, "  path {steps} as {template}{obstacle}{place}")?;
                }
            }
        }
        for (word, page) in operation
            .page
            .iter()
            .map(|page| ("page", page))
            .chain(operation.other_pages.iter().map(|page| ("also on", page)))
        {
            let title = page.title.as_deref().unwrap_or_default();
            writeln!(self.text, "  {word} {} {title:?}", page.page)?;
        }
        if let Some(docs) = &operation.docs {
            writeln!(self.text, "  documented at {docs}")?;
        }
        for prose in &operation.description {
            self.prose(2, Some(prose))?;
        }
        if let Some(name) = &operation.name {
            writeln!(self.text, "  called {name}")?;
        }
        self.deprecation(2, operation.deprecation.as_ref())?;
        if let (Site::Segment(id), Some(service)) = (operation.site, &api.service) {
            for id in service.path(id) {
                let segment = &service.segments[id];
                if let Some(parameter) = segment.parameter {
                    writeln!(
                        self.text,
                        "  in the path {}: {}",
                        segment.name,
                        type_ref(api, parameter)
                    )?;
                }
            }
        }
        for parameter in &operation.parameters {
            let of = type_ref(api, parameter.type_ref);
            let required = if parameter.is_required { ", required" } else { "" };
            let separator = match parameter.separator {
                Some(separator) => format!(", between them {separator:?}"),
                None => String::new(),
            };
            let place = self.place(parameter.span);
            let location = parameter.location.word();
            writeln!(
                self.text,
                "  {location} {}: {of}{required}{separator}{place}",
                parameter.name
            )?;
            self.prose(4, parameter.description.as_ref())?;
            self.deprecation(4, parameter.deprecation.as_ref())?;
        }
        if let Some(request) = operation.request {
            let optional = if operation.request_is_optional { ", optional" } else { "" };
            writeln!(self.text, "  request {}{optional}", type_ref(api, request))?;
        }
        for response in &operation.responses {
            let body = match response.value.body {
                Some(body) => type_ref(api, body),
                None => "no body".to_owned(),
            };
            let (said, place) = (said(response.said_by), self.place(response.span));
            let choice = if response.value.is_choice { " where preferred" } else { "" };
            writeln!(self.text, "  {} {body}{choice} ({said}){place}", response.value.status)?;
            self.overruled(&response.overruled)?;
        }
        for error in &operation.errors {
            let body = match error.body {
                Some(body) => type_ref(api, body),
                None => "no body".to_owned(),
            };
            writeln!(self.text, "  error {}: {body}", error.status)?;
        }
        if let Some(permissions) = &operation.permissions {
            let (said, place) = (said(permissions.said_by), self.place(permissions.span));
            let value = permission_text(&permissions.value);
            writeln!(self.text, "  permissions {value} ({said}){place}")?;
            self.overruled(&permissions.overruled)?;
        }
        for header in &operation.headers {
            let required = if header.required { ", required" } else { "" };
            let place = self.place(header.span);
            writeln!(self.text, "  header {}{required}{place}", header.name)?;
        }
        if !operation.query_options.is_empty() {
            writeln!(self.text, "  query {}", operation.query_options.join(" "))?;
        }
        for example in &operation.examples {
            self.example(example)?;
        }
        Ok(())
    }

    fn example(&mut self, example: &Example) -> fmt::Result {
        let request = &example.request;
        let place = self.place(request.span);
        writeln!(
            self.text,
            "  example {}: {} with [{}]{place}",
            example.name,
            request.url,
            request.path_values.join(", ")
        )?;
        if request.body.is_some() {
            writeln!(self.text, "    request body")?;
        }
        self.findings(&request.findings)?;
        if let Some(response) = &example.response {
            let body = if response.body.is_some() { "body" } else { "no body" };
            let truncated = if response.truncated { ", truncated" } else { "" };
            let place = self.place(response.span);
            writeln!(self.text, "    response {}, {body}{truncated}{place}", response.status)?;
            self.findings(&response.findings)?;
        }
        Ok(())
    }

    fn findings(&mut self, findings: &[ExampleFinding]) -> fmt::Result {
        for finding in findings {
            let place = self.place(finding.span);
            writeln!(self.text, "      {:?} at {}{place}", finding.kind, finding.path)?;
        }
        Ok(())
    }
}

fn permission_text(permissions: &Permissions) -> String {
    let grant = |grant: &Grant| match grant {
        Grant::Undocumented => "undocumented".to_owned(),
        Grant::NotSupported => "not supported".to_owned(),
        Grant::NoneNeeded => "none needed".to_owned(),
        Grant::OneOf(names) => names.join(" | "),
        Grant::OneOfSets(sets) => {
            let sets: Vec<String> = sets.iter().map(|set| set.join(" & ")).collect();
            sets.join(" | ")
        }
    };
    format!(
        "work: {}; personal: {}; application: {}",
        grant(&permissions.delegated_work),
        grant(&permissions.delegated_personal),
        grant(&permissions.application)
    )
}
