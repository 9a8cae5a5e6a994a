//! Machines made up of empty files.

use super::{Device, Presence, Probe, System};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A Linux machine with these files, where no program answers.
fn machine(files: &[&str]) -> (TempDir, Probe) {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        put(folder.path(), file);
    }
    let probe = Probe {
        root: folder.path().into(),
        variables: BTreeMap::new(),
        system: System::Linux,
        program: |_, _| None,
    };
    (folder, probe)
}

fn put(root: &Path, file: &str) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, "").unwrap();
}

const LOADER: &str = "usr/lib/x86_64-linux-gnu/libvulkan.so.1";
const LAVAPIPE: &str = "usr/share/vulkan/icd.d/lvp_icd.x86_64.json";
const RADEON: &str = "usr/share/vulkan/icd.d/radeon_icd.x86_64.json";
const RENDER: &str = "dev/dri/renderD128";

/// An NVIDIA driver's tool that works.
fn nvidia(program: &str, _: &[&str]) -> Option<String> {
    (program == "nvidia-smi").then(|| "NVIDIA H100 80GB HBM3\nNVIDIA H100 80GB HBM3\n".into())
}

#[test]
fn a_bare_machine_has_the_simulator_and_is_told_how_to_get_more() {
    let (_folder, probe) = machine(&[]);
    assert!(matches!(probe.presence(Device::Sim), Presence::There(_)));
    let Presence::ToGet(how) = probe.presence(Device::Wgpu) else {
        panic!("there is no Vulkan");
    };
    assert!(how.contains("apt-get install mesa-vulkan-drivers"), "{how}");
    assert!(matches!(probe.presence(Device::Cuda), Presence::ToGet(_)));
    assert_eq!(probe.best(), Device::Sim);
}

#[test]
fn a_driver_for_a_gpu_that_is_not_there_does_not_count() {
    let (_folder, probe) = machine(&[LOADER, LAVAPIPE, RADEON]);
    assert!(matches!(
        probe.presence(Device::Wgpu),
        Presence::Software(_)
    ));
    assert_eq!(probe.best(), Device::Wgpu);

    let (_folder, probe) = machine(&[LOADER, RADEON]);
    assert!(matches!(probe.presence(Device::Wgpu), Presence::ToGet(_)));

    let (_folder, probe) = machine(&[LOADER, LAVAPIPE, RADEON, RENDER]);
    let there = Presence::There("Vulkan, drivers radeon".into());
    assert_eq!(probe.presence(Device::Wgpu), there);
}

#[test]
fn drivers_can_be_chosen_by_a_variable() {
    let (_folder, mut probe) = machine(&[LOADER, RADEON, RENDER]);
    let chosen = "/opt/mesa/lvp_icd.x86_64.json".to_string();
    probe.variables.insert("VK_DRIVER_FILES".into(), chosen);
    assert!(matches!(
        probe.presence(Device::Wgpu),
        Presence::Software(_)
    ));
}

#[test]
fn cuda_needs_a_driver_and_a_compiler() {
    let (folder, mut probe) = machine(&[]);
    probe.program = nvidia;
    let Presence::ToGet(how) = probe.presence(Device::Cuda) else {
        panic!("there is no toolkit");
    };
    assert!(
        how.starts_with("NVIDIA H100 80GB HBM3, but no CUDA"),
        "{how}"
    );
    put(folder.path(), "usr/local/cuda/lib64/libnvrtc.so");
    let there = Presence::There("NVIDIA H100 80GB HBM3".into());
    assert_eq!(probe.presence(Device::Cuda), there);
    assert_eq!(probe.best(), Device::Cuda);
}

#[test]
fn other_systems_bring_their_own() {
    let (_folder, mut probe) = machine(&[]);
    for system in [System::MacOs, System::Windows] {
        probe.system = system;
        assert!(matches!(probe.presence(Device::Wgpu), Presence::There(_)));
        assert_eq!(probe.best(), Device::Wgpu);
    }
}
