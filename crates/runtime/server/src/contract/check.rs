//! One example, held against client and server.
//!
//! In come an example and the registry's line for it; out goes how each part came out. Holds: a body without
//! findings is read strictly and may differ nowhere; one with findings may differ only where they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::Router;
use bytes::Bytes;
use http::StatusCode;
use msgraph_core::ReadMode;
use serde_json::Value;
use serde_json::value::RawValue;

use super::data::{Example, Finding, Response};
use super::difference::{Difference, differences};
use super::erased::{Call, Case, Codec};
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

/// A documented body, and how it is read.
struct Text<'a> {
    text: &'a [u8],
    findings: Cow<'a, [Finding]>,
    mode: ReadMode,
}

impl<'a> Text<'a> {
    /// The body of an answer. Where the page shows a single value in an object with the one member `value`, as
    /// none is sent, what stands in there is held.
    fn of_answer(response: &'a Response, body: &'a RawValue) -> Self {
        let Some(inner) = enveloped(response, body) else {
            return Self::of(body, &response.findings);
        };
        let inside = response.findings.iter().filter(|finding| !finding.is_envelope());
        let findings: Vec<Finding> = inside
            .map(|finding| {
                let below = finding.path.strip_prefix("$.value");
                let path = below.map_or_else(|| finding.path.clone(), |rest| format!("${rest}"));
                Finding { code: finding.code.clone(), path }
            })
            .collect();
        let is_strict = findings.iter().all(Finding::is_harmless);
        let mode = if is_strict { ReadMode::Strict } else { ReadMode::Lenient };
        Self { text: inner.get().as_bytes(), findings: findings.into(), mode }
    }

    fn of(body: &'a RawValue, findings: &'a [Finding]) -> Self {
        let is_strict = findings.iter().all(Finding::is_harmless);
        let mode = if is_strict { ReadMode::Strict } else { ReadMode::Lenient };
        Self { text: body.get().as_bytes(), findings: findings.into(), mode }
    }

    /// Holds `found` against the documented text: it differs only where a finding is.
    fn matches(&self, what: &str, found: &[u8]) -> Outcome {
        let documented = self.as_declared(found)?;
        let told: Vec<String> = unexplained(differences(&documented, found)?, &self.findings)
            .iter()
            .map(ToString::to_string)
            .collect();
        if told.is_empty() {
            return Ok(());
        }
        Err(Mismatch::new(format!("{what}:\n    {}", told.join("\n    "))))
    }
}

impl Text<'_> {
    /// The text, with the parameters of an action under the names that `found` has for them.
    fn as_declared(&self, found: &[u8]) -> Outcome<Cow<'_, [u8]>> {
        if !self.findings.iter().any(Finding::is_case_of_parameter) {
            return Ok(Cow::Borrowed(self.text));
        }
        let parse = |text: &[u8]| {
            serde_json::from_slice::<serde_json::Map<String, Value>>(text)
                .map_err(|error| Mismatch::new(format!("no object of parameters: {error}")))
        };
        let (documented, found) = (parse(self.text)?, parse(found)?);
        let is_cased = |name: &str| {
            let mut cased = self.findings.iter().filter(|finding| finding.is_case_of_parameter());
            cased.any(|finding| finding.path.strip_prefix("$.") == Some(name))
        };
        let declared = documented.into_iter().map(|(name, value)| {
            let other = || found.keys().find(|other| other.eq_ignore_ascii_case(&name)).cloned();
            let declared = if is_cased(&name) { other() } else { None };
            (declared.unwrap_or(name), value)
        });
        let declared: serde_json::Map<String, Value> = declared.collect();
        Ok(Cow::Owned(Value::Object(declared).to_string().into_bytes()))
    }
}

