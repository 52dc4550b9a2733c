//! Chromium, driven over WebDriver.
//!
//! A [`Driver`] is one chromedriver on a port of its own choosing, ended by its handle; a [`Page`] is
//! one browser with an empty profile that has opened one file. Waiting is for a condition of the
//! page, never for a time.

use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, Capabilities};

/// Where the programs are, or what is missing.
pub struct Programs {
    driver: PathBuf,
    browser: PathBuf,
}

impl Programs {
    /// Looks for both in the folders of `PATH`.
    pub fn find() -> Result<Self, &'static str> {
        match (program("chromedriver"), program("chromium")) {
            (Some(driver), Some(browser)) => Ok(Self { driver, browser }),
            (None, _) => Err("needs chromedriver"),
            (_, None) => Err("needs chromium"),
        }
    }
}

fn program(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A chromedriver, started when it is first needed.
pub struct Driver {
    programs: Programs,
    running: Mutex<Option<Running>>,
}

struct Running {
    process: Child,
    port: u16,
}

impl Driver {
    /// A driver that does not run yet.
    pub fn new(programs: Programs) -> Self {
        Self { programs, running: Mutex::new(None) }
    }

    /// Opens `file` in a new browser, runs `test` on it, and closes the browser however that ends.
    pub fn open(&self, file: &Path, test: impl AsyncFnOnce(&Page)) {
        // One browser at a time: the pages are large and the machines of continuous integration are not.
        let mut running = self.running.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let port = running.get_or_insert_with(|| start(&self.programs.driver)).port;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let profile = tempfile::tempdir().unwrap();
        let client = runtime.block_on(self.connect(port, profile.path()));
        let page = Page { client, url: format!("file://{}", file.display()) };
        let result = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                page.client.goto(&page.url).await.unwrap();
                test(&page).await;
            });
        }));
        runtime.block_on(page.client.quit()).unwrap();
        if let Err(panic) = result {
            resume_unwind(panic);
        }
    }

    async fn connect(&self, port: u16, profile: &Path) -> WebDriver {
        let options = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "binary": self.programs.browser,
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--window-size=1280,900", format!("--user-data-dir={}", profile.display()),
                ],
            },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(options) = options else { unreachable!() };
        // The driver is on this machine: no proxy of the environment stands between.
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let server = format!("http://127.0.0.1:{port}");
        WebDriver::builder(server, Capabilities::from(options)).client(client).await.unwrap()
    }
}

fn start(driver: &Path) -> Running {
    let mut process = Command::new(driver)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.as_mut().unwrap()).lines();
    let port = lines
        .map_while(Result::ok)
        .find_map(|line| line.split_once("successfully on port ").map(|(_, port)| port.to_owned()))
        .expect("chromedriver says its port");
    Running { port: port.trim_end_matches('.').parse().unwrap(), process }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser that shows a file.
pub struct Page {
    client: WebDriver,
    url: String,
}

impl Page {
    /// What `script` returns.
    pub async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap().json().clone()
    }

    /// The text of the element that `selector` finds.
    pub async fn text(&self, selector: &str) -> String {
        self.client.find(By::Css(selector)).await.unwrap().text().await.unwrap()
    }

    /// The texts of all elements that `selector` finds, hidden ones too.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({})].map((it) => it.textContent)",
            json!(selector)
        );
        serde_json::from_value(self.run(&script).await).unwrap()
    }

    /// The texts of the cells of all rows that `selector` finds.
    pub async fn cells(&self, selector: &str) -> Vec<Vec<String>> {
        let script = format!(
            "return [...document.querySelectorAll({})].map((it) => [...it.cells].map((cell) => cell.textContent))",
            json!(selector)
        );
        serde_json::from_value(self.run(&script).await).unwrap()
    }

    /// Clicks on the element that `selector` finds.
    pub async fn click(&self, selector: &str) {
        self.client.find(By::Css(selector)).await.unwrap().click().await.unwrap();
    }

    /// Types into whatever has the focus.
    pub async fn press(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Goes to the address of the page with `fragment`.
    pub async fn go(&self, fragment: &str) {
        self.client.goto(&format!("{}{fragment}", self.url)).await.unwrap();
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// The fragment of the address.
    pub async fn fragment(&self) -> String {
        self.run("return location.hash").await.as_str().unwrap().to_owned()
    }

    /// Waits until the element with this id has exactly `text`.
    pub async fn wait_for(&self, id: &str, text: &str) {
        let condition = format!("//*[@id={id:?} and normalize-space(.)={text:?}]");
        let (longest, interval) = (Duration::from_secs(30), Duration::from_millis(50));
        let found = self.client.query(By::XPath(&condition)).wait(longest, interval).exists().await;
        if !found.unwrap() {
            let found = self.texts(&format!("#{id}")).await;
            panic!("waited for {text:?}, and it is {found:?}");
        }
    }

    /// Sends a command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.client.cdp().send_raw(command, parameters).await.unwrap()
    }

    /// The entries of a log since it was last read.
    pub async fn log(&self, kind: &str) -> Vec<BrowserLogEntry> {
        self.client.get_log(kind).await.unwrap()
    }

    /// A screen of this width.
    pub async fn narrow(&self, width: u32) {
        let metrics =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": true });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// With a preference of the reader, or for paper.
    pub async fn media(&self, medium: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        let media = json!({ "media": medium, "features": features });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// What the browser complained of since it was last asked.
    pub async fn complaints(&self) -> Vec<String> {
        self.log("browser").await.into_iter().map(|entry| entry.message).collect()
    }
}
