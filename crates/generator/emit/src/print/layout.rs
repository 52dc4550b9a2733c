//! The few places where `rustfmt` lays code out otherwise than `prettyplease`, mended in the text.
//!
//! In come the lines of a file, out come the lines as `rustfmt` leaves them, under the settings that
//! are generated beside the code. A test holds generated files to that. Each rule looks at a line and
//! at those behind it, and gives what stands there instead.

/// The longest line, as `rustfmt.toml` has it.
pub(super) const WIDTH: usize = 89;

/// Items of arrays up to this width share lines: `short_array_element_width_threshold` of `rustfmt`.
const SHORT_ITEM: usize = 10;

/// How many lines a rule looks ahead, but for arrays.
const AHEAD: usize = 40;

/// What stands instead of a line, and how many of the lines behind it are taken too.
type Mended = Option<(Vec<String>, usize)>;

const RULES: &[fn(&str, &[&str]) -> Mended] = &[
    bounds_stay_on_their_line,
    type_stays_on_its_line,
    literal_on_the_next_line,
    value_on_the_next_line,
    call_begins_on_the_next_line,
    call_stays_with_its_receiver,
    chain_stands_under_its_call,
    table_on_the_next_line,
    brace_on_the_next_line,
    implementation_on_the_next_line,
    implementation_on_one_line,
    bounds_on_the_next_line,
    array_hugs_its_call,
    broken_array_hugs_its_call,
    short_items_share_lines,
    comma_has_room,
    field_on_the_next_line,
    condition_stands_above_its_item,
];

/// Mends `text` and gives its lines to `out`.
pub(super) fn mend(text: &str, out: &mut dyn FnMut(&str)) {
    let lines: Vec<&str> = text.lines().collect();
    mend_lines(&lines, out);
}

fn mend_lines(lines: &[&str], out: &mut dyn FnMut(&str)) {
    let mut at = 0;
    // What ends the raw literal that the line stands in: its text is not ours to lay out.
    let mut raw: Option<String> = None;
    while let Some(&line) = lines.get(at) {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let may_be_mended = raw.is_none() && may_be_mended(line);
        let mended =
            if may_be_mended { RULES.iter().find_map(|rule| rule(line, rest)) } else { None };
        raw = match raw {
            Some(end) => Some(end).filter(|end| !line.contains(end.as_str())),
            None => raw_literal_behind(line),
        };
        at += 1;
        match mended {
            Some((mended, taken)) => {
                mended.iter().for_each(|line| out(line));
                at += taken;
            }
            None => out(line),
        }
    }
}

/// Whether a rule could have something to say of `line`. Hardly one line in ten is looked at closer: the
/// rules are for lines that open something, for long ones, and for beginnings of statements.
fn may_be_mended(line: &str) -> bool {
    const STARTS: &[&str] = &[") -> ", "const ", "impl ", "let ", "pub ", "type "];
    let text = line.trim_start_matches(' ');
    match text.as_bytes() {
        [b'/', b'/', ..] => false,
        [.., b'(' | b'<' | b'['] => true,
        _ if line.len() > WIDTH || line.contains("&[#[") => true,
        [.., b';' | b',' | b'}'] => false,
        _ => STARTS.iter().any(|start| text.starts_with(start)),
    }
}

/// What ends the raw literal that `line` opens and does not close.
fn raw_literal_behind(line: &str) -> Option<String> {
    if !line.contains('#') {
        return None;
    }
    let (before, behind) = line.rsplit_once("#\"")?;
    let hashes = before.len() - before.trim_end_matches('#').len() + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    let opens = before.trim_end_matches('#').ends_with('r') && !behind.contains(&end);
    opens.then_some(end)
}

/// `a: impl IntoIterator<` … `>,`: `rustfmt` does not count `impl` when it looks for the room of bounds.
fn bounds_stay_on_their_line(line: &str, rest: &[&str]) -> Mended {
    let is_bound = line.contains(": impl IntoIterator<") && line.ends_with('<');
    let (inside, taken) = enclosed(line, rest, ">,").filter(|_| is_bound)?;
    let whole = format!("{line}{inside}>,");
    (width(&whole) <= WIDTH + "impl ".len()).then(|| (vec![whole], taken))
}

