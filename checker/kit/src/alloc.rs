//! Counting memory: every check program allocates through here.
//!
//! Counts are of requested bytes, which are the same on every platform, not of what the
//! system's allocator sets aside for them.

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs::File;
use std::io::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static NUMBER: AtomicUsize = AtomicUsize::new(0);
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);
/// Where the end of memory is told; nothing may be allocated for telling it.
static TELL: OnceLock<File> = OnceLock::new();

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call is passed on to the system's allocator unchanged; only counters are
// kept beside it. A refusal returns null, as the contract of `alloc` allows.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !admit(layout.size()) {
            return std::ptr::null_mut();
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !admit(layout.size()) {
            return std::ptr::null_mut();
        }
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Counts `size` more bytes, unless the limit forbids them.
fn admit(size: usize) -> bool {
    let live = LIVE.fetch_add(size, Relaxed).saturating_add(size);
    if live > LIMIT.load(Relaxed) {
        LIVE.fetch_sub(size, Relaxed);
        // Once is enough, and the panic machinery needs some memory itself.
        LIMIT.store(usize::MAX, Relaxed);
        if let Some(mut events) = TELL.get() {
            let _ = events.write_all(b"{\"event\":\"memory\"}\n");
        }
        return false;
    }
    PEAK.fetch_max(live, Relaxed);
    NUMBER.fetch_add(1, Relaxed);
    true
}

/// Refuses allocations beyond `bytes` in all, and tells so in `events`: the program then
/// ends as Rust ends it when memory is out.
pub(crate) fn limit(bytes: usize, events: Option<File>) {
    if let Some(events) = events {
        let _ = TELL.set(events);
    }
    LIMIT.store(bytes, Relaxed);
}

/// What a computation allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocations {
    /// Most bytes alive at once, beyond those alive before.
    pub peak_bytes: usize,
    /// How many allocations were made.
    pub number: usize,
}

/// Runs `f` and counts what it allocates, on all threads.
///
/// ```
/// let (v, cost) = kit::alloc::count(|| vec![0.0f64; 1000]);
/// assert_eq!((v.len(), cost.peak_bytes, cost.number), (1000, 8000, 1));
/// ```
pub fn count<R>(f: impl FnOnce() -> R) -> (R, Allocations) {
    let (live, number) = (LIVE.load(Relaxed), NUMBER.load(Relaxed));
    PEAK.store(live, Relaxed);
    let result = f();
    let cost = Allocations {
        peak_bytes: PEAK.load(Relaxed) - live,
        number: NUMBER.load(Relaxed) - number,
    };
    (result, cost)
}
