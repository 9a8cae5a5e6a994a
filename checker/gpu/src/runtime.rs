//! The simulator as one of CubeCL's runtimes.

use cubecl_common::device::{Device, DeviceId};
use cubecl_core::zspace::{Shape, Strides};
use cubecl_ir::TargetProperties;
use cubecl_server::runtime::Runtime;

use crate::server::SimulatedServer;

/// The runtime, for code that is generic over runtimes.
#[derive(Clone, Debug)]
pub struct Simulator;

/// A simulated device by its index. The default one is shared by all who ask for it;
/// [`Gpu`](crate::Gpu) owns one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SimulatedDevice {
    index: u16,
}

impl From<DeviceId> for SimulatedDevice {
    fn from(id: DeviceId) -> Self {
        Self { index: id.index_id }
    }
}

impl Device for SimulatedDevice {
    fn from_id(id: DeviceId) -> Self {
        id.into()
    }

    fn to_id(&self) -> DeviceId {
        DeviceId { type_id: 0, index_id: self.index }
    }
}

impl Runtime for Simulator {
    type Server = SimulatedServer;
    type Device = SimulatedDevice;

    /// Tensors are read row by row, without gaps.
    fn can_read_tensor(shape: &Shape, strides: &Strides) -> bool {
        let mut expected = 1;
        shape.iter().zip(strides.iter()).rev().all(|(size, stride)| {
            let fits = *stride == expected || *size == 1;
            expected *= size;
            fits
        })
    }

    fn target_properties() -> TargetProperties {
        TargetProperties { mma: Default::default() }
    }

    fn enumerate_devices(_type_id: u16) -> Vec<DeviceId> {
        vec![SimulatedDevice::default().to_id()]
    }
}
