//! What the simulator caught, as evidence and as a story.

use gpu::{Absence, Access, Fault, Finding, Memory, Place};

/// What stands in a transcript where nothing was caught.
pub const NOTHING: &str = "nothing";

/// A finding in few words: the kind of mistake and the memory it concerns, but no unit, no
/// element and no expression, which differ from one way to make the mistake to the next.
pub fn words(finding: &Finding) -> String {
    match &finding.fault {
        Fault::OutOfBounds {
            access: Access::Read,
            place,
            ..
        } => {
            format!("reads outside {}", memory(place))
        }
        Fault::OutOfBounds { place, .. } => format!("writes outside {}", memory(place)),
        Fault::Race {
            place,
            first,
            second,
        } => {
            let kind = match first.1.writes() && second.1.writes() {
                true => "two writes",
                false => "a read and a write",
            };
            let cubes = if first.0.cube == second.0.cube {
                ""
            } else {
                " of different cubes"
            };
            format!("race of {kind}{cubes} in {}", memory(place))
        }
        Fault::Uninitialised { .. } => "reads shared memory before it is written".into(),
        Fault::DivergentBarrier {
            why: Absence::Finished,
            ..
        } => "a barrier that some units returned before".into(),
        Fault::DivergentBarrier {
            why: Absence::ElsewhereInFlow,
            ..
        } => "a barrier that some units do not reach".into(),
        Fault::DivergentBarrier {
            why: Absence::OtherIteration,
            ..
        } => "a barrier that some units reach in another round".into(),
        Fault::DivergentPlane { .. } => "a plane operation that some units do not reach".into(),
        Fault::Endless { .. } => "endless".into(),
        Fault::DivisionByZero { .. } => "division by zero".into(),
        Fault::Limit { .. } => "too large for the device".into(),
        Fault::Unsupported { .. } => "not simulated".into(),
        Fault::NotCompiled { .. } => "does not compile".into(),
    }
}

/// A finding as its author reads it.
pub fn story(finding: &Finding) -> String {
    match finding.expression.as_deref() {
        // What is left of a variable when a kernel is compiled, and what goes without saying.
        None | Some("sync_cube()") => finding.fault.to_string(),
        Some(expression) if expression.contains("variable") => finding.fault.to_string(),
        Some(expression) => format!("{}, at {expression}", finding.fault),
    }
}

fn memory(place: &Place) -> String {
    match &place.memory {
        Memory::Buffer {
            name: Some(name), ..
        } => name.clone(),
        Memory::Buffer { position, .. } => format!("buffer {position}"),
        Memory::Shared { .. } => "shared memory".into(),
        Memory::Local => "a local array".into(),
    }
}
