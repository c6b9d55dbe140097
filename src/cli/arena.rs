//! The arena: one heap for all threads, instead of one for each.
//!
//! glibc gives nearly every thread an arena of its own, none of which hands back what another could use. A bot has a
//! dozen threads that seldom allocate at the same time: one arena takes 3 MB less when idle and 10 MB less after load,
//! and no more time (`benches/load`). glibc reads these settings before a program's first line, from its environment
//! alone, so that the program has to be started anew with them.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::env;
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    /// The settings by the names that mallopt(3) gives: one arena, whose end is given back once 64 KiB of it are free,
    /// and which grows by no more than 16 KiB beyond what is asked for.
    const SETTINGS: [(&str, &str); 3] =
        [("MALLOC_ARENA_MAX", "1"), ("MALLOC_TRIM_THRESHOLD_", "65536"), ("MALLOC_TOP_PAD_", "16384")];

    /// What sets the same, and more.
    const TUNABLES: &str = "GLIBC_TUNABLES";

    /// Has all threads share one arena: replaces this process by the same program with the same arguments, and returns
    /// in what it was replaced by, as well as where it cannot be. What is set already is left alone.
    pub fn share_one() {
        let is_set = |name: &&str| env::var_os(name).is_some();
        if SETTINGS.iter().map(|(name, _)| name).chain([&TUNABLES]).any(is_set) {
            return;
        }
        let mut arguments = env::args_os();
        let Some((name, program)) = arguments.next().zip(env::current_exe().ok()) else { return };
        let error = Command::new(program).arg0(name).args(arguments).envs(SETTINGS).exec();
        tracing::debug!("each thread has an arena of its own, as the program cannot be started anew: {error}");
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub use glibc::share_one;

/// Does nothing: other allocators share what they hold.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn share_one() {}
