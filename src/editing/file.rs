//! Files: written whole or not at all, so that whoever reads one never sees half of it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that is not there yet.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub fn create(path: &Path, text: &[u8]) -> io::Result<()> {
    write_beside(path, text, None, |temporary| match fs::hard_link(temporary, path) {
        // Unlike a renamed file, a link never takes the place of another. Some file systems have none.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && path.symlink_metadata().is_err() => {
            fs::rename(temporary, path)
        }
        // Where it cannot be removed, a hidden file stays, which nothing reads.
        linked => linked.inspect(|()| drop(fs::remove_file(temporary))),
    })
}

/// Writes a file anew with the permissions that it has. A link stays one: what it leads to is written.
///
/// # Errors
/// When it cannot be written.
pub(super) fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = path.metadata()?.permissions();
    write_beside(&path, text, Some(permissions), |temporary| fs::rename(temporary, &path))
}

/// Writes to a temporary file beside `path`, which is synced and which `put` then puts into its place.
fn write_beside(
    path: &Path,
    text: &[u8],
    permissions: Option<fs::Permissions>,
    put: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    // Hidden, so that nothing reads it as an entry.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = File::create_new(&temporary)
        .and_then(|mut file| file.write_all(text).and_then(|()| file.sync_all()))
        .and_then(|()| permissions.map_or(Ok(()), |permissions| fs::set_permissions(&temporary, permissions)))
        .and_then(|()| put(&temporary));
    if written.is_err() {
        // What went wrong first is what matters.
        let _ = fs::remove_file(&temporary);
        return written;
    }
    sync_folder(path);
    Ok(())
}

/// Makes a rename survive a loss of power, where the system can.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        // The file is there already; some systems cannot sync folders.
        let _ = folder.sync_all();
    }
}