/// `const A: Property<` … `> = value;`: `rustfmt` breaks behind `=` first, then inside of the type, then
/// behind the colon.
fn type_stays_on_its_line(line: &str, rest: &[&str]) -> Mended {
    let (name, start) =
        line.split_once(": ").filter(|_| line.trim_start().starts_with("pub const "))?;
    if !start.ends_with('<') {
        return None;
    }
    let close = format!("{}> = ", " ".repeat(indent(line)));
    let (inside, last) = match rest {
        [inside, last, ..] => (inside.trim().strip_suffix(',')?, last),
        _ => return None,
    };
    let value = last.strip_prefix(&close)?;
    let deeper = " ".repeat(indent(line) + 4);
    let whole = format!("{name}: {start}{inside}> =");
    let mut lines = if width(&whole) <= WIDTH {
        vec![whole]
    } else if width(line) <= WIDTH {
        return None;
    } else {
        vec![format!("{name}:"), format!("{deeper}{start}{inside}> =")]
    };
    lines.push(format!("{deeper}{value}"));
    Some((lines, 2))
}

/// `const A: &str = "…";`: what cannot be broken and is too long goes to the next line, where it fits
/// there.
fn literal_on_the_next_line(line: &str, _: &[&str]) -> Mended {
    let (start, value) = line.split_once(" = ")?;
    let is_name = value.starts_with('&') && value.ends_with(';') && !value.contains([' ', '(']);
    let is_text = value.starts_with('"') && value.ends_with("\";");
    let is_literal = (is_name || is_text) && start.contains("const ");
    let whole = format!("{}{value}", " ".repeat(indent(line) + 4));
    let moves = is_literal && width(line) > WIDTH && width(&whole) <= WIDTH;
    moves.then(|| (vec![format!("{start} ="), whole], 0))
}

/// `const A: T = f(` with an argument a line, and `let a = b` with a call a line: `rustfmt` puts what
/// stands behind `=` as a whole on the next line, where it fits there.
fn value_on_the_next_line(line: &str, rest: &[&str]) -> Mended {
    let (start, value) = line.split_once(" = ")?;
    let is_statement =
        ["pub ", "const ", "let ", "type "].iter().any(|word| start.trim_start().starts_with(word));
    if !is_statement || value.ends_with(';') || value.contains('"') {
        return None;
    }
    let (inside, taken) = match value.chars().last()? {
        '(' => [");", ")?;"].iter().find_map(|close| {
            let (inside, taken) = enclosed(line, rest, close)?;
            Some((format!("{inside}{close}"), taken))
        })?,
        '<' => enclosed(line, rest, ">;").map(|(inside, taken)| (format!("{inside}>;"), taken))?,
        '{' => {
            enclosed(line, rest, "};").map(|(inside, taken)| (format!(" {inside} }};"), taken))?
        }
        _ => {
            let end = rest.iter().take(AHEAD).position(|line| line.ends_with(';'))? + 1;
            let calls = trimmed(rest.get(..end)?, indent(line) + 4)?;
            let is_chain = calls.iter().all(|call| call.starts_with('.'));
            (is_chain.then(|| calls.concat())?, end)
        }
    };
    let whole = format!("{}{value}{inside}", " ".repeat(indent(line) + 4));
    (width(&whole) <= WIDTH).then(|| (vec![format!("{start} ="), whole], taken))
}

/// `let a = f(` that is too long by itself: the call begins on the next line, where it fits there.
fn call_begins_on_the_next_line(line: &str, rest: &[&str]) -> Mended {
    let (start, value) =
        line.split_once(" = ").filter(|_| line.trim_start().starts_with("let "))?;
    let whole = format!("{}{value}", " ".repeat(indent(line) + 4));
    if !value.ends_with('(') || width(line) <= WIDTH || width(&whole) > WIDTH {
        return None;
    }
    let (_, taken) = enclosed(line, rest, ");")?;
    let mut lines = vec![format!("{start} ="), whole];
    lines.extend(rest.iter().take(taken).map(|line| format!("    {line}")));
    Some((lines, taken))
}

