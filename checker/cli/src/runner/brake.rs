//! Stopping a build for as long as somebody waits for something else.

use super::child::Group;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Stops the processes of a build, and lets them go on. Its copies are one brake.
#[derive(Clone, Debug, Default)]
pub struct Brake(Arc<Mutex<Wheel>>);

#[derive(Debug, Default)]
struct Wheel {
    /// How many hold the brake.
    holding: usize,
    /// What it stops.
    group: Option<Group>,
}

/// A brake that is held; dropped, it is let go.
#[derive(Debug)]
pub struct Held(Brake);

impl Brake {
    /// Stops what it is put on, at once, until what is returned is dropped.
    pub fn hold(&self) -> Held {
        let mut wheel = self.wheel();
        wheel.holding += 1;
        if let (1, Some(group)) = (wheel.holding, &wheel.group) {
            group.stop();
        }
        Held(self.clone())
    }

    /// Puts the brake on these processes.
    pub(super) fn put_on(&self, group: Group) {
        let mut wheel = self.wheel();
        if wheel.holding > 0 {
            group.stop();
        }
        wheel.group = Some(group);
    }

    /// Takes the brake off. Nobody else waits for the processes meanwhile, so that their
    /// number is no other one's when a signal goes there.
    pub(super) fn take_off(&self) -> Option<Group> {
        self.wheel().group.take()
    }

    fn wheel(&self) -> MutexGuard<'_, Wheel> {
        // Nothing in here can be half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut wheel = self.0.wheel();
        wheel.holding -= 1;
        if let (0, Some(group)) = (wheel.holding, &wheel.group) {
            group.go_on();
        }
    }
}
