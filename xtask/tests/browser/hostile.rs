//! What a report must not do: take text of the inputs for markup or script, ask the network, complain.

use std::fs;

use serde_json::Value;

use crate::driver::Driver;
use crate::inputs::{self, Made};

const NAME: &str = "<img src=x onerror=hacked=1> \u{202e}evil.md";

/// A page whose name, title, area, lines and messages try to be more than text.
fn hostile() -> (tempfile::TempDir, Made) {
    let folder = tempfile::tempdir().unwrap();
    let metadata = crate::support::schemas().join("metadata.csdl");
    let docs = folder.path().join("docs");
    fs::create_dir(&docs).unwrap();
    let page = "---\ntitle: x\nms.prod: \"<script>hacked=1</script>\"\ndoc_type: apiPageType\n---\n\n\
        # </title></script><script>hacked=1</script> {{codes}} \u{202e}\u{1b}[31m\n\n\
        ## HTTP request\n\n```http\nGET /groups/{id}/</script><script>hacked=1</script>\n```\n\n\
        ## Example\n\n<!-- { \"blockType\": \"request\", \"name\": \"a\" } -->\n\
        ```http\nPOST https://graph.microsoft.com/v1.0/groups/{id}/threads\nContent-type: application/json\n\n\
        { \"<img src=x onerror=hacked=1>\": \"`<!--<script>` \u{2028}\u{0}\", \"topik\": 1 }\n```\n";
    fs::write(docs.join(NAME), page).unwrap();
    let made = inputs::report(&metadata, &docs);
    (folder, made)
}

/// Nothing of the page is run or becomes an element.
pub fn text(driver: &Driver) {
    let (_folder, made) = hostile();
    let bytes = fs::read_to_string(&made.file).unwrap();
    assert_eq!(bytes.matches("<script").count(), 2, "the data and our script");
    assert_eq!(bytes.matches("</script").count(), 2);
    assert!(!bytes.contains("<img") && !bytes.contains('\u{202e}') && !bytes.contains('\u{1b}'));
    assert!(made.review.diagnostics.len() > 2, "{:?}", made.review.diagnostics);
    driver.open(&made.file, async |page| {
        page.wait_for("status", &made.told(|_| true)).await;
        page.run("for (const it of document.querySelectorAll('details')) it.open = true").await;
        page.run("for (const it of document.querySelectorAll('details')) it.open = true").await;
        page.click("#pages-table tbody a").await;
        page.wait_for("status", &made.told(|found| made.page(found).is_some())).await;
        page.run("for (const it of document.querySelectorAll('details')) it.open = true").await;
        assert_eq!(page.run("return typeof hacked").await, "undefined");
        assert_eq!(page.run("return document.querySelectorAll('img').length").await, 0);
        assert_eq!(page.run("return document.scripts.length").await, 2);
        let title = page.text("#page-title").await;
        assert!(title.contains("<img src=x onerror=hacked=1> <U+202E>evil.md"), "{title}");
        assert!(title.contains("</title></script><script>hacked=1</script>"), "{title}");
        let area = page.texts("#areas-table tbody th").await;
        assert_eq!(area[0], "<script>hacked=1</script>");
        let lines = page.texts(".source .line").await.concat();
        assert!(lines.contains("</script><script>hacked=1</script>"), "{lines}");
        assert!(lines.contains("\"<img src=x onerror=hacked=1>\""), "{lines}");
        assert_eq!(page.complaints().await, [""; 0]);
    });
}

/// Opening and using a report asks for nothing but its file, and its policy lets nothing else through.
pub fn requests(driver: &Driver) {
    let made = inputs::committed();
    driver.open(&made.file, async |page| {
        page.wait_for("status", &made.told(|_| true)).await;
        page.run("for (const it of document.querySelectorAll('details')) it.open = true").await;
        page.go("#q=thread").await;
        page.reload().await;
        let mut requested = Vec::new();
        for entry in page.log("performance").await {
            let message: Value = serde_json::from_str(&entry.message).unwrap();
            let request = &message["message"]["params"];
            let is_request = message["message"]["method"] == "Network.requestWillBeSent";
            // The browser opens a page of its own before ours.
            let is_ours = request["documentURL"].as_str().is_some_and(|url| url.starts_with("file:"));
            if is_request && is_ours {
                requested.push(request["request"]["url"].as_str().unwrap().to_owned());
            }
        }
        let file = made.file.to_str().unwrap();
        assert!(requested.len() >= 2, "opened and loaded again: {requested:?}");
        assert!(requested.iter().all(|url| url == &format!("file://{file}")), "{requested:?}");
        assert_eq!(page.complaints().await, [""; 0]);

        page.run(
            "const told = document.body.appendChild(document.createElement('p')); told.id = 'refused'; const refused = []; \
             document.addEventListener('securitypolicyviolation', (it) => { refused.push(it.effectiveDirective); told.textContent = refused.sort().join(' '); }); \
             document.body.appendChild(new Image()).src = 'http://127.0.0.1:9/'; \
             document.body.appendChild(document.createElement('script')).textContent = 'window.hacked = 1'; \
             fetch('http://127.0.0.1:9/').catch(() => {})",
        )
        .await;
        page.wait_for("refused", "connect-src img-src script-src-elem").await;
        assert_eq!(page.run("return typeof hacked").await, "undefined");
    });
}
