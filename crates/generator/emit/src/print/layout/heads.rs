//! Heads of implementations, traits and functions: where they break, and where their brace stands.
//!
//! In comes the first line of a head, and those behind it; out go the lines as `rustfmt` leaves them. Holds: what stands
//! in the body is not looked at.

use super::{AHEAD, Mended, WIDTH, enclosed, indent, is_at, width};

/// `) -> T {` where there is little room behind it: `rustfmt` rather gives the brace a line of its own
/// than breaks the type.
pub(super) fn brace_on_the_next_line(line: &str, rest: &[&str]) -> Mended {
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
        // What else a type has to be is not counted.
        let counted = width(whole.strip_suffix(" + Send").unwrap_or(&whole));
        let room = if counted < width(&whole) { WIDTH } else { WIDTH + 2 };
        (counted <= room).then(|| (vec![whole, brace.clone()], taken))
    })
}

/// `) -> Request<` … `> {` with a type that no line holds: `rustfmt` gives up, and the brace has no room.
pub(super) fn brace_stands_behind_what_does_not_fit(line: &str, rest: &[&str]) -> Mended {
    let (inside, close) = match rest {
        [inside, close, ..] => (inside, close),
        _ => return None,
    };
    let opens = line.trim_start().starts_with(") -> ") && line.ends_with('<');
    let closes = is_at(close, indent(line), "> {") && width(inside) > WIDTH;
    let lead = " ".repeat(indent(line));
    (opens && closes)
        .then(|| (vec![line.to_owned(), (*inside).to_owned(), format!("{lead}>{{")], 2))
}

/// `impl Collection<` … `> {`: `rustfmt` puts the type on lines of its own.
pub(super) fn implementation_on_the_next_line(line: &str, rest: &[&str]) -> Mended {
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
pub(super) fn implementation_on_one_line(line: &str, rest: &[&str]) -> Mended {
    let next = rest.first().filter(|_| line.trim_start().starts_with("impl "))?;
    let target = next.trim().strip_prefix("for ")?;
    Some((vec![format!("{line} for {target}")], 1))
}

/// `pub trait A: B + C {` that is too long: the bounds go to the next line.
pub(super) fn bounds_on_the_next_line(line: &str, _: &[&str]) -> Mended {
    let (name, bounds) = line.strip_suffix(" {")?.split_once(": ")?;
    // The lifetime at the end is not put beside a name that leaves it little room.
    const ROOM: usize = 8;
    if !name.starts_with("pub trait ") || width(line) + ROOM <= WIDTH {
        return None;
    }
    Some((vec![format!("{name}:"), format!("    {bounds}"), "{".to_owned()], 0))
}

/// `impl A for B {}` that is too long: each part on a line of its own.
pub(super) fn empty_implementation_on_lines(line: &str, rest: &[&str]) -> Mended {
    let target = line.strip_prefix("impl ")?;
    let end = |of: &str| vec![format!("    for {of}"), "{".to_owned(), "}".to_owned()];
    if let Some((name, of)) = target.strip_suffix(" {}").and_then(|it| it.split_once(" for ")) {
        let mut lines = vec![format!("impl {name}")];
        lines.extend(end(of));
        return (width(line) > WIDTH + 1).then_some((lines, 0));
    }
    let (inside, last) = match rest {
        [inside, last, ..] if target.ends_with('<') => (inside.trim(), last),
        _ => return None,
    };
    let of = last.strip_prefix("> for ")?.strip_suffix(" {}")?;
    let whole = format!("{target}{}>", inside.strip_suffix(',')?);
    let mut lines = if width(&whole) + "impl ".len() <= WIDTH {
        vec![format!("impl {whole}")]
    } else {
        vec!["impl".to_owned(), format!("    {whole}")]
    };
    if lines.iter().all(|line| width(line) <= WIDTH) {
        lines.extend(end(of));
    } else {
        lines = vec!["impl".to_owned(), format!("    {target}"), format!("        {inside}")];
        lines.extend([format!("    > for {of}"), "{".to_owned(), "}".to_owned()]);
    }
    Some((lines, 2))
}

/// `impl<` … `> Collection<` … `> {`: the parameters stay, the type goes to lines of its own.
pub(super) fn parameters_stay_on_their_line(line: &str, rest: &[&str]) -> Mended {
    let (parameter, target) = match rest {
        [parameter, target, ..] if line == "impl<" => (parameter, target.strip_prefix("> ")?),
        _ => return None,
    };
    let end = rest.iter().take(AHEAD).position(|line| *line == "> {")?;
    let mut lines = vec![format!("impl<{}>", parameter.trim().strip_suffix(',')?)];
    lines.push(format!("    {target}"));
    lines.extend(rest.get(2..end)?.iter().map(|line| format!("    {line}")));
    lines.extend(["    >".to_owned(), "{".to_owned()]);
    Some((lines, end + 1))
}

/// `fn f<S: A>(` with little room behind it: a parameter a line.
pub(super) fn parameters_on_lines(line: &str, _: &[&str]) -> Mended {
    const ROOM: usize = 3;
    let (name, parameters) = line.strip_suffix(">(")?.split_once('<')?;
    let is_function = name.starts_with("async fn ") || name.starts_with("pub fn ");
    if !is_function || width(line) + ROOM <= WIDTH {
        return None;
    }
    let mut lines = vec![format!("{name}<")];
    lines.extend(parameters.split(", ").map(|parameter| format!("    {parameter},")));
    lines.push(">(".to_owned());
    Some((lines, 0))
}

/// `>(a: A, b: B) -> C {` behind parameters on lines: so are the arguments.
pub(super) fn arguments_follow_parameters(line: &str, _: &[&str]) -> Mended {
    let (arguments, result) = line.strip_prefix(">(")?.split_once(") -> ")?;
    let mut lines = vec![">(".to_owned()];
    lines.extend(parted(arguments).iter().map(|argument| format!("    {argument},")));
    lines.push(format!(") -> {result}"));
    Some((lines, 0))
}

/// The arguments. A comma inside of a type parts none.
fn parted(arguments: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in arguments.split(", ") {
        match parts.last_mut().filter(|last| last.matches('<').count() > last.matches('>').count())
        {
            Some(last) => *last = format!("{last}, {piece}"),
            None => parts.push(piece.to_owned()),
        }
    }
    parts
}
