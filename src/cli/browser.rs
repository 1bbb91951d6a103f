//! Opens the browser of this computer at an address of ours. No shell reads the address,
//! and what the browser says stays out of the terminal.

use std::process::{Command, Stdio};

/// Opens the browser. Where there is none to be found, the address stands on the screen.
pub(super) fn open(address: &str) {
    for (program, words) in programs() {
        let mut command = Command::new(program);
        command.args(words.iter()).arg(address);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Ok(mut child) = command.spawn() {
            // Waited for, so that nothing is left of it.
            let _ = std::thread::Builder::new().spawn(move || child.wait());
            return;
        }
    }
}

#[cfg(target_os = "macos")]
fn programs() -> Vec<(&'static str, &'static [&'static str])> {
    vec![("open", &[])]
}

#[cfg(windows)]
fn programs() -> Vec<(&'static str, &'static [&'static str])> {
    vec![("rundll32", &["url.dll,FileProtocolHandler"])]
}

#[cfg(not(any(target_os = "macos", windows)))]
fn programs() -> Vec<(&'static str, &'static [&'static str])> {
    vec![("wslview", &[]), ("xdg-open", &[])]
}
