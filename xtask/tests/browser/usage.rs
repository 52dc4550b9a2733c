//! A report as its reader uses it: searching, filtering, opening, sorting, with mouse and keyboard.

use std::collections::BTreeSet;

use msgraph_source::{Diagnostic, Severity};

use crate::driver::Driver;
use crate::inputs::{self, Made, grouped};

/// A code with at least one finding that has places in a page and in the metadata.
fn two_sided(made: &Made) -> &Diagnostic {
    let is_two_sided = |found: &&Diagnostic| {
        let files: Vec<_> = found.labels.iter().map(|label| label.span.file).collect();
        made.page(found).is_some() && files.iter().any(|file| !made.names.contains_key(file))
    };
    made.review.diagnostics.iter().find(is_two_sided).expect("a finding with both sources")
}

/// Severity, code, area and text change the counts to those of the pipeline.
pub fn filters(driver: &Driver) {
    let made = inputs::mixed();
    driver.open(&made.file, async |page| {
        page.click("input[value=note]").await;
        let severe = made.told(|found| found.severity() > Severity::Note);
        page.wait_for("status", &severe).await;
        page.click("#reset").await;
        page.wait_for("status", &made.told(|_| true)).await;

        let code = two_sided(&made).code;
        page.click(&format!("#code option[value='{}']", code.id())).await;
        page.wait_for("status", &made.told(|found| found.code == code)).await;
        let open = page.texts("details.code[open]:not([hidden]) > summary code").await;
        assert_eq!(open, [code.id()], "the one code that is left is open");
        page.click("#reset").await;

        page.click("#area option[value=outlook]").await;
        let outlook = |found: &Diagnostic| made.named(found) == Some("api/thread-reply.md");
        page.wait_for("status", &made.told(outlook)).await;
        page.click("#reset").await;

        // A type and a word of a message, in any order and case.
        page.click("#query").await;
        page.press("TOPIK microsoft.graph.conversationThread").await;
        let topik = |found: &Diagnostic| outlook(found) && found.message.contains("`topik`");
        page.wait_for("status", &made.told(topik)).await;
        page.click("#reset").await;

        // The name of a page finds what is said of it.
        let name = "api/group-post-threads.md";
        page.click("#query").await;
        page.press(name).await;
        page.wait_for("status", &made.told(|found| made.mentions(found, name))).await;
        let mut rows = page.texts("#pages-table tbody th a").await;
        rows.sort();
        let mentioning = made.review.diagnostics.iter().filter(|found| made.mentions(found, name));
        let pages: BTreeSet<&str> = mentioning.filter_map(|found| made.named(found)).collect();
        assert_eq!(rows, pages.iter().copied().collect::<Vec<_>>());
        let caption = page.text("#pages-table caption").await;
        let plural = if rows.len() == 1 { "" } else { "s" };
        assert_eq!(caption, format!("{} page{plural} of {}", rows.len(), made.names.len()));

        page.press(" no-such-word").await;
        page.wait_for("status", &made.told(|_| false)).await;
        assert_eq!(page.text("#nothing").await, "No finding fits the filter.");
    });
}

/// What is filtered stands in the address, and comes back from it.
pub fn address(driver: &Driver) {
    let made = inputs::mixed();
    driver.open(&made.file, async |page| {
        let code = two_sided(&made).code;
        let fits = |found: &Diagnostic| found.code == code && found.severity() <= Severity::Warning;
        page.go(&format!("#severity=warning,note&code={}", code.id())).await;
        page.wait_for("status", &made.told(fits)).await;
        page.reload().await;
        page.wait_for("status", &made.told(fits)).await;
        assert_eq!(
            page.run("return document.getElementById('code').value").await,
            code.id(),
            "the controls show the filter"
        );
        page.click("input[value=note]").await;
        let warnings =
            |found: &Diagnostic| found.code == code && found.severity() == Severity::Warning;
        page.wait_for("status", &made.told(warnings)).await;
        let fragment = page.fragment().await;
        assert!(fragment.contains("severity=warning&"), "{fragment}");
        page.click("#reset").await;
        page.wait_for("status", &made.told(|_| true)).await;
        assert_eq!(page.fragment().await, "");
        // What the address asks for and nobody has is nothing, not everything.
        page.go("#page=no/such.md").await;
        page.wait_for("status", &made.told(|_| false)).await;
    });
}

