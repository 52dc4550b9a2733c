//! The part of a report that can be read without a script.
//!
//! In come the model and its sums, out goes HTML: what was compared, the totals, a line per area, and
//! the codes with their explanations, into which the script puts the findings. Text of the inputs
//! gets in only through [`escaped`].

use std::fmt::Write as _;

use msgraph_source::Code;

use super::markdown;
use super::measure::{Measure, Share, grouped, measures};
use super::model::Model;
use super::summary::{Area, Found, Summary};

/// `text` as the text of an element or the value of an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// What was compared, and the sums in a few words.
pub(super) fn header(model: &Model, summary: &Summary) -> String {
    let mut out =
        String::from("<h1>How far documents and metadata agree</h1>\n<ul class=\"compared\">\n");
    for one in &model.compared {
        let (metadata, version) = (escaped(&one.metadata), escaped(&one.version));
        push(
            &mut out,
            format_args!(
                "<li><b>{} pages</b> held against <b>{metadata}</b> <span class=\"quiet\">({}version {version})</span></li>\n",
                grouped(one.pages),
                if model.compared.len() > 1 {
                    format!("target {}, ", escaped(&one.name))
                } else {
                    String::new()
                },
            ),
        );
    }
    if model.accepted > 0 {
        push(
            &mut out,
            format_args!(
                "<li class=\"quiet\">{} accepted by suppressions and not shown</li>\n",
                counted(model.accepted, "finding is", "findings are")
            ),
        );
    }
    out.push_str("</ul>\n<dl class=\"cards\">\n");
    let share = Share::of(&summary.counts);
    card(
        &mut out,
        "agreement",
        "Agreement",
        &share.percent(),
        &format!("{} of {} statements of the pages", grouped(share.agree), grouped(share.held)),
    );
    let Found { errors, warnings, notes } = summary.found;
    card(&mut out, "error", "Errors", &grouped(errors), "cannot be read");
    card(&mut out, "warning", "Warnings", &grouped(warnings), "read with leniency, or of no use");
    card(&mut out, "note", "Notes", &grouped(notes), "the sources disagree, policy decides");
    card(
        &mut out,
        "clean",
        "Pages without findings",
        &grouped(summary.clean_pages),
        &format!("of {}", grouped(model.pages.len())),
    );
    out.push_str("</dl>\n");
    out
}

fn card(out: &mut String, class: &str, name: &str, number: &str, more: &str) {
    push(
        out,
        format_args!(
            "<div class=\"card {class}\"><dt>{name}</dt><dd><b id=\"card-{class}\">{number}</b> <small>{more}</small></dd></div>\n"
        ),
    );
}

/// The table of totals.
pub(super) fn totals(summary: &Summary) -> String {
    let mut out = String::from(
        "<table id=\"totals-table\">\n<caption class=\"hidden\">What was held against the metadata, over all pages</caption>\n\
         <thead><tr><th scope=\"col\">What</th><th scope=\"col\" class=\"number\">Agree</th>\
         <th scope=\"col\" class=\"number\">Differ</th><th scope=\"col\" class=\"number wide\">Not held</th>\
         <th scope=\"col\" class=\"number\">All</th><th scope=\"col\" class=\"share\">Share</th></tr></thead>\n<tbody>\n",
    );
    for measure in measures(&summary.counts) {
        let Measure { label, agree, differ, not_held, .. } = &measure;
        let (what, agrees_when) = (escaped(label), measure.agrees_when());
        let class = if measure.counts() { "" } else { " class=\"part\"" };
        push(
            &mut out,
            format_args!(
                "<tr{class}><th scope=\"row\">{what} <small>{agrees_when}</small></th><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td><td class=\"number wide\">{}</td><td class=\"number\">{}</td><td class=\"share\">{}</td></tr>\n",
                grouped(*agree),
                grouped(*differ),
                grouped(*not_held),
                grouped(measure.all()),
                bar(measure.share()),
            ),
        );
    }
    push(
        &mut out,
        format_args!(
            "</tbody>\n</table>\n<p class=\"quiet\">Differences are findings below. <i>Not held</i>: bodies for which no type could \
         be found. {} example requests go to other hosts and are not counted. <i>Agreement</i> is the share of all \
         rows together that are not indented, so that each thing is counted once.</p>\n",
            grouped(summary.counts.foreign_examples),
        ),
    );
    out
}

