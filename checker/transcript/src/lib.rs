//! Evidence, and how two pieces of it are compared.
//!
//! A check *observes* named, shaped values ([`Observation`]). The observations of all
//! checks, with how each check ended, are a [`Transcript`]. This crate compares
//! transcripts, writes them as text (the format of the recorded snapshots) and reads them
//! back. It knows neither ndarray nor the terminal: both the check programs and the
//! program that judges them link it.
//!
//! ```
//! use transcript::{Observation, T64, Values, difference};
//! let want = Observation::numbers("s", &[2], T64, vec![0.25, 0.75]);
//! let got = Observation::numbers("s", &[2], T64, vec![0.25, 0.7]);
//! assert_eq!(
//!     difference(&got, &want).unwrap().to_string(),
//!     "at [1]: yours 0.7, expected 0.75; largest error 5.0e-2; 1 of 2 differ"
//! );
//! ```

mod agree;
mod compare;
mod observation;
mod recognise;
mod session;
mod text;
mod tolerance;

pub use agree::{Disagreement, disagreements};
pub use compare::{Difference, difference};
pub use observation::{Observation, Values};
pub use recognise::{Mistake, known_mistakes, lesson, recognise};
pub use session::{CheckRecord, End, Session, Transcript};
pub use text::ParseError;
pub use tolerance::{EXACT, G64, T64, Tolerance, t32};
