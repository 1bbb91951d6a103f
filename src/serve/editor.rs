//! Opens a line of a text in the editor of the writer. No shell reads any of it.

use std::path::Path;
use std::process::{Command, Stdio};

/// Starts the editor at a line. Tells whether it started.
pub(super) fn open(editor: &str, file: &Path, line: u32) -> bool {
    let mut words = words(editor).into_iter();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(&program);
    command.args(words).args(place(&program, &file.to_string_lossy(), line));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // Waited for, so that nothing is left of it.
    let _ = std::thread::Builder::new().spawn(move || child.wait());
    true
}

/// Divides what was typed into a program and its words; quotes keep spaces together.
fn words(typed: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in typed.trim().chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Returns how an editor wants to hear a file and a line.
fn place(program: &str, file: &str, line: u32) -> Vec<String> {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_lowercase();
    let name = name.trim_end_matches(".exe").trim_end_matches(".cmd");
    let own = |words: &[&str]| words.iter().map(|word| word.to_string()).collect();
    let joined = format!("{file}:{line}");
    match name {
        "code" | "codium" | "vscodium" | "code-insiders" | "cursor" => {
            own(&["--goto", &joined])
        }
        "zed" | "zeditor" | "subl" | "sublime_text" | "hx" | "helix" | "lapce" => {
            own(&[&joined])
        }
        "notepad++" => own(&[&format!("-n{line}"), file]),
        "kate" | "kwrite" => own(&["--line", &line.to_string(), file]),
        "idea" | "webstorm" | "rustrover" => own(&["--line", &line.to_string(), file]),
        "mate" => own(&["-l", &line.to_string(), file]),
        "vi" | "vim" | "nvim" | "gvim" | "nano" | "emacs" | "emacsclient" | "gedit"
        | "gnome-text-editor" | "micro" | "kak" | "pluma" | "xed" => {
            own(&[&format!("+{line}"), file])
        }
        _ => own(&[file]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_divided() {
        assert_eq!(words("code -n"), ["code", "-n"]);
        assert_eq!(
            words("\"C:\\Program Files\\x.exe\" -a 'b c'"),
            ["C:\\Program Files\\x.exe", "-a", "b c"]
        );
        assert_eq!(words("  "), Vec::<String>::new());
    }

    #[test]
    fn each_editor_hears_it_its_own_way() {
        let at = |program| place(program, "/a b.md", 7).join(" ");
        assert_eq!(at("/usr/bin/code"), "--goto /a b.md:7");
        assert_eq!(at("C:\\Notepad++\\notepad++.exe"), "-n7 /a b.md");
        assert_eq!(at("kate"), "--line 7 /a b.md");
        assert_eq!(at("hx"), "/a b.md:7");
        assert_eq!(at("nvim"), "+7 /a b.md");
        assert_eq!(at("notepad.exe"), "/a b.md");
    }
}
