//! Query options that are refused: where they go wrong, and what is expected there.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kinds;

use kinds::options;

/// The message of a refusal, whose status and target are checked.
#[track_caller]
fn refused(name: &str, value: &str) -> String {
    let error = options(&[(name, value)]).expect_err(value);
    assert_eq!(error.status.as_u16(), 400, "{value}");
    assert_eq!(error.body.code, "badRequest");
    assert_eq!(error.body.target.as_deref(), Some(name), "{value}");
    error.body.message.clone()
}

#[test]
fn a_refusal_says_where_and_what_is_expected() {
    for (name, value, at, what) in [
        ("$filter", "", 1, "a property, a literal or a function is expected, not the end"),
        ("$filter", "id", 1, "a condition is expected, not Edm.String"),
        ("$filter", "id eq", 6, "a property, a literal or a function is expected, not the end"),
        ("$filter", "id eq 'a", 7, "the text that begins here has no closing `'`"),
        ("$filter", "id eq 'ä' or", 13, "a property, a literal or a function is expected"),
        ("$filter", "'ä' eq idd", 8, "`idd` is no property of microsoft.graph.item"),
        ("$filter", "ID eq 'a'", 1, "`ID` is no property of microsoft.graph.item"),
        ("$filter", "one/foo eq 1", 5, "`foo` is no property of microsoft.graph.item"),
        ("$filter", "id/foo eq 1", 4, "Edm.String has no properties"),
        ("$filter", "many/id eq '1'", 6, "behind a collection, `any`, `all` or `$count`"),
        ("$filter", "tags eq 'a'", 5, "a collection is compared with `any`, `all` or `$count`"),
        ("$filter", "id eq 'a' id", 11, "the end is expected, not `id`"),
        ("$filter", "id eq 'a' eq 'b'", 11, "`eq` does not compare Edm.Boolean with Edm.String"),
        ("$filter", "(id eq 'a'", 11, "an operator or `)` is expected, not the end"),
        ("$filter", "id eq 'a')", 10, "the end is expected, not `)`"),
        ("$filter", "id eq 5", 4, "`eq` does not compare Edm.String with a number"),
        ("$filter", "time gt 'x'", 6, "`gt` does not compare Edm.DateTimeOffset with Edm.String"),
        ("$filter", "level eq x.other'a'", 7, "`eq` does not compare microsoft.graph.level with x"),
        ("$filter", "bytes gt binary'AA'", 7, "`gt` does not compare Edm.Binary with Edm.Binary"),
        ("$filter", "one eq 5", 5, "`eq` does not compare microsoft.graph.item with a number"),
        ("$filter", "id and flag", 1, "a condition is expected, not Edm.String"),
        ("$filter", "flag and small", 10, "a condition is expected, not a number"),
        ("$filter", "not text", 5, "a condition is expected, not Edm.String"),
        ("$filter", "-text eq 2", 1, "`-` asks for a number or a duration, not Edm.String"),
        ("$filter", "small add text eq 2", 7, "`add` does not go with a number and Edm.String"),
        ("$filter", "time add time eq 2", 6, "`add` does not go with Edm.DateTimeOffset and Edm"),
        ("$filter", "length mul length eq 2", 8, "`mul` does not go with Edm.Duration and Edm"),
        ("$filter", "small mod 0 eq 2", 11, "nothing is divided by zero"),
        ("$filter", "small mod 0.0 eq 2", 11, "nothing is divided by zero"),
        ("$filter", "not small eq 1", 5, "`not` binds more than what compares"),
        ("$filter", "flag in (true) in (true)", 16, "the end is expected, not `in`"),
        ("$filter", "small eq 5x", 10, "`5x` is no number, date, time or GUID"),
        ("$filter", "day eq 2024-02-30", 8, "`2024-02-30` is no number, date, time or GUID"),
        ("$filter", "small in 5", 10, "a list in parentheses or a collection is expected"),
        ("$filter", "small in (5,", 13, "a property, a literal or a function is expected"),
        ("$filter", "small in (5 6)", 13, "`,` or `)` is expected, not `6`"),
        ("$filter", "small in (small)", 11, "a literal is expected in a list"),
        ("$filter", "small in ('a')", 7, "`in` does not compare a number with Edm.String"),
        ("$filter", "text has 'a'", 1, "`has` asks for an enumeration, not Edm.String"),
        ("$filter", "foo(id)", 1, "no function that is supported is called `foo`"),
        ("$filter", "contains(id)", 12, "`,` is expected, not `)`"),
        ("$filter", "contains(id,'a','b')", 16, "`)` is expected, not `,`"),
        ("$filter", "contains(small,'a')", 10, "`contains` takes Edm.String, not a number"),
        ("$filter", "tags/some(t:t eq 'a')", 6, "`any` or `all` is expected"),
        ("$filter", "id/any(t:t eq 'a')", 4, "`any` asks for a collection"),
        ("$filter", "tags/all()", 10, "the name of a variable is expected, not `)`"),
        ("$filter", "tags/any(t)", 11, "`:` is expected, not `)`"),
        ("$filter", "tags/any(t:t)", 12, "a condition is expected, not Edm.String"),
        ("$filter", "tags/any(t:t eq 5)", 14, "`eq` does not compare Edm.String with a number"),
        ("$filter", "many/any(x:x/many/any(x:x/flag))", 23, "the variable `x` is in use"),
        ("$filter", "many/any(x:many/any(y:y/flag))", 12, "has to ask about the inner variable"),
        ("$filter", "tags/any(t:t eq 'a') and t eq 'b'", 26, "`t` is no property"),
        ("$filter", "id/$count eq 1", 4, "only `$count` of a collection"),
        (
            "$filter",
            "microsoft.graph.x/id eq 'a'",
            1,
            "`microsoft.graph.x` is no type that derives",
        ),
        ("$filter", "one/microsoft.graph.x/id eq 'a'", 5, "`microsoft.graph.x` is no type that"),
        (
            "$filter",
            "microsoft.graph.book eq null",
            21,
            "`/` and a property of the type is expected",
        ),
        ("$filter", "id/microsoft.graph.book/pages eq 1", 4, "Edm.String is not cast to"),
        ("$filter", "open/x/microsoft.graph.book/pages eq 1", 8, "any JSON is not cast to"),
        ("$filter", "$it eq 1", 5, "`eq` does not compare microsoft.graph.item with a number"),
        ("$filter", "$root/items eq 1", 1, "only `$it` and `$this` are supported"),
        ("$filter", "id eq @", 8, "the name of an alias is expected, not the end"),
        ("$filter", "id eq @a.b", 7, "annotations are not supported"),
        ("$filter", "'red' in @p", 10, "the alias has no value, and a list is expected"),
        ("$filter", "isof(microsoft.graph.x)", 6, "`microsoft.graph.x` is no type that derives"),
        ("$filter", "isof(id,microsoft.graph.book)", 9, "is no type that Edm.String is cast to"),
        ("$filter", "isof(one,Edm.String)", 6, "microsoft.graph.item is no primitive type"),
        (
            "$filter",
            "cast(small,Edm.Stream) eq 1",
            12,
            "`Edm.Stream` is no type that a number is cast",
        ),
        ("$filter", "cast(small) eq 1", 6, "`small` is no type that derives from"),
        ("$filter", "matchespattern(text,id)", 21, "a pattern is a text in quotes"),
        ("$filter", "matchespattern(text,'(')", 21, "the pattern is not supported"),
        ("$filter", "matchespattern(text,'(?=a)')", 21, "the pattern is not supported"),
        ("$filter", "matchespattern(text,'((a{99}){99}){99}')", 21, "the pattern is not supported"),
        ("$filter", "matchespattern(text,'a','g')", 21, "the flag `g` is not `i`, `m` or `s`"),
        ("$filter", "substring(text,1,-1) eq ''", 18, "a length is not negative"),
        ("$filter", "substringof('a',text)", 1, "`contains` is, with the text first"),
        ("$filter", "geo.distance(open/a,open/b) lt 1", 1, "places are not compared"),
        ("$filter", "hassubset(tags,tags)", 1, "`any`, `all` and `in` ask about items"),
        (
            "$filter",
            "length(tags) eq 1",
            12,
            "a collection is compared with `any`, `all` or `$count`",
        ),
        ("$filter", "many/$count($top=1) eq 1", 12, "`$count` takes no options here"),
        ("$filter", "length eq 'x'", 11, "`x` is no duration"),
        ("$filter", "'a' in text", 8, "a list in parentheses or a collection is expected"),
        ("$filter", "5 in tags", 3, "`in` does not compare a number with Edm.String"),
        ("$filter", "many/any(x:x/id in tags)", 20, "has to ask about the inner variable"),
        ("$filter", "day in [\"x\"]", 9, "`x` is no Edm.Date"),
        ("$filter", "text in [\"x]", 10, "is no text of JSON"),
        ("$filter", "duration'x' eq length", 1, "`x` is no duration"),
        ("$filter", "time gt datetime'2024-01-01'", 9, "values of `datetime` cannot be read"),
        ("$filter", "id eq \u{202e}\u{7}", 7, "is expected, not `\\u{202e}`"),
        ("$select", "", 1, "the name of a property is expected, not the end"),
        ("$select", "id,", 4, "the name of a property is expected, not the end"),
        ("$select", "id,foo", 4, "`foo` is no property of microsoft.graph.item"),
        ("$select", "many/foo", 6, "`foo` is no property of microsoft.graph.item"),
        ("$select", "id text", 4, "the end is expected, not `text`"),
        ("$select", "many($top=1)", 5, "options are not supported in `$select`"),
        ("$select", "microsoft.graph.book", 21, "`/` and a property of the type is expected"),
        ("$select", "microsoft.graph.*", 1, "`microsoft.graph.` is no type that derives"),
        ("$orderby", "id down", 4, "`asc` or `desc` is expected, not `down`"),
        ("$orderby", "one", 1, "there is no order of microsoft.graph.item"),
        ("$orderby", "tags", 5, "a collection is compared with"),
        ("$orderby", "length(text) up", 14, "`asc` or `desc` is expected, not `up`"),
        ("$orderby", "concat(id)", 10, "`,` is expected, not `)`"),
        ("$orderby", "foo", 1, "`foo` is no property of microsoft.graph.item"),
        ("$expand", "id", 1, "`id` holds no objects that can be expanded"),
        ("$expand", "foo", 1, "`foo` is no property of microsoft.graph.item"),
        ("$expand", "one,one", 5, "`one` is expanded twice"),
        ("$expand", "*", 1, "`*` is not supported here"),
        ("$expand", "one/many", 5, "paths are not supported in `$expand`"),
        ("$expand", "one/$value", 5, "only `$ref` and `$count` of a collection"),
        ("$expand", "one/$count", 5, "only `$ref` and `$count` of a collection"),
        ("$expand", "microsoft.graph.x/one", 1, "`microsoft.graph.x` is no type that derives"),
        ("$expand", "many/microsoft.graph.x", 6, "`microsoft.graph.x` is no type that derives"),
        ("$expand", "many/$ref($select=id)", 11, "the option `$select` is not supported here"),
        ("$expand", "many/$count($top=1)", 13, "the option `$top` is not supported here"),
        ("$expand", "one($top=1)", 5, "the option `$top` is not supported here"),
        ("$expand", "many($filter=$it/flag)", 14, "`$this` is the item"),
        ("$expand", "one(", 5, "an option such as `$select` is expected, not the end"),
        ("$expand", "one($levels=0)", 13, "a number from 1 or `max` is expected"),
        ("$expand", "one($levels=x)", 13, "a number from 1 or `max` is expected"),
        ("$expand", "one($levels=1;levels=1)", 15, "the option `$levels` is given twice"),
        ("$expand", "many/$ref($levels=1)", 11, "the option `$levels` is not supported here"),
        ("$expand", "one($skiptoken=2)", 5, "the option `$skiptoken` is not supported here"),
        ("$expand", "many($top=1;top=2)", 13, "the option `$top` is given twice"),
        ("$expand", "one($select=foo)", 13, "`foo` is no property of microsoft.graph.item"),
        ("$expand", "many($top=1", 12, "`;` or `)` is expected, not the end"),
        ("$expand", "many($filter=id eq 5)", 17, "`eq` does not compare Edm.String with a number"),
        ("$top", "-1", 1, "a number without a sign is expected, not `-`"),
        ("$top", "5.5", 2, "the end is expected, not `.`"),
        ("$top", "99999999999999999999", 1, "the number is too large"),
        ("$skip", "", 1, "a number without a sign is expected, not the end"),
        ("$count", "yes", 1, "`true` or `false` is expected, not `yes`"),
        ("$search", " ", 2, "a word or a phrase in quotes is expected, not the end"),
        ("$search", "\"a", 1, "a phrase has no closing quote"),
        ("$search", "a AND", 6, "a word or a phrase in quotes is expected, not the end"),
        ("$search", "OR a", 1, "a word or a phrase in quotes is expected, not `OR`"),
        ("$search", "a OR AND b", 6, "a word or a phrase in quotes is expected, not `AND`"),
        ("$search", "NOT", 4, "a word or a phrase in quotes is expected, not the end"),
        ("$search", "(a", 3, "`)` is expected, not the end"),
        ("$search", "a)", 2, "the end is expected, not `)`"),
        ("$search", "\"a\"b", 4, "a space behind a phrase is expected, not `b`"),
        ("$format", "", 1, "a value is expected, not the end"),
    ] {
        let message = refused(name, value);
        let place = format!("The option `{name}` cannot be read at character {at}: ");
        assert!(message.starts_with(&place), "{value}: {message} ({at})");
        assert!(message.contains(what), "{value}: {message}");
    }
}

