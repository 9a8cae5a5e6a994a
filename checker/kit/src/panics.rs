//! The words and the place of a panic, kept for the report.

use std::cell::RefCell;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

/// File and line.
pub(crate) type Place = (String, u32);

thread_local! {
    /// Message and place of the last panic.
    static PANIC: RefCell<Option<(String, Option<Place>)>> = const { RefCell::new(None) };
}

/// Message and place of the last panic of a thread that runs no checks.
static ELSEWHERE: Mutex<Option<(String, Option<Place>)>> = Mutex::new(None);

/// Keeps a panic's words for the report instead of printing them. The checks run on this thread.
pub(crate) fn watch() {
    let checks: ThreadId = thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        let message = info
            .payload_as_str()
            .unwrap_or("a panic without words")
            .to_string();
        let place = info.location().map(|l| (l.file().to_string(), l.line()));
        if thread::current().id() != checks {
            let mut last = ELSEWHERE.lock().unwrap_or_else(PoisonError::into_inner);
            *last = Some((message.clone(), place.clone()));
        }
        PANIC.set(Some((message, place)));
    }));
}

/// Whether the last panic was a `todo!()`.
pub(crate) fn is_todo() -> bool {
    PANIC.with_borrow(|last| {
        last.as_ref()
            .is_some_and(|(message, _)| message.starts_with("not yet implemented"))
    })
}

/// If another thread has panicked since the last call, panics as it did. A thread that serves
/// a device, say, runs the answer's own code, and its panic would be lost.
pub fn resume_panic_of_another_thread() {
    let last = ELSEWHERE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    if let Some((message, place)) = last {
        PANIC.set(Some((message.clone(), place)));
        resume_unwind(Box::new(message));
    }
}

/// The last panic, for whoever reports it.
pub(crate) fn take() -> Option<(String, Option<Place>)> {
    PANIC.take()
}
