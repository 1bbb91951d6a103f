//! The program: hands its words to [`boekje::cli`] and returns the exit code.

fn main() -> std::process::ExitCode {
    boekje::cli::main()
}