/// A finding shows the lines of page and metadata, marked where the diagnostic points.
pub fn lines(driver: &Driver) {
    let made = inputs::mixed();
    let found = two_sided(&made);
    driver.open(&made.file, async |page| {
        page.go(&format!("#code={}", found.code.id())).await;
        page.wait_for("status", &made.told(|other| other.code == found.code)).await;
        let place = |span| {
            let position = made.sources.position(span);
            let metadata = "metadata.csdl".to_owned();
            let name = made.names.get(&span.file).unwrap_or(&metadata);
            format!("{name}:{}:{}", position.line, position.column)
        };
        let primary = place(found.primary().unwrap());
        let at = page.texts(".finding .place").await.iter().position(|it| *it == primary);
        let item = format!("details.code[open] li:nth-child({})", at.expect("it is listed") + 1);
        if page.run(&format!("return document.querySelector({item:?}).firstChild.open")).await
            == false
        {
            page.click(&format!("{item} summary")).await;
        }
        let captions = page.texts(&format!("{item} figcaption")).await;
        for label in &found.labels {
            assert!(captions.contains(&place(label.span)), "{captions:?}");
        }
        let marks = page.texts(&format!("{item} mark.primary")).await;
        let text = made.sources.text(found.primary().unwrap());
        assert_eq!(marks.concat(), text.lines().collect::<String>());
        let number = page.texts(&format!("{item} figure:first-of-type .no")).await;
        let line = made.sources.position(found.primary().unwrap()).line.to_string();
        assert!(number.iter().any(|it| it.trim() == line), "{number:?}");
        let message = page.text(&format!("{item} .message")).await;
        assert_eq!(message, found.message.replace('`', ""));
    });
}

/// Both tables sort by their columns and filter by their rows.
pub fn tables(driver: &Driver) {
    let made = inputs::mixed();
    driver.open(&made.file, async |page| {
        let number = |text: &String| text.replace(',', "").parse::<usize>().unwrap();
        page.click("#areas-table th:nth-child(2) button").await;
        let pages: Vec<usize> =
            page.cells("#areas-table tbody tr").await.iter().map(|row| number(&row[1])).collect();
        assert!(pages.is_sorted_by(|a, b| a >= b), "{pages:?}");
        page.click("#areas-table th:nth-child(1) button").await;
        let areas: Vec<String> =
            page.cells("#areas-table tbody tr").await.iter().map(|row| row[0].clone()).collect();
        assert!(areas.is_sorted(), "{areas:?}");

        page.click("#pages-table button[data-key=page]").await;
        let names: Vec<String> = page.texts("#pages-table tbody th a").await;
        assert!(names.is_sorted(), "{names:?}");
        let order = "return document.querySelector('#pages-table [aria-sort]').textContent";
        assert_eq!(page.run(order).await, "Page");

        page.click("#pages-table tbody tr:first-child a").await;
        let first = &names[0];
        let of_page = |found: &Diagnostic| made.named(found) == Some(first);
        page.wait_for("status", &made.told(of_page)).await;
        assert!(page.text("#page-title").await.starts_with(first.as_str()));
        page.click("#one-page").await;
        page.wait_for("status", &made.told(|_| true)).await;
    });
}

/// Searching, opening and leaving work without a mouse.
pub fn keyboard(driver: &Driver) {
    let made = inputs::mixed();
    driver.open(&made.file, async |page| {
        let focus = "return document.activeElement.id || document.activeElement.className";
        page.press("/").await;
        assert_eq!(page.run(focus).await, "query");
        let id = two_sided(&made).code.id();
        page.press(id).await;
        page.wait_for("status", &made.told(|found| found.code.id() == id)).await;
        page.press("\u{e00c}").await;
        page.wait_for("status", &made.told(|_| true)).await;
        // Tab from the last control of the filter reaches the first code; Enter opens it.
        page.run("document.getElementById('reset').focus()").await;
        page.press("\u{e004}").await;
        page.press("\u{e007}").await;
        let open = page.texts("details.code[open] > summary code").await;
        assert_eq!(open.len(), 1, "{open:?}");
        let unnamed = page
            .run(
                "return [...document.querySelectorAll('input, select, button, a')].filter((it) => \
                  !it.textContent.trim() && !(it.labels && it.labels.length) && !it.hidden).length",
            )
            .await;
        assert_eq!(unnamed, 0, "every control has a name");
    });
}

/// Of many findings the first are shown, and more on demand.
pub fn pieces(driver: &Driver) {
    let (metadata, docs) = inputs::corpus().unwrap();
    let made = inputs::report(&metadata, &docs);
    driver.open(&made.file, async |page| {
        page.wait_for("status", &made.told(|_| true)).await;
        let elements = page.run("return document.querySelectorAll('*').length").await;
        assert!(elements.as_u64().unwrap() < 6_000, "{elements} elements before anything is opened");
        let (id, number) = made.codes().into_iter().max_by_key(|&(_, number)| number).unwrap();
        let group = "details.code[open]";
        page.go(&format!("#code={id}")).await;
        page.wait_for("status", &made.told(|found| found.code.id() == id)).await;
        assert_eq!(page.texts(&format!("{group} li")).await.len(), 50);
        let button = format!("{group} button.more");
        assert_eq!(page.text(&button).await, format!("Show 50 more of {}", grouped(number - 50)));
        page.click(&button).await;
        assert_eq!(page.texts(&format!("{group} li")).await.len(), 100);
        let focus = "return document.activeElement.closest('li') === document.querySelectorAll('details.code[open] li')[50]";
        assert_eq!(page.run(focus).await, true, "the focus is on the first new one");
    });
}
