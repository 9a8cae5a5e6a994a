//! What a lab's kernels run on: the simulator, or a real device for those who time kernels and
//! those who compare.

use gpu::cubecl::client::Client;
use gpu::cubecl::future::block_on;
use gpu::cubecl::prelude::{BufferArg, CubeElement};
use gpu::cubecl::server::Handle;
use gpu::{Gpu, Launch};
use std::sync::OnceLock;

/// What [`Lab::new`](crate::Lab::new) makes labs on; the simulator where this is empty.
static CHOSEN: OnceLock<Client> = OnceLock::new();

/// From now on every new [`Lab`](crate::Lab) of this process runs its kernels on the device of
/// `client`, which counts nothing and catches nothing: a check program that is told so shows
/// what its kernels compute there. The first call decides.
pub fn run_on(client: Client) {
    let _ = CHOSEN.set(client);
}

/// A device, simulated or real.
#[derive(Debug)]
pub(crate) enum Device {
    Simulated(Gpu),
    Real(RealDevice),
}

/// The client of a real device. It has no way to show itself.
pub(crate) struct RealDevice(Client);

impl std::fmt::Debug for RealDevice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RealDevice").field(&self.0.name()).finish()
    }
}

impl Device {
    /// The device that this process was told to use; without one what `simulated` makes.
    pub fn chosen_or(simulated: impl FnOnce() -> Gpu) -> Self {
        match CHOSEN.get() {
            Some(client) => Self::real(client.clone()),
            None => Self::Simulated(simulated()),
        }
    }

    pub fn real(client: Client) -> Self {
        Self::Real(RealDevice(client))
    }

    pub fn client(&self) -> Client {
        match self {
            Self::Simulated(gpu) => gpu.client(),
            Self::Real(RealDevice(client)) => client.clone(),
        }
    }

    pub fn upload<T: CubeElement>(&self, name: &str, values: &[T]) -> Handle {
        match self {
            Self::Simulated(gpu) => gpu.upload(name, values),
            Self::Real(RealDevice(client)) => client.create_from_slice(T::as_bytes(values)),
        }
    }

    pub fn allocate<T: CubeElement>(&self, name: &str, length: usize) -> Handle {
        match self {
            Self::Simulated(gpu) => gpu.allocate::<T>(name, length),
            Self::Real(RealDevice(client)) => client.empty(length * size_of::<T>()),
        }
    }

    pub fn argument<T: CubeElement>(&self, handle: &Handle) -> BufferArg {
        match self {
            Self::Simulated(gpu) => gpu.argument::<T>(handle),
            Self::Real(_) => {
                let length = handle.size_in_used() as usize / size_of::<T>();
                // SAFETY: the length is the handle's own, and kernels are launched by `launch`,
                // which has every access checked.
                unsafe { BufferArg::from_raw_parts(handle.clone(), length) }
            }
        }
    }

    /// The elements of a buffer; nothing where what was to write it failed.
    ///
    /// # Panics
    /// If a real device fails: there is no finding that would tell of it.
    pub fn read<T: CubeElement>(&self, handle: &Handle) -> Option<Vec<T>> {
        match self {
            Self::Simulated(gpu) => gpu.read(handle).ok(),
            Self::Real(RealDevice(client)) => match client.read_one(handle.clone()) {
                Ok(bytes) => Some(T::from_bytes(&bytes).to_vec()),
                Err(error) => panic!("{}: {error}", client.name()),
            },
        }
    }

    /// The launches since the last call, once they have run; a real device has no record of
    /// them.
    ///
    /// # Panics
    /// As [`read`](Self::read).
    pub fn launches(&self) -> Vec<Launch> {
        match self {
            Self::Simulated(gpu) => gpu.launches(),
            Self::Real(RealDevice(client)) => match block_on(client.sync()) {
                Ok(()) => Vec::new(),
                Err(error) => panic!("{}: {error}", client.name()),
            },
        }
    }
}
