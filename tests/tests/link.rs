//! The linker: each rule and each finding as a fixture, then the whole of the real inputs.

#[path = "link/corpus.rs"]
mod corpus;
#[path = "link/family.rs"]
mod family;
#[path = "link/faults.rs"]
mod faults;
#[path = "link/hostile.rs"]
mod hostile;
#[path = "link/permissions.rs"]
mod permissions;
#[path = "link/show.rs"]
mod show;
#[path = "link/tables.rs"]
mod tables;
#[path = "link/urls.rs"]
mod urls;

use msgraph_tests::{fixtures, run};

fn main() -> std::io::Result<()> {
    let mut trials = fixtures("link", show::fixture)?;
    trials.extend(family::trials());
    trials.extend(faults::trials());
    trials.extend(hostile::trials());
    trials.extend(corpus::trials());
    trials.extend(urls::trials());
    trials.extend(permissions::trials());
    trials.extend(tables::trials());
    run(trials)
}
