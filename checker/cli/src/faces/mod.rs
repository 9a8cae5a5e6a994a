//! What a learner sees. Views draw into a `Write` for a given width and know nothing of
//! compilers; what they draw is data.

pub mod watch;
