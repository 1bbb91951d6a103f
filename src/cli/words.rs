//! The words on the command line: what may be typed, help, and "did you mean".
//!
//! Help is written by hand, per language, in `lang/*/cli.toml`: every flag teaches with an
//! example. A test holds it beside the flags that exist.

use super::refusal::Refusal;
use super::speech::Speech;
use super::{add, build, check, explain, new, reader, serve, verify};
use crate::lang::{Lang, fill};
use crate::text::nearest;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "boekje", version, disable_help_subcommand = true)]
pub(super) struct Words {
    /// Language of the messages; read in [`Speech`], before anything else.
    #[arg(long = "lang", alias = "taal", global = true)]
    lang: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// What can be done: the English verb and its Dutch equal.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// A new booklet.
    #[command(alias = "nieuw")]
    New(new::Wish),
    /// A new text.
    #[command(alias = "erbij")]
    Add(add::Wish),
    /// All problems, nothing written.
    #[command(alias = "controle")]
    Check(check::Wish),
    /// The site.
    #[command(alias = "bouw")]
    Build(build::Wish),
    /// The site, live in the browser.
    #[command(alias = "kijk")]
    Serve(serve::Wish),
    /// The booklets.
    #[cfg(feature = "print")]
    #[command(alias = "druk")]
    Print(super::print::Wish),
    /// Who may open what.
    #[command(alias = "lezer")]
    Reader(reader::Wish),
    /// Whether it is still what was built.
    #[command(alias = "vergelijk")]
    Verify(verify::Wish),
    /// Why a message exists.
    #[command(alias = "uitleg")]
    Explain(explain::Wish),
    /// How it works.
    #[command(alias = "hulp")]
    Help(HelpWish),
}

/// What help is asked about.
#[derive(Debug, Args)]
pub(super) struct HelpWish {
    /// The verb.
    pub(super) verb: Option<String>,
}

impl Words {
    /// Reads the words as typed.
    pub(super) fn read(typed: &[OsString], speech: &Speech) -> Result<Words, Refusal> {
        let lang = speech.lang();
        if let Some(unknown) = speech.unknown() {
            let sentence = lang.terminal().say("words.language", &[("x", unknown)]);
            return Err(Refusal::Words(sentence));
        }
        command()
            .try_get_matches_from(typed)
            .and_then(|matches| Words::from_arg_matches(&matches))
            .map_err(|error| refusal(&error, typed, &lang))
    }
}

/// Returns the help of a verb, or of the whole.
pub(super) fn help(verb: Option<&str>, speech: &Speech) -> Result<String, Refusal> {
    let lang = speech.lang();
    let Some(typed) = verb else {
        return Ok(lang.terminal().get("help.all").to_string());
    };
    match command().find_subcommand(typed) {
        Some(found) => Ok(page(found.get_name(), &lang)),
        None => Err(Refusal::Words(unknown_verb(typed, &lang))),
    }
}

/// Makes the command. Its help is ours ([`page`]), looked up when somebody asks: reading
/// all of it takes longer than the rest of a start.
fn command() -> clap::Command {
    Words::command().arg_required_else_help(true)
}

fn page(verb: &str, lang: &Lang) -> String {
    let key = if verb == "help" { "help.all".into() } else { format!("help.{verb}") };
    lang.terminal().get(&key).to_string()
}

/// Puts what clap noticed into our own words.
fn refusal(error: &clap::Error, typed: &[OsString], lang: &Lang) -> Refusal {
    let of = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(" "),
        _ => String::new(),
    };
    let say = |key: &str, x: &str| Refusal::Words(lang.terminal().say(key, &[("x", x)]));
    let missing = |place: &str| {
        let verb = verb_of(typed).map_or("all".into(), |verb| verb.0);
        say(&format!("words.missing-{verb}"), place)
    };
    match error.kind() {
        ErrorKind::DisplayVersion => Refusal::Asked(error.render().to_string()),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let verb = verb_of(typed).map_or("help".into(), |verb| verb.0);
            Refusal::Asked(page(&verb, lang))
        }
        ErrorKind::MissingSubcommand => Refusal::Asked(page("help", lang)),
        ErrorKind::InvalidSubcommand => {
            Refusal::Words(unknown_verb(&of(ContextKind::InvalidSubcommand), lang))
        }
        ErrorKind::UnknownArgument => {
            Refusal::Words(unknown_word(&of(ContextKind::InvalidArg), typed, lang))
        }
        ErrorKind::MissingRequiredArgument => missing(&of(ContextKind::InvalidArg)),
        ErrorKind::ArgumentConflict => say("words.twice", &of(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            let place = of(ContextKind::InvalidArg);
            match flag_of(&place) {
                flag if flag.starts_with('-') => say("words.no-value", flag),
                _ => missing(&place),
            }
        }
        _ => Refusal::Words(unknown_value(&of(ContextKind::InvalidValue), typed, lang)),
    }
}

/// Returns `--out` of `--out <OUT>`.
fn flag_of(shown: &str) -> &str {
    shown.split(' ').next().unwrap_or_default()
}

fn unknown_verb(typed: &str, lang: &Lang) -> String {
    let command = Words::command();
    let names =
        command.get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases);
    let aliases = command.get_subcommands().flat_map(clap::Command::get_all_aliases);
    did_you_mean("words.verb", typed, names.chain(aliases), lang)
}