#[test]
fn what_is_too_deep_is_refused_before_the_stack_is_full() {
    const DEEP: usize = 10_000;
    let around = |open: &str, inner: &str, close: &str, depth: usize| {
        [open.repeat(depth).as_str(), inner, &close.repeat(depth)].concat()
    };
    for depth in [34, 3_000, DEEP] {
        for (name, value) in [
            ("$filter", around("(", "flag", ")", depth)),
            ("$filter", around("not ", "flag", "", depth)),
            ("$filter", around("trim(", "id", ")", depth) + " eq 'a'"),
            ("$filter", around("-", "small", "", depth) + " eq 1"),
            ("$filter", format!("small{} eq 1", " add 1".repeat(depth))),
            ("$filter", format!("flag{}", " eq true".repeat(depth))),
            ("$filter", around("isof(", "one", ",Edm.String)", depth)),
            ("$orderby", around("trim(", "id", ")", depth)),
            ("$search", around("(", "a", ")", depth)),
            ("$search", around("NOT ", "a", "", depth)),
            ("$filter", around("not(", "flag", ")", depth)),
            ("$expand", around("one($expand=", "one", ")", depth)),
        ] {
            let message = refused(name, &value);
            let is_bound = message.contains("levels may stand") || message.contains("longer than");
            assert!(is_bound, "{message}");
        }
    }
    assert!(options(&[("$filter", &around("(", "flag", ")", 32))]).is_ok());
}

#[test]
fn what_is_too_much_is_refused() {
    let many = |part: &str, separator: &str, count: usize| vec![part; count].join(separator);
    for (name, value) in [
        ("$filter", many("flag", " or ", 2_500)),
        ("$filter", format!("small in ({})", many("1", ",", 5_000))),
        ("$select", many("id", ",", 5_000)),
        ("$orderby", many("id", ",", 5_000)),
    ] {
        assert!(refused(name, &value).contains("more than 4000 parts"));
    }
    for name in ["$filter", "$search", "$skiptoken", "$top"] {
        assert!(refused(name, &"x".repeat(32 * 1024 + 1)).contains("longer than 32768 bytes"));
    }
    assert!(options(&[("$filter", &many("flag", " or ", 1_000))]).is_ok());
}
