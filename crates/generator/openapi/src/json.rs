//! JSON, strictly (RFC 8259).
//!
//! In comes a text, out go values to the builder. The tokens come from jsonc-parser; the grammar is here, so that each
//! value has its place and nesting needs no stack.

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use msgraph_source::catalogue::openapi::MALFORMED;
use msgraph_source::{Diagnostic, FileId, Json, JsonKind, Span};

use crate::tree::{Builder, Inside, Step};

/// JSON and nothing beyond.
const OPTIONS: ScannerOptions = ScannerOptions {
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// What may come next.
#[derive(Clone, Copy)]
enum Due {
    Value,
    /// A value, or the end of the array.
    FirstElement,
    Name,
    /// A name, or the end of the object.
    FirstName,
    Colon,
    /// A comma, or the end of what is open.
    Comma,
    End,
}

impl Due {
    /// The words for it.
    fn what(self) -> &'static str {
        match self {
            Self::Value => "a value",
            Self::FirstElement => "a value or `]`",
            Self::Name => "a name in quotes",
            Self::FirstName => "a name in quotes or `}`",
            Self::Colon => "`:`",
            Self::Comma => "`,` or the end of what is open",
            Self::End => "the end of the text",
        }
    }
}

/// Reads `text`, which stands in its file behind `skipped` bytes.
pub(crate) fn read(text: &str, file: FileId, skipped: usize, builder: &mut Builder) -> Step {
    let mut scanner = Scanner::new(text, &OPTIONS);
    let mut due = Due::Value;
    loop {
        let token = scanner.scan();
        let (start, end) = (scanner.token_start(), scanner.token_end());
        let span = Span::new(file, start + skipped..end.max(start) + skipped);
        let token = token.map_err(|error| {
            let message = format!("this is no JSON: {}", error.kind());
            Diagnostic::at(MALFORMED, span, message).help("look at quotes and numbers here")
        })?;
        due = match (due, token) {
            (Due::End, None) => return Ok(()),
            (Due::Value | Due::FirstElement, Some(Token::OpenBrace)) => {
                builder.begin_object(0, span)?;
                Due::FirstName
            }
            (Due::Value | Due::FirstElement, Some(Token::OpenBracket)) => {
                builder.begin_array(0, span)?;
                Due::FirstElement
            }
            (Due::FirstElement, Some(Token::CloseBracket))
            | (Due::FirstName, Some(Token::CloseBrace)) => close(builder, span),
            (Due::Comma, Some(Token::CloseBracket)) if builder.inside() == Inside::Array => {
                close(builder, span)
            }
            (Due::Comma, Some(Token::CloseBrace)) if builder.inside() == Inside::Object => {
                close(builder, span)
            }
            (Due::Comma, Some(Token::Comma)) if builder.inside() == Inside::Object => Due::Name,
            (Due::Comma, Some(Token::Comma)) => Due::Value,
            (Due::Name | Due::FirstName, Some(Token::String(name))) => {
                builder.name(name.into_owned(), span);
                Due::Colon
            }
            (Due::Colon, Some(Token::Colon)) => Due::Value,
            (Due::Value | Due::FirstElement, Some(token)) => match scalar(token) {
                Some(kind) => {
                    builder.value(Json { kind, span }, 0);
                    behind(builder)
                }
                None => return Err(unexpected(due, span)),
            },
            _ => return Err(unexpected(due, span)),
        };
    }
}

fn close(builder: &mut Builder, span: Span) -> Due {
    builder.end(span);
    behind(builder)
}

/// What comes behind a value.
fn behind(builder: &Builder) -> Due {
    if builder.inside() == Inside::Root { Due::End } else { Due::Comma }
}

fn scalar(token: Token<'_>) -> Option<JsonKind> {
    Some(match token {
        Token::String(text) => JsonKind::String(text.into_owned()),
        Token::Number(text) => JsonKind::Number(text.to_owned()),
        Token::Boolean(value) => JsonKind::Bool(value),
        Token::Null => JsonKind::Null,
        _ => return None,
    })
}

fn unexpected(due: Due, span: Span) -> Box<Diagnostic> {
    let message = format!("this is no JSON: {} is due here", due.what());
    Box::new(
        Diagnostic::at(MALFORMED, span, message)
            .help("look at commas and brackets before this place"),
    )
}
