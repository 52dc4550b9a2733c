//! The few places where `rustfmt` lays code out otherwise than `prettyplease`, mended in the text.
//!
//! In come the lines of a file, out come the lines as `rustfmt` leaves them, under the settings that
//! are generated beside the code. A test holds generated files to that. Each rule looks at a line and
//! at those behind it, and gives what stands there instead.

mod arrays;
mod heads;
#[cfg(test)]
mod tests;

/// The longest line, as `rustfmt.toml` has it.
pub(super) const WIDTH: usize = 89;

/// What `rustfmt` keeps free behind imports: `};`.
const USE_END: usize = 2;

/// How many lines a rule looks ahead, but for arrays.
const AHEAD: usize = 40;

/// What stands instead of a line, and how many of the lines behind it are taken too.
type Mended = Option<(Vec<String>, usize)>;

const RULES: &[fn(&str, &[&str]) -> Mended] = &[
    pattern_on_lines,
    bounds_stay_on_their_line,
    type_stays_on_its_line,
    literal_on_the_next_line,
    value_on_the_next_line,
    call_begins_on_the_next_line,
    call_stays_with_its_receiver,
    chain_stands_under_its_call,
    table_on_the_next_line,
    heads::brace_on_the_next_line,
    heads::brace_stands_behind_what_does_not_fit,
    heads::empty_implementation_on_lines,
    heads::parameters_stay_on_their_line,
    heads::parameters_on_lines,
    heads::arguments_follow_parameters,
    heads::implementation_on_the_next_line,
    heads::implementation_on_one_line,
    heads::bounds_on_the_next_line,
    arrays::array_needs_room_for_its_comma,
    arrays::tuple_hugs_its_array,
    arrays::lone_tuple_on_lines,
    arrays::array_hugs_its_call,
    arrays::broken_array_hugs_its_call,
    arrays::short_items_share_lines,
    comma_has_room,
    imports_have_room,
    field_on_the_next_line,
    arrays::condition_stands_above_its_item,
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
    const STARTS: &[&str] = &[") -> ", "const ", "impl ", "let ", "pub ", "type ", ">("];
    let text = line.trim_start_matches(' ');
    match text.as_bytes() {
        [b'/', b'/', ..] => false,
        [.., b'(' | b'<' | b'['] => true,
        _ if line.len() > WIDTH || line.contains("&[#[") || text.starts_with("let [") => true,
        [.., b'}', b';'] => line.len() > WIDTH - USE_END,
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

/// `let [a, b] = c;` that is long: the value goes to the next line, or each name to one of its own.
fn pattern_on_lines(line: &str, rest: &[&str]) -> Mended {
    const ROOM: usize = 2;
    if !line.trim_start().starts_with("let [") {
        return None;
    }
    let taken = match line.ends_with(';') {
        true => 0,
        false => rest.iter().take(AHEAD).position(|line| line.ends_with(';'))? + 1,
    };
    let behind = rest.get(..taken)?.iter().map(|line| line.trim());
    let whole = std::iter::once(line).chain(behind).collect::<Vec<_>>().join(" ");
    // A call that had a line of its own follows what it is called on.
    let whole = whole.replace(" .", ".");
    let (start, value) = whole.split_once("] = ")?;
    let (start, names) = start.split_once('[')?;
    let names: Vec<&str> = names.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    let pattern = format!("{start}[{}] =", names.join(", "));
    let lead = " ".repeat(indent(line));
    let mut lines = Vec::new();
    if width(&pattern) + 1 + width(value) + ROOM <= WIDTH {
        lines.push(format!("{pattern} {value}"));
    } else if width(&pattern) <= WIDTH {
        lines.extend([pattern, format!("{lead}    {value}")]);
    } else {
        lines.push(format!("{start}["));
        lines.extend(names.iter().map(|name| format!("{lead}    {name},")));
        lines.push(format!("{lead}] = {value}"));
    }
    Some((lines, taken))
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

/// `name: Some("…"),` that is too long by its comma: the literal goes to a line of its own.
fn comma_has_room(line: &str, _: &[&str]) -> Mended {
    let (call, literal) = line.strip_suffix("),")?.split_once('(')?;
    let is_literal = literal.len() > 1 && literal.starts_with('"') && literal.ends_with('"');
    let lead = " ".repeat(indent(line));
    (is_literal && width(line) == WIDTH + 1).then(|| {
        (vec![format!("{call}("), format!("{lead}    {literal},"), format!("{lead}),")], 0)
    })
}

/// `use a::{B, C};` that just fits: `rustfmt` leaves room for the brace and the semicolon.
fn imports_have_room(line: &str, _: &[&str]) -> Mended {
    let (path, names) = line.strip_suffix("};")?.split_once("::{")?;
    let is_use = path.starts_with("use ") || path.starts_with("pub use ");
    (is_use && width(line) > WIDTH - USE_END)
        .then(|| (vec![format!("{path}::{{"), format!("    {names},"), "};".to_owned()], 0))
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
