//! How a report looks: narrow, dark, on paper, without a script.

use serde_json::json;

use crate::driver::{Driver, Page};
use crate::inputs;

/// Opens every code and every finding that is there.
const OPEN_ALL: &str = "for (const it of document.querySelectorAll('details.code')) { it.open = true; it.dispatchEvent(new Event('toggle')); } \
    for (const it of document.querySelectorAll('details.finding')) { it.open = true; it.dispatchEvent(new Event('toggle')); }";

/// At 360 pixels nothing is wider than the screen but what scrolls by itself.
pub fn narrow(driver: &Driver) {
    let made = inputs::committed();
    driver.open(&made.file, async |page| {
        page.wait_for("status", &made.told(|_| true)).await;
        for width in [360, 768, 1280] {
            page.narrow(width).await;
            fits(page, width).await;
            page.run(OPEN_ALL).await;
            assert!(!page.texts("figure.source").await.is_empty());
            fits(page, width).await;
        }
        page.narrow(360).await;
        let first = page.texts("#pages-table tbody th a").await.remove(0);
        page.go(&format!("#page={first}")).await;
        page.wait_for("one-page", &format!("× {first}")).await;
        fits(page, 360).await;
    });
}

async fn fits(page: &Page, width: u32) {
    let wide = page.run("return document.documentElement.scrollWidth").await;
    assert!(wide.as_u64().unwrap() <= u64::from(width), "{wide} of {width}");
}

/// The contrast of text and what is behind it, by the formula of WCAG.
const CONTRAST: &str = "
    const parse = (color) => color.match(/[\\d.]+/g).map(Number);
    const back = (it) => { for (let at = it; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c[3] !== 0) return c; } return [255, 255, 255]; };
    const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const low = [];
    for (const it of document.querySelectorAll('body *')) {
      if (![...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || !it.checkVisibility()) continue;
      const [a, b] = [light(parse(getComputedStyle(it).color)), light(back(it))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) low.push(`${it.tagName}.${it.className}: ${contrast.toFixed(2)}`);
    }
    return [...new Set(low)].join(', ');";

/// All text has the contrast that WCAG AA asks for, by day and by night.
pub fn contrast(driver: &Driver) {
    let made = inputs::committed();
    driver.open(&made.file, async |page| {
        page.wait_for("status", &made.told(|_| true)).await;
        page.run(OPEN_ALL).await;
        let mut papers = Vec::new();
        for scheme in ["light", "dark"] {
            page.media("screen", scheme).await;
            assert_eq!(page.run(CONTRAST).await, "", "{scheme}");
            papers.push(page.run("return getComputedStyle(document.body).backgroundColor").await);
        }
        assert_eq!(papers, ["rgb(255, 255, 255)", "rgb(20, 23, 28)"]);
    });
}

/// On paper there is what can be read, and nothing to click.
pub fn paper(driver: &Driver) {
    let made = inputs::committed();
    driver.open(&made.file, async |page| {
        page.wait_for("status", &made.told(|_| true)).await;
        page.run(OPEN_ALL).await;
        page.media("print", "light").await;
        let visible = "return ['#filter', 'nav', '#totals-table', '.source'].map((it) => document.querySelector(it).checkVisibility())";
        assert_eq!(page.run(visible).await, json!([false, false, true, true]));
        let pdf = page.devtools("Page.printToPDF", json!({})).await;
        assert!(pdf["data"].as_str().is_some_and(|data| data.len() > 10_000));
    });
}

/// Without a script, totals, areas and explanations are there, and a word about the rest.
pub fn without_script(driver: &Driver) {
    let made = inputs::committed();
    driver.open(&made.file, async |page| {
        page.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        page.reload().await;
        assert!(page.text(".notice").await.contains("cargo xtask lint"));
        assert!(page.text("#totals-table").await.contains("Rows of member tables"));
        assert!(page.text("#areas-table").await.contains("groups"));
        page.click("details.code > summary").await;
        assert!(!page.text("details.code .explanation").await.is_empty());
    });
}
