//! The parameters of a function, and which of several functions of one name a request calls.
//!
//! In come a segment of a template and the arguments of a request; out go the parameters with what was given for
//! them, or which argument is wrong. Names are compared without regard to case, as the service does.

use std::cmp::Reverse;

/// The parameters that stand in a segment of a template, in its order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Signature(Vec<Parameter>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Parameter {
    /// As it is called on the wire.
    name: &'static str,
    /// As the template calls its value, which differs where two functions of a path share a name.
    wire: &'static str,
    is_optional: bool,
}

/// A parameter and what a request gives for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) name: &'static str,
    pub(crate) wire: &'static str,
    /// The literal, or the name of an alias; none where the query may have it.
    pub(crate) literal: Option<String>,
}

/// A call that fits no function of the name.
#[derive(Debug)]
pub(crate) struct Mismatch {
    /// The argument.
    pub(crate) target: String,
    pub(crate) message: String,
}

impl Mismatch {
    pub(crate) fn unclosed(function: &str) -> Self {
        Self {
            target: function.to_owned(),
            message: "An argument in the path has a quote that is not closed.".to_owned(),
        }
    }

    fn of(target: &str, what: &str) -> Self {
        Self { target: target.to_owned(), message: format!("The argument {target:?} {what}.") }
    }
}

impl Signature {
    /// `range(address='{address}',zone={zone?})` taken apart; none where no arguments are named.
    pub(crate) fn of_template(segment: &'static str) -> Option<(&'static str, Self)> {
        let (name, inner) = segment.strip_suffix(')')?.split_once('(')?;
        let parameters: Option<Vec<Parameter>> = inner
            .split(',')
            .map(|part| {
                let (name, value) = part.split_once('=')?;
                let value = value.trim_matches('\'').strip_prefix('{')?.strip_suffix('}')?;
                let wire = value.strip_suffix('?').unwrap_or(value);
                Some(Parameter { name, wire, is_optional: wire != value })
            })
            .collect();
        Some((name, Self(parameters?)))
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|parameter| parameter.name.eq_ignore_ascii_case(name))
    }

    /// The parameter that must be given and is not.
    fn missing(&self, is_given: &dyn Fn(&str) -> bool) -> Option<&'static str> {
        let of = |parameter: &&Parameter| !parameter.is_optional && !is_given(parameter.name);
        self.0.iter().find(of).map(|parameter| parameter.name)
    }

    fn arguments(&self, parts: &[(&str, &str)]) -> Vec<Argument> {
        let literal = |of: &Parameter| {
            let given = parts.iter().find(|(name, _)| of.name.eq_ignore_ascii_case(name));
            given.map(|(_, value)| (*value).to_owned())
        };
        self.0
            .iter()
            .map(|of| Argument { name: of.name, wire: of.wire, literal: literal(of) })
            .collect()
    }
}

/// Which of `signatures` a request calls that gives `parts` in its path, and in its query what `in_query` says.
/// None where nothing is given and the name means something without (`has_plain`).
pub(crate) fn choose<'s>(
    function: &str,
    signatures: &[&'s Signature],
    parts: &[(&str, &str)],
    in_query: &dyn Fn(&str) -> bool,
    has_plain: bool,
) -> Result<Option<(&'s Signature, Vec<Argument>)>, Mismatch> {
    if signatures.is_empty() {
        return Ok(None);
    }
    for (index, (name, _)) in parts.iter().enumerate() {
        if parts.iter().take(index).any(|(earlier, _)| earlier.eq_ignore_ascii_case(name)) {
            return Err(Mismatch::of(name, "is given twice"));
        }
    }
    let in_path = |name: &str| parts.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
    let is_given = |name: &str| in_path(name) || in_query(name);
    let takes_all = |of: &Signature| parts.iter().all(|(name, _)| of.has(name));
    let given = |of: &Signature| of.0.iter().filter(|parameter| is_given(parameter.name)).count();
    // Of those that fit, the one of whose parameters most are given, then the shortest.
    let fitting = signatures.iter().filter(|of| takes_all(of) && of.missing(&is_given).is_none());
    let chosen = fitting.min_by_key(|of| (Reverse(given(of)), of.0.len()));
    if let Some(of) = chosen
        && (given(of) > 0 || !has_plain)
    {
        return Ok(Some((of, of.arguments(parts))));
    }
    if parts.is_empty() && has_plain {
        return Ok(None);
    }
    let is_known = |name: &str| signatures.iter().any(|of| of.has(name));
    if let Some((name, _)) = parts.iter().find(|(name, _)| !is_known(name)) {
        let name = if name.is_empty() { function } else { name };
        return Err(Mismatch::of(name, "is not one that can be given here"));
    }
    let missing =
        signatures.iter().filter(|of| takes_all(of)).filter_map(|of| of.missing(&is_given)).min();
    Err(match missing {
        Some(name) => Mismatch::of(name, "is missing"),
        None => Mismatch::of(function, "has a combination of names that is not known"),
    })
}
