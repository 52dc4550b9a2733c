//! The segments of a path.

/// A segment: a name, and what stands in parentheses behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment<'a> {
    /// `groups`, `graph.delta`, `{group-id}`, `$count`
    pub(crate) name: &'a str,
    /// What stands in parentheses.
    pub(crate) arguments: Option<&'a str>,
    /// How much of the path there is up to its end.
    pub(crate) end: usize,
}

/// What the parentheses of a segment hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Arguments<'a> {
    /// One value: a key.
    Key(&'a str),
    /// Values with names, each the name and the placeholder: arguments, or a key of several parts.
    Named(Vec<(&'a str, &'a str)>),
}

/// The segments of `path`.
pub(crate) fn segments(path: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut start = 0;
    for part in path.split('/') {
        let end = start + part.len();
        start = end + 1;
        if part.is_empty() {
            continue;
        }
        let (name, arguments) = match part.split_once('(') {
            Some((name, rest)) if !name.is_empty() => {
                (name, Some(rest.strip_suffix(')').unwrap_or(rest)))
            }
            _ => (part, None),
        };
        segments.push(Segment { name, arguments, end });
    }
    segments
}

impl<'a> Segment<'a> {
    /// The placeholder that the whole segment is.
    pub(crate) fn placeholder(&self) -> Option<&'a str> {
        self.name.strip_prefix('{')?.strip_suffix('}')
    }

    /// What its parentheses hold.
    pub(crate) fn arguments(&self) -> Option<Arguments<'a>> {
        let text = self.arguments?;
        if !text.is_empty() && !text.contains('=') {
            return Some(Arguments::Key(bare(text)));
        }
        let named = text.split(',').filter_map(|part| part.split_once('='));
        Some(Arguments::Named(named.map(|(name, value)| (name.trim(), bare(value))).collect()))
    }
}

/// A placeholder without quotes and braces; an alias of a parameter with its `@`.
fn bare(value: &str) -> &str {
    let value = value.trim();
    let value = value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')).unwrap_or(value);
    value.strip_prefix('{').and_then(|v| v.strip_suffix('}')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_arguments_stand_in_parentheses() {
        let segments =
            segments("/groups('{id}')/graph.delta(token={token},ids=@ids)/{post-id}/$count");
        let names: Vec<&str> = segments.iter().map(|segment| segment.name).collect();
        assert_eq!(names, ["groups", "graph.delta", "{post-id}", "$count"]);
        let arguments: Vec<_> = segments.iter().map(Segment::arguments).collect();
        assert_eq!(
            arguments,
            [
                Some(Arguments::Key("id")),
                Some(Arguments::Named(vec![("token", "token"), ("ids", "@ids")])),
                None,
                None,
            ]
        );
        assert_eq!(segments[2].placeholder(), Some("post-id"));
    }

    #[test]
    fn empty_parentheses_are_no_arguments() {
        let call = segments("/reports/graph.all()");
        assert_eq!(call[1].arguments(), Some(Arguments::Named(Vec::new())));
    }
}