fn unknown_word(typed: &str, words: &[OsString], lang: &Lang) -> String {
    let bare = flag_of(typed).split('=').next().unwrap_or_default();
    let flags = verb_of(words).map(|verb| verb.1).unwrap_or_default();
    let flags = flags.iter().map(String::as_str);
    if bare.starts_with('-') {
        did_you_mean("words.flag", bare, flags, lang)
    } else {
        did_you_mean("words.extra", bare, [], lang)
    }
}

fn unknown_value(typed: &str, words: &[OsString], lang: &Lang) -> String {
    let known = verb_of(words).map(|verb| verb.2).unwrap_or_default();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let list = known.join(", ");
    let said = did_you_mean("words.value", typed, known, lang);
    fill(&said, &[("list", &list)])
}

fn did_you_mean<'a>(
    key: &str,
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
    lang: &Lang,
) -> String {
    match nearest(typed, known) {
        Some(near) => {
            lang.terminal().say(&format!("{key}-near"), &[("x", typed), ("s", near)])
        }
        None => lang.terminal().say(key, &[("x", typed)]),
    }
}

/// Finds which verb was typed, all flags it knows, and all fixed words it takes.
fn verb_of(typed: &[OsString]) -> Option<(String, Vec<String>, Vec<String>)> {
    let command = command();
    let verb = typed.iter().skip(1).find_map(|word| command.find_subcommand(word))?;
    Some((verb.get_name().to_string(), flags(verb), fixed_words(verb)))
}

/// Returns all flags of a verb with their other names, and those for every verb.
fn flags(verb: &clap::Command) -> Vec<String> {
    let own = verb.get_arguments().flat_map(|arg| {
        let names =
            arg.get_long().into_iter().chain(arg.get_all_aliases().unwrap_or_default());
        names.map(|name| format!("--{name}")).collect::<Vec<_>>()
    });
    own.chain(["--lang", "--taal", "--help"].map(String::from)).collect()
}

/// Returns the words to choose from: kinds, formats. Flags without a value have none.
fn fixed_words(verb: &clap::Command) -> Vec<String> {
    verb.get_arguments()
        .filter(|arg| arg.get_action().takes_values())
        .flat_map(clap::Arg::get_possible_values)
        .flat_map(|value| {
            value.get_name_and_aliases().map(String::from).collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Words, Refusal> {
        let mut typed: Vec<OsString> = vec!["boekje".into()];
        typed.extend(words.iter().map(Into::into));
        let speech = Speech::of(&typed, |_| None);
        Words::read(&typed, &speech)
    }

    fn sentence(words: &[&str]) -> String {
        match read(words) {
            Err(Refusal::Words(sentence)) => sentence,
            other => panic!("{words:?} gave {other:?}"),
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Words::command().debug_assert();
    }

    #[test]
    fn dutch_verbs_are_equal() {
        assert!(matches!(read(&["kijk", "map"]).expect("read").verb, Verb::Serve(_)));
        assert!(matches!(read(&["bouw", "map"]).expect("read").verb, Verb::Build(_)));
        assert!(matches!(read(&["controle"]).expect("read").verb, Verb::Check(_)));
        assert!(matches!(read(&["nieuw", "x"]).expect("read").verb, Verb::New(_)));
        assert!(matches!(read(&["erbij", "tip", "x"]).expect("read").verb, Verb::Add(_)));
        assert!(matches!(read(&["uitleg", "K01"]).expect("read").verb, Verb::Explain(_)));
    }

    #[test]
    fn slips_get_a_question() {
        assert!(sentence(&["buold"]).contains("build"));
        assert!(sentence(&["controlle"]).contains("controle"));
        assert!(sentence(&["--lang", "en", "bild"]).contains("Do you mean “build”"));
        assert!(sentence(&["build", "--no-serach"]).contains("--no-search"));
        assert!(sentence(&["controle", "--alllles"]).contains("--alles"));
        assert!(sentence(&["kaas"]).contains("kaas"));
        assert!(sentence(&["--taal", "eo", "bouw"]).contains("eo"));
        assert!(sentence(&["nieuw"]).contains("mijn-boekje"));
        assert!(sentence(&["check", "--format", "pdf"]).contains("pdf"));
        assert!(sentence(&["erbij", "verhaall", "x"]).contains("Bedoel je “verhaal”"));
        assert!(sentence(&["add", "kaas", "x"]).contains("tip, story, verhaal, plan"));
        assert!(sentence(&["build", "een", "twee"]).contains("twee"));
        assert!(sentence(&["build", "--out"]).contains("--out"));
        assert!(sentence(&["build", ""]).contains("hulp bouw"));
    }

    #[test]
    fn help_names_every_verb_and_every_flag_in_both_languages() {
        for lang in [Lang::dutch(), Lang::english()] {
            let command = command();
            let all = lang.terminal().get("help.all");
            for verb in command.get_subcommands() {
                let help = page(verb.get_name(), &lang);
                for name in verb.get_all_aliases().chain([verb.get_name()]) {
                    assert!(all.contains(name), "{name} in {}", lang.tag());
                    assert!(help.contains(name), "{name} in its own {}", lang.tag());
                }
                for flag in flags(verb) {
                    let shown = help.contains(&flag) || all.contains(&flag);
                    assert!(shown, "{flag} of {} in {}", verb.get_name(), lang.tag());
                }
            }
        }
    }
}
