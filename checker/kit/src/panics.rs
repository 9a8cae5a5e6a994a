//! The words and the place of a panic, kept for the report.

use std::cell::RefCell;

/// File and line.
pub(crate) type Place = (String, u32);

thread_local! {
    /// Message and place of the last panic.
    static PANIC: RefCell<Option<(String, Option<Place>)>> = const { RefCell::new(None) };
}

/// Keeps a panic's words for the report instead of printing them.
pub(crate) fn watch() {
    std::panic::set_hook(Box::new(|info| {
        let message = info
            .payload_as_str()
            .unwrap_or("a panic without words")
            .to_string();
        let place = info.location().map(|l| (l.file().to_string(), l.line()));
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

/// The last panic, for whoever reports it.
pub(crate) fn take() -> Option<(String, Option<Place>)> {
    PANIC.take()
}
