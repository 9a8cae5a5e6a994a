//! Without a device there are no times, but counts, and what the roofline makes of them.

use crate::case::{Bench, Entered};
use crate::measure::words;
use crate::report::{Contender, Counted, Predicted};
use gpu::{Bound, Launch, Roofline};
use lab::Lab;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The devices whose rooflines are asked.
const DEVICES: [gpu::Peaks; 2] = [gpu::Peaks::H100, gpu::Peaks::LAPTOP];

/// Runs everything that was entered once, and counts.
pub(crate) fn count(case: &Bench) -> Vec<Contender> {
    let mut first = None;
    let counted = |entered: &Entered| {
        let run = catch_unwind(AssertUnwindSafe(|| once(case.lab(), entered)));
        match run {
            Ok(Ok((output, counted))) => Contender {
                counted: Some(counted),
                ..entered.ran(output, &mut first)
            },
            Ok(Err(caught)) => entered.failed(caught),
            Err(panic) => entered.failed(words(panic.as_ref())),
        }
    };
    case.entered.iter().map(counted).collect()
}

fn once(lab: &Lab, entered: &Entered) -> Result<(Vec<f32>, Counted), String> {
    let output = (entered.launch)(lab);
    let run = lab.launched().map_err(|finding| finding.to_string())?;
    Ok((lab.read(&output), summed(&run.launches)))
}

/// The counts of launches that follow each other, as if they were one.
fn summed(launches: &[Launch]) -> Counted {
    let (mut bytes, mut moved, mut flops) = (0, 0, 0);
    for Launch { counts, .. } in launches {
        let (load, store) = (counts.load(), counts.store());
        bytes += counts.global_bytes();
        // What is neither are atomics, which count as asked for.
        let atomic = counts.global_bytes() - load.bytes - store.bytes;
        moved += 32 * (load.sectors + store.sectors) + atomic;
        flops += counts.float_ops;
    }
    let rooflines = DEVICES.map(|peaks| Roofline {
        peaks,
        intensity: flops as f64 / bytes as f64,
        moved_intensity: flops as f64 / moved as f64,
    });
    let predicted = rooflines.iter().map(|roofline| Predicted {
        device: roofline.peaks.name.into(),
        seconds: (moved as f64 / roofline.peaks.bandwidth).max(flops as f64 / roofline.peaks.flops),
        bound: match roofline.bound() {
            Bound::Memory => "memory".into(),
            Bound::Compute => "arithmetic".into(),
        },
    });
    Counted {
        bytes,
        moved,
        flops,
        launches: launches.len(),
        predicted: predicted.collect(),
        chart: rooflines[0].to_string(),
    }
}
