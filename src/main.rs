//! The program: hands its words to [`boekje::cli`] and returns the exit code.

/// Many small pieces of text are made and let go, on all threads at once: the allocator of
/// the system spends a tenth of a build on that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    boekje::cli::main()
}