/// `let all = all` with its call on the next line: a short receiver is not left alone, as long as its
/// arguments fit.
fn call_stays_with_its_receiver(line: &str, rest: &[&str]) -> Mended {
    let call = rest.first().filter(|call| line.ends_with(" = all") && call.ends_with('('))?;
    let taken = rest.iter().take(AHEAD).position(|line| is_at(line, indent(call), ");"))?;
    let inside = rest.get(1..taken)?;
    if inside.iter().any(|line| width(line) > WIDTH + 4) {
        return None;
    }
    let mut lines = vec![format!("{line}{}", call.trim())];
    lines.extend(inside.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    lines.push(format!("{});", " ".repeat(indent(line))));
    Some((lines, taken + 1))
}

/// `f(` with its arguments and a chain of calls behind it: nothing is moved to the right for the chain.
fn chain_stands_under_its_call(line: &str, rest: &[&str]) -> Mended {
    if !line.ends_with('(') {
        return None;
    }
    let columns = indent(line) + 4;
    let close = rest.iter().take(AHEAD).position(|line| is_at(line, columns, ")"))?;
    let call = rest.get(close + 1)?;
    let is_chain = indent(call) == columns && call.trim_start().starts_with('.');
    let is_call = rest.get(..close)?.iter().all(|line| indent(line) > columns);
    if !is_call || !is_chain {
        return None;
    }
    let end = rest.iter().skip(close).position(|line| indent(line) < columns)? + close;
    let mut lines = vec![line.to_owned()];
    let moved = rest.iter().take(end);
    lines.extend(moved.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    Some((lines, end))
}

/// `static A: Table = Table {` that is too long: the table begins on the next line.
fn table_on_the_next_line(line: &str, rest: &[&str]) -> Mended {
    let (start, value) = line.split_once(" = ").filter(|_| line.contains(" static "))?;
    if !value.ends_with(" {") || width(line) <= WIDTH {
        return None;
    }
    let taken = rest.iter().position(|line| *line == "};")? + 1;
    let inner: Vec<String> = rest.get(..taken)?.iter().map(|line| format!("    {line}")).collect();
    let inner: Vec<&str> = inner.iter().map(String::as_str).collect();
    let mut lines = vec![format!("{start} ="), format!("    {value}")];
    mend_lines(&inner, &mut |line| lines.push(line.to_owned()));
    Some((lines, taken))
}

/// `) -> T {` where there is little room behind it: `rustfmt` rather gives the brace a line of its own
/// than breaks the type.
fn brace_on_the_next_line(line: &str, rest: &[&str]) -> Mended {
    const ROOM: usize = 4;
    if !line.trim_start().starts_with(") -> ") {
        return None;
    }
    let brace = format!("{}{{", " ".repeat(indent(line)));
    if let Some(start) = line.strip_suffix(" {") {
        return (width(line) + ROOM > WIDTH).then(|| (vec![start.to_owned(), brace], 0));
    }
    [("> {", ">"), ("> + Send {", "> + Send")].iter().find_map(|(close, end)| {
        let (inside, taken) = enclosed(line, rest, close)?;
        let whole = format!("{line}{inside}{end}");
        (width(&whole) <= WIDTH + 2).then(|| (vec![whole, brace.clone()], taken))
    })
}

/// `impl Collection<` … `> {`: `rustfmt` puts the type on lines of its own.
fn implementation_on_the_next_line(line: &str, rest: &[&str]) -> Mended {
    let target = line.strip_prefix("impl ").filter(|target| target.ends_with('<'))?;
    let (inside, taken) = enclosed(line, rest, "> {")?;
    let whole = format!("    {target}{inside}>");
    let mut lines = vec!["impl".to_owned()];
    if width(&whole) <= WIDTH {
        lines.push(whole);
    } else {
        lines.push(format!("    {target}"));
        lines.extend(rest.iter().take(taken - 1).map(|line| format!("    {line}")));
        lines.push("    >".to_owned());
    }
    lines.push("{".to_owned());
    Some((lines, taken))
}

/// `impl A` … `for B {`: on one line.
fn implementation_on_one_line(line: &str, rest: &[&str]) -> Mended {
    let next = rest.first().filter(|_| line.trim_start().starts_with("impl "))?;
    let target = next.trim().strip_prefix("for ")?;
    Some((vec![format!("{line} for {target}")], 1))
}

/// `pub trait A: B + C {` that is too long: the bounds go to the next line.
fn bounds_on_the_next_line(line: &str, _: &[&str]) -> Mended {
    let (name, bounds) = line.strip_suffix(" {")?.split_once(": ")?;
    if !name.starts_with("pub trait ") || width(line) <= WIDTH {
        return None;
    }
    Some((vec![format!("{name}:"), format!("    {bounds}"), "{".to_owned()], 0))
}

/// `f(` with nothing but an array: the array is opened on the line of the call.
fn array_hugs_its_call(line: &str, rest: &[&str]) -> Mended {
    let (array, close) = match rest {
        [array, close, ..] if close.trim() == ")," && line.ends_with('(') => (array, close),
        _ => return None,
    };
    let items = array.trim().strip_prefix("&[")?.strip_suffix("],")?;
    let is_of_arrays = items.starts_with("&[");
    if indent(close) != indent(line) || !(items.starts_with('"') || is_of_arrays) {
        return None;
    }
    let (between, end) = if is_of_arrays { ("], ", "]") } else { (", ", "") };
    let items = items.strip_suffix(end)?.split(between);
    let mut lines = vec![format!("{line}&[")];
    let lead = " ".repeat(indent(line) + 4);
    lines.extend(items.map(|item| format!("{lead}{item}{end},")));
    lines.push(format!("{}]),", " ".repeat(indent(line))));
    Some((lines, 2))
}

/// The same, where the array is broken already.
fn broken_array_hugs_its_call(line: &str, rest: &[&str]) -> Mended {
    let columns = indent(line) + 4;
    if !line.ends_with('(') || !rest.first().is_some_and(|next| is_at(next, columns, "&[")) {
        return None;
    }
    let end = rest.iter().position(|line| is_at(line, columns, "],"))?;
    if !rest.get(end + 1).is_some_and(|line| is_at(line, columns - 4, "),")) {
        return None;
    }
    let mut lines = vec![format!("{line}&[")];
    let items = rest.get(1..end)?;
    lines.extend(items.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    lines.push(format!("{}]),", " ".repeat(indent(line))));
    Some((lines, end + 2))
}

/// An array of short items: `rustfmt` fills lines with them. One with a longer item has an item a line.
fn short_items_share_lines(line: &str, rest: &[&str]) -> Mended {
    if !line.ends_with("&[") {
        return None;
    }
    let close = format!("{}],", " ".repeat(indent(line)));
    let taken = rest.iter().position(|line| *line == close)?;
    let columns = indent(line) + 4;
    let lines = trimmed(rest.get(..taken)?, columns)?;
    let is_literal = |item: &str| {
        item.starts_with('"')
            || item.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
    };
    let items: Vec<&str> = lines
        .iter()
        .flat_map(
            |line| if line.starts_with('"') { vec![*line] } else { line.split(", ").collect() },
        )
        .map(|item| item.strip_suffix(',').unwrap_or(item))
        .collect();
    if !items.iter().all(|item| is_literal(item)) {
        return None;
    }
    let share = items.iter().all(|item| width(item) <= SHORT_ITEM);
    let lead = " ".repeat(columns);
    let mut out = vec![line.to_owned()];
    let mut current = String::new();
    for item in items {
        let fits = columns + width(&current) + 1 + width(item) < WIDTH;
        let joins = share && fits;
        if !current.is_empty() && !joins {
            out.push(format!("{lead}{current}"));
            current.clear();
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(item);
        current.push(',');
    }
    out.push(format!("{lead}{current}"));
    out.push(close);
    Some((out, taken + 1))
}

/// `name: Some("…"),` that is too long by its comma: the literal goes to a line of its own.
fn comma_has_room(line: &str, _: &[&str]) -> Mended {
    let (call, literal) = line.strip_suffix("),")?.split_once('(')?;
    let is_literal = literal.len() > 1 && literal.starts_with('"') && literal.ends_with('"');
    let lead = " ".repeat(indent(line));
    (is_literal && width(line) == WIDTH + 1).then(|| {
        (vec![format!("{call}("), format!("{lead}    {literal},"), format!("{lead}),")], 0)
    })
}

/// `name: b"…",` of a struct that is too long: the bytes go to the next line, where they fit there. `rustfmt`
/// leaves a text where it is.
fn field_on_the_next_line(line: &str, _: &[&str]) -> Mended {
    let (name, value) = line.split_once(": ")?;
    let is_bytes = value.starts_with("b\"") && value.ends_with("\",");
    let moved = format!("{}    {value}", " ".repeat(indent(line)));
    let moves = is_bytes && width(line) > WIDTH && width(&moved) <= WIDTH;
    moves.then(|| (vec![format!("{name}:"), moved], 0))
}

/// `derived: &[#[cfg(…)] &a::TABLE],`: an attribute stands on a line of its own, and so does its item.
fn condition_stands_above_its_item(line: &str, _: &[&str]) -> Mended {
    let (opening, items) = line.strip_suffix("],")?.split_once("&[#[")?;
    let lead = " ".repeat(indent(line));
    let mut lines = vec![format!("{opening}&[")];
    for item in format!("#[{items}").split(", ") {
        let (attribute, item) = match item.split_once(")] ") {
            Some((attribute, item)) => (Some(attribute), item),
            None => (None, item),
        };
        lines.extend(attribute.map(|attribute| format!("{lead}    {attribute})]")));
        lines.push(format!("{lead}    {item},"));
    }
    lines.push(format!("{lead}],"));
    Some((lines, 0))
}

/// What stands between `line`, which opens a bracket, and the line that closes it: on one line, without
/// the comma at its end; and how many lines that takes.
fn enclosed(line: &str, rest: &[&str], close: &str) -> Option<(String, usize)> {
    let columns = indent(line);
    let taken = rest.iter().take(AHEAD).position(|line| is_at(line, columns, close))?;
    let inside = trimmed(rest.get(..taken)?, indent(line) + 4)?.join(" ");
    let inside = inside.strip_suffix(',').unwrap_or(&inside);
    Some((inside.to_owned(), taken + 1))
}

/// The texts of `lines`, where all of them stand in the column `columns`.
fn trimmed<'a>(lines: &[&'a str], columns: usize) -> Option<Vec<&'a str>> {
    lines.iter().map(|line| (indent(line) == columns).then(|| line.trim())).collect()
}

/// Whether `line` is `text`, with `columns` blanks before it.
fn is_at(line: &str, columns: usize, text: &str) -> bool {
    line.len() == columns + text.len() && line.ends_with(text) && indent(line) == columns
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn width(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[track_caller]
    fn mends(from: &str, to: &str) {
        let mut out = Vec::new();
        mend(from, &mut |line| out.push(line.to_owned()));
        assert_eq!(out.join("\n"), to);
    }

    #[test]
    fn a_value_that_fits_on_the_next_line_goes_there() {
        mends(
            "    pub const A: B = C::new(\n        \"a\",\n        1,\n    );",
            "    pub const A: B =\n        C::new(\"a\", 1);",
        );
        mends("    let a = b\n        .c()\n        .d();", "    let a =\n        b.c().d();");
        mends("pub type A = B<\n    c::D,\n>;", "pub type A =\n    B<c::D>;");
        mends(
            "    const A: B = B {\n        c: 1,\n        d: 2,\n    };",
            "    const A: B =\n        B { c: 1, d: 2 };",
        );
    }

    #[test]
    fn a_literal_of_a_field_moves_only_where_it_fits() {
        let (fits, long) = ("u".repeat(77), "u".repeat(78));
        mends(&format!("    kinds: b\"{fits}\","), &format!("    kinds:\n        b\"{fits}\","));
        mends(&format!("    kinds: b\"{long}\","), &format!("    kinds: b\"{long}\","));
    }

    #[test]
    fn a_comma_needs_a_column_of_its_own() {
        let fits = "u".repeat(70);
        mends(&format!("    docs: Some(\"{fits}\"),"), &format!("    docs: Some(\"{fits}\"),"));
        mends(
            &format!("    docs: Some(\"{fits}u\"),"),
            &format!("    docs: Some(\n        \"{fits}u\",\n    ),"),
        );
    }

    #[test]
    fn a_condition_stands_above_its_item() {
        mends(
            "    derived: &[#[cfg(feature = \"a\")] &b::TABLE, &c::TABLE],",
            "    derived: &[\n        #[cfg(feature = \"a\")]\n        &b::TABLE,\n        &c::TABLE,\n    ],",
        );
    }

    #[test]
    fn arguments_are_not_moved_to_the_right_for_a_chain() {
        mends(
            "    A::b(\n            \"c\",\n        )\n        .d()\n}",
            "    A::b(\n        \"c\",\n    )\n    .d()\n}",
        );
    }

    #[test]
    fn a_value_that_does_not_fit_stays() {
        let long = format!("    const A: B = c(\n        \"{}\",\n    );", "x".repeat(80));
        mends(&long, &long);
    }

    #[test]
    fn a_signature_is_no_call_with_a_chain() {
        let signature = "    fn f(\n        a: B,\n    ) {\n        g(\n            a,\n        )\n        .h();\n    }";
        mends(signature, signature);
    }

    #[test]
    fn text_in_a_literal_is_left_alone() {
        let raw = "const A: &str = r#\"{\n  \"a\": &[\n  1,\n  ],\n}\"#;";
        mends(raw, raw);
    }

    #[test]
    fn short_items_share_lines_and_long_ones_do_not() {
        mends(
            "    a: &[\n        \"b\",\n        \"c\",\n    ],",
            "    a: &[\n        \"b\", \"c\",\n    ],",
        );
        mends(
            "    a: &[\n        1, 2016330712000,\n    ],",
            "    a: &[\n        1,\n        2016330712000,\n    ],",
        );
    }
}