fn counted(number: usize, one: &str, more: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { more })
}

/// A bar and the share in digits.
fn bar(share: Share) -> String {
    let part = share.thousandths();
    let Some(part) = part else {
        return "<span class=\"meter\">–</span>".to_owned();
    };
    format!(
        "<span class=\"meter\"><svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"all\" width=\"1000\" height=\"10\"/><rect class=\"agree\" width=\"{part}\" height=\"10\"/></svg>\
         <span class=\"percent\">{}</span></span>",
        share.percent(),
    )
}

/// The table of areas.
pub(super) fn areas(summary: &Summary) -> String {
    let mut out = String::from(
        "<table id=\"areas-table\" class=\"sortable\">\n<caption class=\"hidden\">Agreement and findings by area</caption>\n<thead><tr>\
         <th scope=\"col\" data-sort=\"text\">Area</th><th scope=\"col\" class=\"number\" data-sort=\"number\">Pages</th>\
         <th scope=\"col\" class=\"share\" data-sort=\"number\">Agreement</th>\
         <th scope=\"col\" class=\"number wide\" data-sort=\"number\">Errors</th><th scope=\"col\" class=\"number wide\" data-sort=\"number\">Warnings</th>\
         <th scope=\"col\" class=\"number wide\" data-sort=\"number\">Notes</th>\
         <th scope=\"col\" class=\"number\" data-sort=\"number\" aria-sort=\"descending\">Findings</th></tr></thead>\n<tbody>\n",
    );
    for Area { name, pages, counts, found } in &summary.areas {
        let share = Share::of(counts);
        push(
            &mut out,
            format_args!(
                "<tr><th scope=\"row\" data-area=\"{0}\">{0}</th>{1}<td class=\"share\" data-value=\"{2}\">{3}</td>{4}{5}{6}{7}</tr>\n",
                escaped(name),
                number(*pages, ""),
                share.thousandths().and_then(|part| i64::try_from(part).ok()).unwrap_or(-1),
                bar(share),
                number(found.errors, " wide"),
                number(found.warnings, " wide"),
                number(found.notes, " wide"),
                number(found.all(), ""),
            ),
        );
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

fn number(number: usize, class: &str) -> String {
    format!("<td class=\"number{class}\" data-value=\"{number}\">{}</td>", grouped(number))
}

/// The codes with their explanations, and room for findings.
pub(super) fn codes(summary: &Summary) -> String {
    let mut out = String::new();
    for (index, (code, number)) in summary.codes.iter().enumerate() {
        out.push_str(&code_group(index, *code, *number));
    }
    out
}

fn code_group(index: usize, code: Code, number: usize) -> String {
    let severity = code.severity().name();
    format!(
        "<details class=\"code\" data-code=\"{index}\">\n<summary><span class=\"badge {severity}\">{severity}</span>\
         <span class=\"name\"><span class=\"title\">{}</span> <code>{}</code></span>\
         <span class=\"count\">{}</span></summary>\n<div class=\"explanation\">\n{}</div>\n<div class=\"list\"></div>\n</details>\n",
        escaped(code.title()).split('`').collect::<String>(),
        code.id(),
        grouped(number),
        markdown::explanation(code.page()),
    )
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_leaves_its_element_or_attribute() {
        assert_eq!(
            escaped("<img src='x' alt=\"&\">"),
            "&lt;img src=&#39;x&#39; alt=&quot;&amp;&quot;&gt;"
        );
    }
}
