//! Which devices for kernels a machine has, told by what lies on its disk: nothing is linked
//! and no driver is started, so that `doctor` costs nothing and never fails.

mod probe;

pub use probe::{Probe, System};

use std::fmt;
use std::path::PathBuf;

/// A device that kernels can be launched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// The course's simulator.
    Sim,
    /// What Vulkan, Metal or Direct3D 12 offer, a software adapter included.
    Wgpu,
    /// An NVIDIA GPU through CUDA.
    Cuda,
    /// The processor, through LLVM.
    Cpu,
}

/// A device as it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Wanted {
    /// The best that is present
    #[default]
    Auto,
    /// The course's simulator: it counts, and has no times
    Sim,
    /// What Vulkan, Metal or Direct3D 12 offer, a software adapter included
    Wgpu,
    /// An NVIDIA GPU through CUDA
    Cuda,
    /// The processor, through LLVM
    Cpu,
}

impl Wanted {
    /// The device that is meant on the machine of `probe`.
    pub fn on(self, probe: &Probe) -> Device {
        match self {
            Self::Auto => probe.best(),
            Self::Sim => Device::Sim,
            Self::Wgpu => Device::Wgpu,
            Self::Cuda => Device::Cuda,
            Self::Cpu => Device::Cpu,
        }
    }
}

impl Device {
    /// Every device.
    pub const ALL: [Self; 4] = [Self::Sim, Self::Wgpu, Self::Cuda, Self::Cpu];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sim => "sim",
            Self::Wgpu => "wgpu",
            Self::Cuda => "cuda",
            Self::Cpu => "cpu",
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What was found of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is there; what it is.
    There(String),
    /// Only a program that stands in for it; what it is.
    Software(String),
    /// It can be had: how.
    ToGet(String),
}

impl Probe {
    /// What there is of `device`.
    pub fn presence(&self, device: Device) -> Presence {
        match device {
            Device::Sim => Presence::There("always: every check is judged on it".into()),
            Device::Wgpu => self.wgpu(),
            Device::Cuda => self.cuda(),
            Device::Cpu => Presence::ToGet(
                "`llmlings bench NAME --device cpu` builds it, and fetches LLVM for that".into(),
            ),
        }
    }

    /// The best device for timing kernels.
    pub fn best(&self) -> Device {
        let there = |device| matches!(self.presence(device), Presence::There(_));
        let software = |device| matches!(self.presence(device), Presence::Software(_));
        if there(Device::Cuda) {
            Device::Cuda
        } else if there(Device::Wgpu) || software(Device::Wgpu) {
            Device::Wgpu
        } else {
            Device::Sim
        }
    }

    fn wgpu(&self) -> Presence {
        match self.system {
            System::MacOs => Presence::There("Metal, which comes with macOS".into()),
            System::Windows => Presence::There("Direct3D 12, which comes with Windows".into()),
            System::Linux => self.vulkan(),
        }
    }

    fn vulkan(&self) -> Presence {
        let install = "for one in software `apt-get install mesa-vulkan-drivers` (Debian, \
                       Ubuntu), `dnf install mesa-vulkan-drivers` (Fedora); for a GPU its driver";
        if self.library("libvulkan.so.1").is_none() {
            return Presence::ToGet(format!("no Vulkan: {install}"));
        }
        let drivers = self.vulkan_drivers();
        let (software, hardware): (Vec<String>, Vec<String>) = drivers
            .into_iter()
            .partition(|driver| driver.starts_with("lvp"));
        // Distributions install drivers for GPUs that are not there.
        if self.has_gpu() && !hardware.is_empty() {
            return Presence::There(format!("Vulkan, drivers {}", hardware.join(", ")));
        }
        match software.is_empty() {
            false => Presence::Software(
                "Vulkan in software (Mesa's lavapipe): right results, the processor's speed".into(),
            ),
            true => Presence::ToGet(format!(
                "Vulkan without a driver that works here: {install}"
            )),
        }
    }

    /// A graphics device of the kernel's, or NVIDIA's own.
    fn has_gpu(&self) -> bool {
        let render = |name: &String| name.starts_with("renderD");
        self.names("dev/dri").iter().any(render) || self.exists("dev/nvidia0")
    }

    fn cuda(&self) -> Presence {
        if self.system == System::MacOs {
            return Presence::ToGet("there is no CUDA for macOS; `wgpu` uses the GPU".into());
        }
        let Some(gpu) = self.nvidia() else {
            return Presence::ToGet("needs an NVIDIA GPU and its driver".into());
        };
        let compiler = match self.system {
            System::Windows => self.variable("CUDA_PATH").map(PathBuf::from),
            _ => self
                .library("libnvrtc.so")
                .or_else(|| self.library("libnvrtc.so.12")),
        };
        match compiler {
            Some(_) => Presence::There(gpu),
            None => Presence::ToGet(format!(
                "{gpu}, but no CUDA toolkit, whose libnvrtc compiles kernels: \
                 https://developer.nvidia.com/cuda-downloads"
            )),
        }
    }

    /// The first NVIDIA GPU, as its driver's tool names it.
    fn nvidia(&self) -> Option<String> {
        let said = self.ask("nvidia-smi", &["--query-gpu=name", "--format=csv,noheader"])?;
        let first = said.lines().next()?.trim();
        (!first.is_empty()).then(|| first.to_string())
    }
}

#[cfg(test)]
mod tests;
