//! A documented body, and what it may differ by.
//!
//! In comes the body with what lint found in it, and the type that it is of; out goes how it is to be read, and
//! later where a text differs from it. Holds: a body without findings is held strictly, and so is one of which lint
//! says no more than that it has undeclared members, which are kept; any other may differ only where a finding is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use msgraph_core::ReadMode;
use serde_json::Value;
use serde_json::value::RawValue;

use super::data::{Finding, Request, Response};
use super::difference::{Difference, differences};
use super::erased::Codec;
use super::outcome::Verdict;
use super::{Mismatch, Outcome, same};

/// A documented body, and how it is read.
pub(super) struct Text<'a> {
    pub(super) text: &'a [u8],
    is_json: bool,
    /// The findings that may explain something.
    findings: Cow<'a, [Finding]>,
    pub(super) mode: ReadMode,
    /// How the body comes out where nothing fails.
    pub(super) verdict: Verdict,
}

impl<'a> Text<'a> {
    /// The body of a request of the type that `codec` reads.
    pub(super) fn of_request(request: &'a Request, codec: &Codec) -> Option<Self> {
        match (&request.body, &request.content) {
            (Some(body), _) => Some(Self::held(body, request.findings.as_slice().into(), codec)),
            (None, content) => content.as_deref().map(Self::of_content),
        }
    }

    /// The body of an answer of the type that `codec` reads. Where the page shows a single value in an object with
    /// the member `value`, as none is sent, what stands in there is held.
    pub(super) fn of_answer(response: &'a Response, codec: &Codec) -> Option<Self> {
        let Some(body) = &response.body else {
            return response.content.as_deref().map(Self::of_content);
        };
        let Some(inner) = enveloped(response) else {
            return Some(Self::held(body, response.findings.as_slice().into(), codec));
        };
        let inside = response.findings.iter().filter(|finding| !finding.is_envelope());
        let findings: Vec<Finding> = inside
            .map(|finding| {
                let below = finding.path.strip_prefix("$.value");
                let path = below.map_or_else(|| finding.path.clone(), |rest| format!("${rest}"));
                Finding { code: finding.code.clone(), path }
            })
            .collect();
        Some(Self::held(inner, findings.into(), codec))
    }

    /// A body that is no JSON.
    fn of_content(text: &'a str) -> Self {
        let (mode, verdict) = (ReadMode::Strict, Verdict::Passed);
        Self {
            text: text.as_bytes(),
            is_json: false,
            findings: [].as_slice().into(),
            mode,
            verdict,
        }
    }

    fn held(body: &'a RawValue, findings: Cow<'a, [Finding]>, codec: &Codec) -> Self {
        let text = body.get().as_bytes();
        let told = |finding: &&Finding| !finding.is_harmless();
        let codes = findings.iter().filter(told).map(|finding| finding.code.clone()).collect();
        let harmless: Vec<Finding> =
            findings.iter().filter(|finding| finding.is_harmless()).cloned().collect();
        let (mode, verdict) = (ReadMode::Strict, Verdict::noted(codes));
        let strict = Self { text, is_json: true, findings: harmless.into(), mode, verdict };
        let is_kept = || {
            let again = codec.again(text, ReadMode::Strict).ok();
            again.is_some_and(|again| strict.matches("", &again.text).is_ok())
        };
        let is_undeclared = |of: &Finding| of.is_harmless() || of.is_of_undeclared_member();
        match strict.verdict {
            Verdict::Noted(ref codes) if !(findings.iter().all(is_undeclared) && is_kept()) => {
                let verdict = Verdict::But(codes.clone());
                Self { text, is_json: true, findings, mode: ReadMode::Lenient, verdict }
            }
            _ => strict,
        }
    }

    /// Holds `found` against the documented text: it differs only where a finding is.
    pub(super) fn matches(&self, what: &str, found: &[u8]) -> Outcome {
        if !self.is_json {
            let text = String::from_utf8_lossy;
            return same(what, &text(self.text), &text(found));
        }
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

    /// Holds the answer `found` against the documented text. A server tells the context of what it answers, be it shown or
    /// not.
    pub(super) fn matches_answer(&self, what: &str, found: &[u8]) -> Outcome {
        const CONTEXT: &str = "@odata.context";
        type Members = serde_json::Map<String, Value>;
        let members = |text: &[u8]| serde_json::from_slice::<Members>(text).ok();
        let is_shown = || members(self.text).is_none_or(|shown| shown.contains_key(CONTEXT));
        if self.is_json && !is_shown() {
            let mut told = members(found).unwrap_or_default();
            if told.remove(CONTEXT).is_some() {
                return self.matches(what, Value::Object(told).to_string().as_bytes());
            }
        }
        self.matches(what, found)
    }

    /// Whether a finding may explain that something is wrong at `path`.
    pub(super) fn excuses(&self, path: &str) -> bool {
        self.mode == ReadMode::Lenient && is_covered(&self.findings, path)
    }

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
        let mut spelled = findings.iter().filter(|finding| finding.code == "link::spelling");
        spelled.any(|finding| finding.path.eq_ignore_ascii_case(path))
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
    let mut telling = findings.iter().filter(|finding| !finding.is_harmless());
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

/// What stands in the envelope that a finding names; none where there is more in it than the value.
pub(super) fn enveloped(response: &Response) -> Option<&RawValue> {
    let body = response.body.as_ref()?;
    response.findings.iter().find(|finding| finding.is_envelope())?;
    let members: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(body.get()).ok()?;
    let is_alone = members.keys().all(|name| name == "value" || name.contains('@'));
    members.get("value").copied().filter(|_| is_alone)
}
