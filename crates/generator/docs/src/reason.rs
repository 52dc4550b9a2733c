//! The reason phrases of HTTP statuses.
//!
//! Comes in: a status and what a page calls it. Goes out: whether that is its registered name.
//! Holds: spelling counts, case does not; names that a status had in earlier RFCs are as good.

/// The registered name of `status`.
pub(crate) fn phrase(status: u16) -> Option<&'static str> {
    Some(match status {
        100 => "Continue",
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        507 => "Insufficient Storage",
        509 => "Bandwidth Limit Exceeded",
        _ => return None,
    })
}

/// Whether `reason` names `status`.
pub(crate) fn fits(status: u16, reason: &str) -> bool {
    let earlier: &[&str] = match status {
        302 => &["Moved Temporarily"],
        413 => &["Payload Too Large", "Request Entity Too Large"],
        414 => &["Request-URI Too Long"],
        416 => &["Requested Range Not Satisfiable"],
        422 => &["Unprocessable Entity"],
        207 => &["Multi Status"],
        _ => &[],
    };
    phrase(status).iter().chain(earlier).any(|name| name.eq_ignore_ascii_case(reason))
}
