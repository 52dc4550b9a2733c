//! Codes of contract tests: what the table of `cargo xtask contract` tells of an example, and no finding does.

codes! { "contract":
    IGNORED = "ignored" Note;
    NOT_PAIRED = "not_paired" Note;
    NO_RESPONSE_BODY = "no_response_body" Note;
    ERROR_ANSWER = "error_answer" Note;
}
