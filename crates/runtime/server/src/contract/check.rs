//! One example, held against client and server.
//!
//! In come an example and the registry's line for it; out goes how each part came out. Holds: a body without
//! findings is read strictly and may differ nowhere; one with findings may differ only where they are, and a finding
//! that explains nothing is noted, no more.

use axum::Router;
use bytes::Bytes;
use http::StatusCode;
use msgraph_core::ReadMode;

use super::body::{Text, enveloped};
use super::data::{Example, Response};
use super::erased::{Call, Case};
use super::keys::Keys;
use super::message::{self, Address, headers_match, is_sent_anyway, same_address};
use super::outcome::{Checked, Verdict};
use super::stage::{Answer, Stage, allows_nobody};
use super::{Mismatch, Outcome, same};

/// What examples are held against.
pub(super) struct Held<'a, G> {
    pub(super) graph: &'a G,
    pub(super) router: &'a Router,
    pub(super) base: &'a str,
    pub(super) stage: &'a Stage,
}

impl<G> Held<'_, G> {
    /// Holds `example` against client and server; `call` leads to its operation.
    pub(super) async fn check(&self, page: &str, example: &Example, call: &Call<G>) -> Checked {
        let facts = &call.facts;
        let (request, response) = (&example.request, example.response.as_ref());
        let mut checked = Checked {
            name: name(page, example),
            request: Verdict::noted(request.url_findings.iter().cloned().collect()),
            request_body: None,
            status: Verdict::Passed,
            response_body: None,
            names_type: response.is_some_and(Response::names_type_of_body),
            is_unwrapped: false,
        };
        let takes_body = facts.request.content_type.is_some();
        let body = Text::of_request(request, &facts.request);
        let body = match (body, takes_body) {
            (None, true) => return checked.not_run("plan::example_not_used"),
            (Some(_), false) => {
                checked.request_body = Some(Verdict::not_run("link::request_body"));
                None
            }
            (body, _) => body,
        };
        if allows_nobody(&facts.permissions) {
            return checked.not_run("plan::example_not_used");
        }
        if let Some(body) = &body {
            checked.request_body = Some(body.verdict.clone());
        }
        self.answered(&mut checked, response, call);
        if let Err(mismatch) = self.client(example, call, body.as_ref(), &mut checked) {
            checked.request = Verdict::Failed(format!("client: {mismatch}"));
        }
        let template = Address::of_template(self.base, call.path, &example.keys).path();
        let shown = message::raw_path(&request.url);
        let shown = if shown.starts_with(self.base) { shown } else { &template };
        let before = checked.clone();
        let mut held = self.server(example, call, body.as_ref(), shown, &mut checked).await;
        // The URL as documented may be one that no server takes.
        if held.is_err() && shown != template {
            let mut again = before;
            if again.request.excuse() {
                held = self.server(example, call, body.as_ref(), &template, &mut again).await;
                checked = again;
            }
        }
        if let Err(mismatch) = held {
            checked.status = Verdict::Failed(format!("server: {mismatch}"));
        }
        checked
    }

    /// The client's builder makes the documented request.
    fn client(
        &self,
        example: &Example,
        call: &Call<G>,
        body: Option<&Text<'_>>,
        checked: &mut Checked,
    ) -> Outcome {
        let request = &example.request;
        let mut documented = Address::of_template(self.base, call.path, &example.keys).called();
        // An argument may stand in the query, where a builder never writes it.
        let mut shown = Address::of(&request.url).with_arguments_of(&documented);
        documented.query.clone_from(&shown.query);
        let own: Vec<(String, String)> =
            request.headers.iter().filter(|(name, _)| !is_sent_anyway(name)).cloned().collect();
        let case = Case {
            body: body.map_or(b"", |body| body.text),
            mode: body.map_or(ReadMode::Strict, |body| body.mode),
            query: &documented.query,
            headers: &own,
            content_type: content_type(&request.headers),
        };
        let keys: Vec<Option<&str>> = example.keys.iter().map(Option::as_deref).collect();
        let sent = (call.send)(self.graph, Keys::new(&keys), &case)?;
        same("method", request.method.as_str(), sent.method().as_str())?;
        same_address(&documented, &Address::of(&sent.uri().to_string()))?;
        // Pages write the version in any case.
        if let (Some(first), Some(base)) = (shown.segments.first_mut(), documented.segments.first())
            && first.eq_ignore_ascii_case(base)
        {
            first.clone_from(base);
        }
        let skipped = documented.segments.len().saturating_sub(shown.segments.len());
        let below = documented.segments.get(skipped..).unwrap_or_default();
        match same("documented URL", shown.segments.as_slice(), below) {
            Err(_) if checked.request.excuse() => {}
            held => held?,
        }
        // A type is stated for a body alone.
        let is_about_body = |name: &str| name.eq_ignore_ascii_case("content-type");
        let headers =
            request.headers.iter().filter(|(name, _)| body.is_some() || !is_about_body(name));
        let headers: Vec<(String, String)> = headers.cloned().collect();
        headers_match(&headers, sent.headers())?;
        match body {
            Some(body) => {
                if let Err(mismatch) = body.matches("the client sends another body", sent.body()) {
                    checked.request_body = Some(Verdict::Failed(mismatch.to_string()));
                }
                Ok(())
            }
            None if sent.body().is_empty() => Ok(()),
            None => Err(Mismatch::new("a body is sent where none is documented")),
        }
    }

    /// The server takes the documented request at `path`, its handler sees the same, and the documented answer comes.
    async fn server(
        &self,
        example: &Example,
        call: &Call<G>,
        body: Option<&Text<'_>>,
        path: &str,
        checked: &mut Checked,
    ) -> Outcome {
        let (request, facts) = (&example.request, &call.facts);
        let mut address = path.to_owned();
        if let Some(query) = message::raw_query(&request.url) {
            address = format!("{address}?{query}");
        }
        let mut headers = request.headers.clone();
        headers.retain(|(name, _)| body.is_some() || !name.eq_ignore_ascii_case("content-type"));
        let answer = self.answer(example.response.as_ref(), call);
        self.stage.prepare(&facts.permissions, answer.clone());
        let sent =
            message::request(&request.method, &address, &headers, body.map(|body| body.text))?;
        let found = message::send(self.router.clone(), sent).await?;
        let mut seen = self.stage.take();
        let Some(seen) = seen.pop() else {
            return self.refused(&found, body);
        };
        same("operation", &example.operation, &seen.operation)?;
        let keys: Vec<&String> = seen.keys.iter().flatten().collect();
        same(
            "keys that the handler sees",
            &example.keys.iter().flatten().collect::<Vec<_>>(),
            &keys,
        )?;
        same("query that the handler sees", &Address::of(&request.url).query, &seen.query)?;
        if let Some(body) = body
            && let Err(mismatch) = body.matches("the handler sees another body", &seen.body)
        {
            checked.request_body = Some(Verdict::Failed(mismatch.to_string()));
        }
        self.found(example.response.as_ref(), call, &answer, &found, checked)
    }

    /// The server refused the documented body, which it reads strictly, at a place where a finding is.
    fn refused(&self, found: &http::Response<Bytes>, body: Option<&Text<'_>>) -> Outcome {
        let text = String::from_utf8_lossy(found.body());
        let error: serde_json::Value = serde_json::from_slice(found.body()).unwrap_or_default();
        let target = error.pointer("/error/target").and_then(serde_json::Value::as_str);
        let is_explained = found.status() == StatusCode::BAD_REQUEST
            && body.is_some_and(|body| {
                let at = target.unwrap_or_default();
                body.excuses(at)
            });
        if is_explained {
            return Ok(());
        }
        Err(Mismatch::new(format!("the handler is not called: {} {text}", found.status())))
    }

    /// What the handler is to answer.
    fn answer(&self, response: Option<&Response>, call: &Call<G>) -> Answer {
        let unanswered = Answer::Error(StatusCode::NOT_IMPLEMENTED);
        let Some(response) = response else { return unanswered };
        let status = StatusCode::from_u16(response.status).ok();
        let error = status.filter(|status| status.is_client_error() || status.is_server_error());
        let said = ["location", "content-type"];
        let said = |name: &str| said.iter().any(|other| other.eq_ignore_ascii_case(name));
        let headers = response.headers.iter().filter(|(name, _)| said(name)).cloned().collect();
        let codec = &call.facts.response;
        match (error, Text::of_answer(response, codec), codec.content_type) {
            (Some(status), ..) => Answer::Error(status),
            (None, None, Some(_)) if !codec.may_be_empty => unanswered,
            (None, Some(text), Some(_)) => Answer::Body(text.text.to_vec(), text.mode, headers),
            (None, ..) => Answer::Body(Vec::new(), ReadMode::Strict, headers),
        }
    }

    /// What is said of the answer before anything is run.
    fn answered(&self, checked: &mut Checked, response: Option<&Response>, call: &Call<G>) {
        let Some(response) = response else {
            checked.status = Verdict::not_run("contract::not_paired");
            return;
        };
        let is_error = response.status >= 400;
        let codec = &call.facts.response;
        let is_empty = response.body.as_ref().is_some_and(|body| body.get().trim() == "{}");
        checked.response_body = match (Text::of_answer(response, codec), codec.content_type) {
            (None, None) => None,
            (None, Some(_)) if codec.may_be_empty => None,
            (Some(_), _) if is_error => Some(Verdict::not_run("contract::error_answer")),
            (None, _) if is_error => None,
            (Some(_), None) if is_empty => None,
            (Some(_), None) => Some(Verdict::not_run("link::response_body")),
            (None, Some(_)) => Some(Verdict::not_run("contract::no_response_body")),
            (Some(text), Some(_)) => {
                checked.is_unwrapped = enveloped(response).is_some();
                Some(text.verdict)
            }
        };
        let status = call.facts.status(checked.response_body.is_some());
        if !is_error && status.as_u16() != response.status {
            checked.status = Verdict::But(["link::status_conflict".to_owned()].into());
        }
    }

    /// The answer on the wire is the documented one; the client reads the documented one without loss.
    fn found(
        &self,
        response: Option<&Response>,
        call: &Call<G>,
        answer: &Answer,
        found: &http::Response<Bytes>,
        checked: &mut Checked,
    ) -> Outcome {
        let facts = &call.facts;
        let Some(response) = response else { return Ok(()) };
        let status = match answer {
            Answer::Error(status) => *status,
            Answer::Body(text, ..) => facts.status(!text.is_empty()),
        };
        if found.status() != status {
            let text = String::from_utf8_lossy(found.body());
            let (want, got) = (status.as_u16(), found.status().as_u16());
            return Err(Mismatch::new(format!("the status is {got} in place of {want}: {text}")));
        }
        let (Some(text), Answer::Body(..), Some(_)) =
            (Text::of_answer(response, &facts.response), answer, facts.response.content_type)
        else {
            return Ok(());
        };
        headers_match(&response.headers, found.headers())?;
        let read = || {
            text.matches_answer("the server answers another body", found.body())?;
            let again = facts.response.again(text.text, ReadMode::Lenient);
            let again = again.map_err(|error| Mismatch::new(format!("client: {error}")))?;
            if let Some(path) = again.leniencies.iter().find(|path| !text.excuses(path)) {
                return Err(Mismatch::new(format!("the client is lenient at {path}")));
            }
            text.matches("the client loses something", &again.text)
        };
        if let Err(mismatch) = read() {
            checked.response_body = Some(Verdict::Failed(mismatch.to_string()));
        }
        Ok(())
    }
}

impl Checked {
    /// The example is not run, for what `code` stands for.
    fn not_run(mut self, code: &str) -> Self {
        self.request = Verdict::not_run(code);
        self.status = Verdict::not_run(code);
        self
    }
}

/// The documented media type of a body.
fn content_type(headers: &[(String, String)]) -> Option<&str> {
    let mut headers = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    headers.next().map(|(_, value)| value.as_str())
}

/// The page and the example.
pub(super) fn name(page: &str, example: &Example) -> String {
    format!("{page}#{} {}", example.place, example.name)
}