/// The differences that no finding explains.
fn unexplained(differences: Vec<Difference>, findings: &[Finding]) -> Vec<Difference> {
    let names_other_case = |path: &str| {
        // A member that was found under its declared name stands there in the place of the documented one.
        let spelled = findings.iter().filter(|finding| finding.code == "link::spelling");
        spelled.clone().any(|finding| finding.path.eq_ignore_ascii_case(path))
    };
    let is_explained = |difference: &Difference| {
        is_covered(findings, &difference.path)
            || (difference.documented.is_none() && names_other_case(&difference.path))
    };
    differences.into_iter().filter(|difference| !is_explained(difference)).collect()
}

/// Whether a finding is about the place `path`, which may stand below a parameter in another case.
fn is_covered(findings: &[Finding], path: &str) -> bool {
    let cased = || findings.iter().filter(|finding| finding.is_case_of_parameter());
    let mut telling = findings.iter().filter(|finding| !finding.is_case_of_parameter());
    telling.any(|finding| {
        finding.covers(path)
            || cased().any(|parameter| {
                // Below the parameter the findings have its documented name, the value its declared one.
                let below = finding.path.strip_prefix(&parameter.path);
                let head = path.get(..parameter.path.len()).unwrap_or_default();
                below.is_some_and(|_| head.eq_ignore_ascii_case(&parameter.path))
                    && path
                        .get(parameter.path.len()..)
                        .is_some_and(|rest| finding.covers(&format!("{}{rest}", parameter.path)))
            })
    })
}

/// The findings that the model does not settle by itself: a name in another case is none where the value is
/// read as the declared member, which is then written under its declared name.
fn unsettled(codec: &Codec, body: &Text<'_>) -> Vec<Finding> {
    let written = codec.again(body.text, ReadMode::Lenient).ok();
    let written = written.and_then(|again| differences(body.text, &again.text).ok());
    let settles = |finding: &Finding| {
        let Some(differences) = &written else { return false };
        let at = |difference: &&Difference| difference.path.eq_ignore_ascii_case(&finding.path);
        let mut there = differences.iter().filter(at);
        finding.code == "link::spelling"
            && there.clone().any(|difference| difference.found.is_none())
            && there.any(|difference| difference.documented.is_none())
    };
    body.findings.iter().filter(|finding| !settles(finding)).cloned().collect()
}

