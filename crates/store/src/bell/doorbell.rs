//! The bell of an SQLite database: its write-ahead log grows with every transaction, and on Linux the system tells
//! of that (inotify). Elsewhere, and where the system has no watch left to give, it rings every two seconds.

use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;

/// How often it rings where the log can't be watched.
const EVERY: Duration = Duration::from_secs(2);
/// How long it waits for more, so that a busy database rings a few times in a second.
#[cfg(target_os = "linux")]
const GATHER: Duration = Duration::from_millis(100);

/// Rings when something may have been written.
pub(super) enum Doorbell {
    /// The log is watched.
    #[cfg(target_os = "linux")]
    Log(log::Watch),
    /// It can't be.
    Clock,
}

impl Doorbell {
    /// The bell of this database.
    pub(super) fn of(database: &Path) -> Doorbell {
        #[cfg(target_os = "linux")]
        match log::Watch::of(database) {
            Ok(watch) => return Doorbell::Log(watch),
            Err(error) => tracing::warn!(
                %error,
                "the database's log can't be watched: what other programs do is noticed within two seconds"
            ),
        }
        let _ = database;
        Doorbell::Clock
    }

    /// Waits until it rings.
    pub(super) async fn rung(&mut self) {
        match self {
            #[cfg(target_os = "linux")]
            Doorbell::Log(watch) => match watch.grown().await {
                Ok(()) => sleep(GATHER).await,
                Err(_) => sleep(EVERY).await,
            },
            Doorbell::Clock => sleep(EVERY).await,
        }
    }
}

#[cfg(target_os = "linux")]
mod log {
    use std::ffi::CString;
    use std::io;
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::ffi::OsStrExt as _;
    use std::path::Path;

    use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
    use tokio::io::unix::AsyncFd;

    /// Watches the folder, since SQLite may remove the log and make it again.
    pub(in crate::bell) struct Watch {
        events: AsyncFd<OwnedFd>,
        log: CString,
    }

    impl Watch {
        pub(super) fn of(database: &Path) -> io::Result<Watch> {
            let database = database.canonicalize()?;
            let (Some(folder), Some(name)) = (database.parent(), database.file_name()) else {
                return Err(io::ErrorKind::InvalidInput.into());
            };
            let log = CString::new([name.as_bytes(), b"-wal"].concat())?;
            let events = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
            inotify::add_watch(&events, folder, WatchFlags::MODIFY | WatchFlags::CREATE)?;
            #[expect(
                deprecated,
                reason = "its successor is unsafe, as descriptors may be closed meanwhile; an owned one is not"
            )]
            let events = AsyncFd::new(events)?;
            Ok(Watch { events, log })
        }

        /// Waits until the log has grown.
        pub(super) async fn grown(&self) -> io::Result<()> {
            loop {
                let mut ready = self.events.readable().await?;
                let grown = self.drain()?;
                ready.clear_ready();
                if grown {
                    return Ok(());
                }
            }
        }

        /// Reads all events there are, and says whether one is of the log.
        fn drain(&self) -> io::Result<bool> {
            let mut buffer = [MaybeUninit::uninit(); 4096];
            let mut reader = Reader::new(self.events.get_ref(), &mut buffer);
            let mut grown = false;
            loop {
                match reader.next() {
                    Ok(event) => {
                        // Where the system lost events, one of them may have been of the log.
                        grown |= event.file_name() == Some(&*self.log)
                            || event.events().contains(ReadFlags::QUEUE_OVERFLOW);
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(grown),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
}
