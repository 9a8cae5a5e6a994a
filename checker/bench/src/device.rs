//! The devices that kernels can be timed on: those whose runtimes this program was built with.

use crate::report::Machine;
use lab::Lab;
use lab::cubecl::client::Client;
use std::fmt;
use std::str::FromStr;

/// A kind of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The simulator, which counts instead of running quickly.
    Sim,
    /// Whatever Vulkan, Metal or Direct3D offer; a software adapter counts.
    Wgpu,
    /// An NVIDIA GPU through CUDA.
    Cuda,
    /// The processor, through LLVM.
    Cpu,
}

impl Kind {
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

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let kinds = [Self::Sim, Self::Wgpu, Self::Cuda, Self::Cpu];
        let found = kinds.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| format!("{name:?} is no device: sim, wgpu, cuda or cpu"))
    }
}

/// Why a device cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// This program was built without its runtime.
    NotBuilt(Kind),
    /// The machine has none; what the runtime says.
    NotThere(Kind, String),
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBuilt(kind) => write!(
                f,
                "this program was built without {0}: build it with `--features {0}`",
                kind.name()
            ),
            Self::NotThere(kind, words) => write!(f, "no device for {}: {words}", kind.name()),
        }
    }
}

impl std::error::Error for Unavailable {}

/// A device that is there.
pub enum Opened {
    /// The simulator.
    Simulator,
    /// A real one.
    Real {
        /// What kernels are launched on.
        client: Client,
        /// What it is.
        machine: Machine,
    },
}

impl Opened {
    /// A lab on it.
    pub fn lab(&self) -> Lab {
        match self {
            Self::Simulator => Lab::new(),
            Self::Real { client, .. } => Lab::on(client.clone()),
        }
    }

    /// What it is.
    pub fn machine(&self) -> Machine {
        match self {
            Self::Simulator => Machine {
                kind: Kind::Sim.name().into(),
                name: "the course's simulator".into(),
                software: true,
            },
            Self::Real { machine, .. } => machine.clone(),
        }
    }
}

/// Opens the best device of a kind.
///
/// # Errors
/// If there is none, or this program was built without its runtime.
pub fn open(kind: Kind) -> Result<Opened, Unavailable> {
    match kind {
        Kind::Sim => Ok(Opened::Simulator),
        Kind::Wgpu => wgpu(),
        Kind::Cuda => cuda(),
        Kind::Cpu => cpu(),
    }
}

#[cfg(feature = "wgpu")]
fn wgpu() -> Result<Opened, Unavailable> {
    use cubecl_server::runtime::Runtime as _;
    use cubecl_wgpu::wgpu::DeviceType;
    use cubecl_wgpu::{AutoGraphicsApi, RuntimeOptions, WgpuDevice, WgpuRuntime};

    let absent = |words: String| Unavailable::NotThere(Kind::Wgpu, words);
    let runtime: fn(&WgpuDevice) -> Client = WgpuRuntime::<cubecl_wgpu::AutoCompiler>::client;
    let device = WgpuDevice::default();
    let options = RuntimeOptions::try_default().map_err(|e| absent(e.to_string()))?;
    let setup = cubecl_wgpu::try_init_setup::<AutoGraphicsApi>(&device, options)
        .map_err(|e| absent(e.to_string()))?;
    let adapter = setup.adapter.get_info();
    Ok(Opened::Real {
        client: runtime(&device),
        machine: Machine {
            kind: Kind::Wgpu.name().into(),
            name: format!("{} ({:?})", adapter.name, adapter.backend),
            software: adapter.device_type == DeviceType::Cpu,
        },
    })
}

#[cfg(not(feature = "wgpu"))]
fn wgpu() -> Result<Opened, Unavailable> {
    Err(Unavailable::NotBuilt(Kind::Wgpu))
}

#[cfg(feature = "cuda")]
fn cuda() -> Result<Opened, Unavailable> {
    use cubecl_cuda::{CudaDevice, CudaRuntime};
    first::<CudaRuntime>(Kind::Cuda, &CudaDevice::default(), false)
}

#[cfg(not(feature = "cuda"))]
fn cuda() -> Result<Opened, Unavailable> {
    Err(Unavailable::NotBuilt(Kind::Cuda))
}

#[cfg(feature = "cpu")]
fn cpu() -> Result<Opened, Unavailable> {
    use cubecl_cpu::{CpuDevice, CpuRuntime};
    first::<CpuRuntime>(Kind::Cpu, &CpuDevice::default(), true)
}

#[cfg(not(feature = "cpu"))]
fn cpu() -> Result<Opened, Unavailable> {
    Err(Unavailable::NotBuilt(Kind::Cpu))
}

/// The default device of a runtime, if the machine has any.
#[cfg(any(feature = "cuda", feature = "cpu"))]
fn first<R: cubecl_server::runtime::Runtime>(
    kind: Kind,
    device: &R::Device,
    software: bool,
) -> Result<Opened, Unavailable> {
    if !R::is_available() {
        return Err(Unavailable::NotThere(kind, "the runtime finds none".into()));
    }
    let client = R::client(device);
    let machine = Machine {
        kind: kind.name().into(),
        name: client.name().into(),
        software,
    };
    Ok(Opened::Real { client, machine })
}