impl<G> Held<'_, G> {
    /// Holds `example` against client and server; `call` leads to its operation.
    pub(super) async fn check(&self, page: &str, example: &Example, call: &Call<G>) -> Checked {
        let facts = &call.facts;
        let (request, response) = (&example.request, example.response.as_ref());
        let mut checked = Checked {
            name: name(page, example),
            request: url_verdict(&request.url_findings),
            request_body: None,
            status: Verdict::Passed,
            response_body: None,
            names_type: response.is_some_and(|response| response.names_type),
            is_unwrapped: false,
        };
        let takes_body = facts.request.content_type.is_some();
        let body = request.body.as_deref().map(|body| Text::of(body, &request.findings));
        let body = match (body, takes_body) {
            (None, true) => return checked.not_run("no_request_body"),
            (Some(_), false) => {
                checked.request_body = Some(Verdict::not_run("link::request_body"));
                None
            }
            (body, _) => body,
        };
        if allows_nobody(&facts.permissions) {
            return checked.not_run("nobody_may_call");
        }
        if let Some(body) = &body {
            checked.request_body = Some(Verdict::passed(&unsettled(&facts.request, body)));
        }
        self.answered(&mut checked, response, call);
        if let Err(mismatch) = self.client(example, call, body.as_ref(), &mut checked) {
            checked.request = Verdict::Failed(format!("client: {mismatch}"));
        }
        if let Err(mismatch) = self.server(example, call, body.as_ref(), &mut checked).await {
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
        documented.query = Address::of(&request.url).query;
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
        if request.url_findings.is_empty() {
            let mut shown = Address::of(&request.url);
            // Pages write the version in any case.
            if let (Some(first), Some(base)) =
                (shown.segments.first_mut(), documented.segments.first())
                && first.eq_ignore_ascii_case(base)
            {
                first.clone_from(base);
            }
            let skipped = documented.segments.len().saturating_sub(shown.segments.len());
            let below = documented.segments.get(skipped..).unwrap_or_default();
            same("documented URL", shown.segments.as_slice(), below)?;
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

    /// The server takes the documented request, its handler sees the same, and the documented answer comes.
    async fn server(
        &self,
        example: &Example,
        call: &Call<G>,
        body: Option<&Text<'_>>,
        checked: &mut Checked,
    ) -> Outcome {
        let (request, facts) = (&example.request, &call.facts);
        let mut address = Address::of_template(self.base, call.path, &example.keys).path();
        let shown = message::raw_path(&request.url);
        if request.url_findings.is_empty() && shown.starts_with(self.base) {
            address = shown.to_owned();
        }
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
                body.mode == ReadMode::Lenient && is_covered(&body.findings, at)
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
        match (error, &response.body, call.facts.response.content_type) {
            (Some(status), ..) => Answer::Error(status),
            (None, _, None) => Answer::Body(Vec::new(), ReadMode::Strict, headers),
            (None, None, Some(_)) => unanswered,
            (None, Some(body), Some(_)) => {
                let text = Text::of_answer(response, body);
                Answer::Body(text.text.to_vec(), text.mode, headers)
            }
        }
    }

    /// What is said of the answer before anything is run.
    fn answered(&self, checked: &mut Checked, response: Option<&Response>, call: &Call<G>) {
        let Some(response) = response else {
            checked.status = Verdict::not_run("not_paired");
            return;
        };
        let is_error = response.status >= 400;
        checked.response_body = match (&response.body, call.facts.response.content_type) {
            (None, None) => None,
            (Some(_), _) if is_error => Some(Verdict::not_run("error_answer")),
            (None, _) if is_error => None,
            (Some(body), None) if body.get().trim() == "{}" => None,
            (Some(_), None) => Some(Verdict::not_run("link::response_body")),
            (None, Some(_)) => Some(Verdict::not_run("no_response_body")),
            (Some(body), Some(_)) => {
                checked.is_unwrapped = enveloped(response, body).is_some();
                Some(Verdict::passed(&Text::of_answer(response, body).findings))
            }
        };
        if !is_error && call.facts.status.as_u16() != response.status {
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
            Answer::Body(..) => facts.status,
        };
        if found.status() != status {
            let text = String::from_utf8_lossy(found.body());
            let (want, got) = (status.as_u16(), found.status().as_u16());
            return Err(Mismatch::new(format!("the status is {got} in place of {want}: {text}")));
        }
        let (Some(body), Answer::Body(..), Some(_)) =
            (&response.body, answer, facts.response.content_type)
        else {
            return Ok(());
        };
        let text = Text::of_answer(response, body);
        headers_match(&response.headers, found.headers())?;
        let read = || {
            text.matches("the server answers another body", found.body())?;
            let again = facts.response.again(text.text, ReadMode::Lenient);
            let again = again.map_err(|error| Mismatch::new(format!("client: {error}")))?;
            let is_explained = |path: &&String| !text.findings.iter().any(|of| of.covers(path));
            if let Some(path) = again.leniencies.iter().find(is_explained) {
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

/// What stands in the envelope that a finding names; none where there is more in it than the value.
fn enveloped<'a>(response: &'a Response, body: &'a RawValue) -> Option<&'a RawValue> {
    response.findings.iter().find(|finding| finding.is_envelope())?;
    let members: BTreeMap<Cow<'a, str>, &'a RawValue> = serde_json::from_str(body.get()).ok()?;
    members.get("value").copied().filter(|_| members.len() == 1)
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

fn url_verdict(codes: &[String]) -> Verdict {
    if codes.is_empty() { Verdict::Passed } else { Verdict::But(codes.iter().cloned().collect()) }
}
