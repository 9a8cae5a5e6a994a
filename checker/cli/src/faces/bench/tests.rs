use super::*;
use crate::faces::drawn::at_all_widths;
use insta::assert_snapshot;

const TIMED: &str = r#"{
  "exercise": "gpu_map",
  "device": { "kind": "wgpu", "name": "llvmpipe (LLVM 15.0.6, 256 bits) (Vulkan)", "software": true },
  "case": "n = 8388608, 256 units a cube",
  "bytes": 100663296.0,
  "flops": 83886080.0,
  "peaks": { "bandwidth": 8.1e9, "flops": 24.2e9 },
  "contenders": [
    { "role": "answer", "label": "your answer", "difference": 0.0, "counted": null, "failure": null,
      "timed": { "seconds": [0.026, 0.025, 0.027], "median": 0.026, "speed": 1.0, "of_peak": 0.478 } },
    { "role": "reference", "label": "the reference", "difference": 0.0, "counted": null, "failure": null,
      "timed": { "seconds": [0.025, 0.025, 0.027], "median": 0.025, "speed": 1.04, "of_peak": 0.497 } },
    { "role": "naive", "label": "two kernels: the sum, then its GELU", "difference": null, "counted": null, "failure": null,
      "timed": { "seconds": [0.039, 0.039, 0.039], "median": 0.039, "speed": 0.667, "of_peak": 0.32 } }
  ],
  "library": "none has just this"
}"#;

const COUNTED: &str = r#"{
  "exercise": "gpu_map",
  "device": { "kind": "sim", "name": "the course's simulator", "software": true },
  "case": "n = 16384",
  "bytes": 196608.0,
  "flops": 163840.0,
  "peaks": null,
  "contenders": [
    { "role": "answer", "label": "your answer", "difference": null, "counted": null, "timed": null,
      "failure": "not yet implemented" },
    { "role": "naive", "label": "two kernels", "difference": 0.0, "timed": null, "failure": null,
      "counted": { "bytes": 327680, "moved": 327680, "flops": 163840, "launches": 2,
        "predicted": [ { "device": "H100 SXM", "seconds": 9.8e-8, "bound": "memory" } ], "chart": "a chart" } }
  ],
  "library": ""
}"#;

fn drawn(report: &str) -> String {
    let report: Report = serde_json::from_str(report).unwrap();
    at_all_widths(|out, width| draw(&report, width, out))
}

#[test]
fn times_stand_beside_each_other_and_the_peaks_below() {
    assert_snapshot!(drawn(TIMED));
}

#[test]
fn the_simulator_promises_instead() {
    assert_snapshot!(drawn(COUNTED));
    let report: Report = serde_json::from_str(COUNTED).unwrap();
    assert!(report.failed());
}

#[test]
fn units_leave_one_to_three_digits() {
    let shown = [0.0261, 1.5e-7, 8.1e9, 0.0, 999.0].map(|x| unit(x, "s"));
    assert_eq!(shown, ["26.1 ms", "150 ns", "8.1 Gs", "0 s", "999 s"]);
}
