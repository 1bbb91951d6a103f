//! Is what is published still what was built? Compares files by their fingerprints with the
//! list of the last build.

use crate::files::{self, read};
use crate::problem::Failure;
use crate::text::Address;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the published files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// In a folder: a copy, a mounted web space.
    Folder(PathBuf),
    /// On the web.
    Web(String),
}

/// How the published files compare.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many are the same, byte by byte.
    pub same: usize,
    /// Those that are there and differ.
    pub other: Vec<Address>,
    /// Those that are not there.
    pub missing: Vec<Address>,
}

/// Longest file that is fetched.
const MOST: u64 = 512 << 20;

/// How long a host may take for one file.
const PATIENCE: Duration = Duration::from_secs(60);

impl Published {
    /// Reads where the files are: an address begins with `http`.
    pub fn read(typed: &str) -> Published {
        let lower = typed.to_ascii_lowercase();
        if !lower.starts_with("https://") && !lower.starts_with("http://") {
            return Published::Folder(PathBuf::from(typed));
        }
        let base = typed.split(['?', '#']).next().unwrap_or_default();
        let base = base.strip_suffix("index.html").unwrap_or(base);
        Published::Web(format!("{}/", base.trim_end_matches('/')))
    }
}

/// Compares all files of the last build in `out` with the published ones.
pub fn verify(out: &Path, published: &Published) -> Result<Verified, Failure> {
    let list = files::listed(out)?;
    if list.is_empty() {
        return Err(Failure::refused("no-build", out));
    }
    if let Published::Folder(folder) = published
        && !folder.is_dir()
    {
        return Err(Failure::refused("not-published", folder));
    }
    let client = client();
    let mut verified = Verified::default();
    for (address, hash) in list {
        let bytes = match published {
            Published::Folder(folder) => read(&folder.join(address.as_str())).ok(),
            Published::Web(base) => {
                let whole = format!("{base}{}", address.escaped());
                fetch(&client, &whole).map_err(|cause| {
                    Failure::new("not-reached", Path::new(base), cause)
                })?
            }
        };
        match bytes {
            Some(bytes) if files::hash(&bytes) == hash => verified.same += 1,
            Some(_) => verified.other.push(address),
            None => verified.missing.push(address),
        }
    }
    Ok(verified)
}

/// Returns the fingerprint of one file, to compare with the one on paper.
pub fn fingerprint(file: &Path) -> Result<String, Failure> {
    let bytes = read(file).map_err(|cause| Failure::new("cannot-read", file, cause))?;
    Ok(files::hash(&bytes))
}

fn client() -> ureq::Agent {
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build();
    config.into()
}

/// Fetches a file; `None` when the host says that it is not there. A host that says nothing
/// is no host where something was changed: after a second try that is a failure.
fn fetch(client: &ureq::Agent, address: &str) -> std::io::Result<Option<Vec<u8>>> {
    let call = || client.get(address).header("cache-control", "no-cache").call();
    let mut answer = match call().or_else(|error| match error {
        ureq::Error::StatusCode(_) => Err(error),
        _ => call(),
    }) {
        Ok(answer) => answer,
        Err(ureq::Error::StatusCode(_)) => return Ok(None),
        Err(error) => return Err(error.into_io()),
    };
    Ok(answer.body_mut().with_config().limit(MOST).read_to_vec().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_at_its_folder() {
        for typed in [
            "https://x.nl/a",
            "https://x.nl/a/",
            "https://x.nl/a/index.html",
            "https://x.nl/a?b",
        ] {
            let web = Published::Web("https://x.nl/a/".into());
            assert_eq!(Published::read(typed), web, "{typed}");
        }
        assert_eq!(Published::read("site"), Published::Folder("site".into()));
    }
}
