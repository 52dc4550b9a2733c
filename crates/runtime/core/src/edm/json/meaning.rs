//! What JSON means, for comparing: a text goes in, and what it says comes out without the ways in which it can be written,
//! which are white space, escapes, the order of members, and zeros and exponents of numbers.

use crate::edm::Decimal;
use crate::scan::{Fault, Found, Scanner};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Two texts mean the same where these are equal.
#[derive(PartialEq)]
pub(super) enum Meaning<'a> {
    Null,
    Boolean(bool),
    Number(Decimal),
    String(Cow<'a, str>),
    Array(Vec<Self>),
    /// Of two members with one name the last counts.
    Object(BTreeMap<Cow<'a, str>, Self>),
}

impl<'a> Meaning<'a> {
    /// What a text means; `None` where it is no JSON, or is too deep.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut scanner = Scanner::new(text);
        scanner.skip_space();
        read(&mut scanner).ok()
    }
}

fn read<'a>(scanner: &mut Scanner<'a>) -> Result<Meaning<'a>, Fault> {
    Ok(match scanner.found()? {
        Found::Null => scanner.null().map(|()| Meaning::Null)?,
        Found::Boolean => Meaning::Boolean(scanner.boolean()?),
        Found::Number => match scanner.number()?.text.parse() {
            Ok(number) => Meaning::Number(number),
            Err(_) => return scanner.fault("a number"),
        },
        Found::String => Meaning::String(scanner.string()?),
        Found::Array => {
            scanner.enter()?;
            let mut items = Vec::new();
            while scanner.next(items.is_empty(), b']')? {
                items.push(read(scanner)?);
            }
            Meaning::Array(items)
        }
        Found::Object => {
            scanner.enter()?;
            let mut members = BTreeMap::new();
            while scanner.next(members.is_empty(), b'}')? {
                let name = scanner.string()?;
                scanner.colon()?;
                members.insert(name, read(scanner)?);
            }
            Meaning::Object(members)
        }
    })
}
