//! Prose of pages to the text of doc comments, one trait of Markdown a test.

use super::{PageKind, Prose};

const PROSE: Prose<'static> = Prose { view: "graph-rest-1.0", kind: PageKind::Resource };

fn text(markdown: &str) -> String {
    PROSE.text(markdown).lines().join("\n")
}

#[test]
fn links_become_absolute() {
    assert_eq!(
        text(
            "See [post](post.md), [reply](../api/post-reply.md#http-request) and [auth](/graph/auth/auth-concepts)."
        ),
        "See [post](https://learn.microsoft.com/graph/api/resources/post?view=graph-rest-1.0),\n\
         [reply](https://learn.microsoft.com/graph/api/post-reply?view=graph-rest-1.0#http-request)\n\
         and [auth](https://learn.microsoft.com/graph/auth/auth-concepts)."
    );
}

#[test]
fn links_that_lead_nowhere_keep_their_text() {
    assert_eq!(text("[here](#there) and [run](javascript:alert(1))"), "here and run");
}

#[test]
fn what_rustdoc_would_resolve_is_escaped() {
    assert_eq!(text("a [Vec] of [a][b]"), "a \\[Vec\\] of \\[a\\]\\[b\\]");
    assert_eq!(text("see https://a.example/x_(y)."), "see <https://a.example/x_%28y%29>.");
}

#[test]
fn html_is_removed_or_escaped() {
    assert_eq!(
        text("a<br/>b <id> <script>x</script> 1 < 2"),
        "a b \\<id\\> \\<script\\>x\\</script\\> 1 \\< 2"
    );
    assert_eq!(text("a <!-- never --> b"), "a b");
}

#[test]
fn code_is_never_run() {
    assert_eq!(text("```rust\nfn main() {}\n```"), "```text\nfn main() {}\n```");
    assert_eq!(text("```\nnever closed */"), "```text\nnever closed * /\n```");
    assert_eq!(text("    indented()"), "indented()");
    assert_eq!(text("an `unclosed span"), "an \\`unclosed span");
    assert_eq!(text("a `whole span` here"), "a `whole span` here");
}

#[test]
fn what_is_not_seen_is_removed() {
    assert_eq!(text("a\u{202e}b\rc\u{0}d\u{a0}e"), "ab cd e");
    assert_eq!(text("end */ of"), "end *\\/ of");
}

#[test]
fn wrapped_lines_begin_no_block() {
    let long = format!("{} - 1. # + >x", "word ".repeat(18).trim_end());
    for line in text(&long).lines() {
        assert!(!line.starts_with(['-', '#', '+', '>']) && !line.starts_with("1."), "{line}");
    }
}

#[test]
fn list_items_hang() {
    assert_eq!(
        text(&format!("- one\n- {}", "word ".repeat(20))),
        format!("- one\n- {}\n  word word", "word ".repeat(18).trim_end())
    );
}
