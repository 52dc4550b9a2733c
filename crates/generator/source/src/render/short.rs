//! A diagnostic as one line: `path:line:col: severity[code]: message`.
//!
//! In come the texts and the finding, out goes a line that editors and `grep` understand. Holds: it is
//! one line whatever the message and the path hold, and nothing in it steers a terminal.

use super::{Finding, visible};
use crate::source_map::SourceMap;

/// Characters of a path and of a message.
const LONGEST: usize = 600;

/// Shows `finding` as one line, without a line feed.
pub fn short<'a>(sources: &SourceMap, finding: impl Into<Finding<'a>>) -> String {
    let finding = finding.into();
    let diagnostic = finding.diagnostic;
    let place = diagnostic.primary().map_or_else(String::new, |span| {
        let position = sources.position(span);
        let path = visible::line(sources.file(span.file).path(), LONGEST);
        format!("{path}:{}:{}: ", position.line, position.column)
    });
    let message = visible::line(&diagnostic.message, LONGEST);
    let suppressed = match finding.suppression {
        Some(reason) => format!(" (suppressed: {})", visible::line(reason, LONGEST)),
        None => String::new(),
    };
    format!("{place}{}[{}]: {message}{suppressed}", finding.severity.name(), diagnostic.code)
}

#[cfg(test)]
mod tests {
    use super::short;
    use crate::catalogue::source::ENCODING;
    use crate::{Diagnostic, SourceMap, Span};

    #[test]
    fn a_finding_is_one_line_whatever_it_holds() {
        let mut sources = SourceMap::new();
        let file = sources.add("a\nb.md", "one\ntwo\n");
        let hostile = Diagnostic::at(ENCODING, Span::new(file, 4..7), "it\r\n\u{1b}[31m");
        assert_eq!(short(&sources, &hostile), "a␊b.md:2:1: error[source::encoding]: it␍␊␛[31m");
    }

    #[test]
    fn without_a_place_there_is_none_before_the_severity() {
        let found = Diagnostic::new(ENCODING, "so");
        assert_eq!(short(&SourceMap::new(), &found), "error[source::encoding]: so");
    }
}
