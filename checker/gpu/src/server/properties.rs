//! What the simulated hardware says of itself.

use cubecl_common::profile::TimingMethod;
use cubecl_ir::{
    AddressType, DeviceIdentity, DeviceProperties, ElemType, FloatKind, HardwareProperties,
    IntKind, MemoryDeviceProperties, Type, UIntKind, VectorSize,
    features::{AtomicUsage, Features, Plane, TypeUsage},
};
use cubecl_server::storage::BytesStorage;

use crate::{exec::LANES, limits::Limits};

/// Bytes of global memory.
const MEMORY: u64 = 4 << 30;

/// The properties of every simulated device. Limits narrower than these are checked at a launch.
pub fn properties() -> DeviceProperties {
    let mut features = Features::default();
    features.plane.insert(Plane::Ops);
    let mut properties = DeviceProperties::new(
        features,
        MemoryDeviceProperties::new(MEMORY, BytesStorage::ALIGNMENT as u64),
        hardware(),
        TimingMethod::System,
        DeviceIdentity {
            name: "simulator".into(),
            fingerprint: "simulator".into(),
            physical: None,
        },
    );
    properties.register_address_type(AddressType::U32);
    properties.register_address_type(AddressType::U64);
    for elem in elements() {
        properties.register_type_usage(elem, TypeUsage::all());
    }
    for elem in minifloats() {
        properties.register_type_usage(elem, TypeUsage::Conversion | TypeUsage::Buffer);
    }
    let numbers =
        elements().into_iter().filter(|elem| !matches!(elem, ElemType::Index | ElemType::Bool));
    for elem in numbers {
        properties.register_atomic_type_usage(Type::atomic(elem), AtomicUsage::all());
    }
    properties
}

fn hardware() -> HardwareProperties {
    let limits = Limits::CUDA;
    let [dim_x, dim_y, dim_z] = limits.cube_dim;
    HardwareProperties {
        load_width: 128,
        vector_register_count: None,
        plane_size_min: LANES as u32,
        plane_size_max: LANES as u32,
        max_bindings: limits.buffers,
        max_shared_memory_size: limits.shared_bytes as usize,
        // CubeCL spreads large counts over the axes by this.
        max_cube_count: (65_535, 65_535, 65_535),
        max_units_per_cube: limits.units_per_cube,
        max_cube_dim: (dim_x, dim_y, dim_z),
        num_streaming_multiprocessors: None,
        num_tensor_cores: None,
        min_tensor_cores_dim: None,
        num_cpu_cores: None,
        last_level_cache_size: None,
        max_vector_size: VectorSize::MAX,
        cube_mma_reserved_shared_memory: 0,
    }
}

/// Types that are converted and stored, and that nothing is computed in.
fn minifloats() -> [FloatKind; 8] {
    [
        FloatKind::E2M1,
        FloatKind::E2M1x2,
        FloatKind::E2M3,
        FloatKind::E3M2,
        FloatKind::E4M3,
        FloatKind::E5M2,
        FloatKind::UE8M0,
        FloatKind::TF32,
    ]
}

fn elements() -> [ElemType; 14] {
    [
        ElemType::Index,
        ElemType::Bool,
        UIntKind::U8.into(),
        UIntKind::U16.into(),
        UIntKind::U32.into(),
        UIntKind::U64.into(),
        IntKind::I8.into(),
        IntKind::I16.into(),
        IntKind::I32.into(),
        IntKind::I64.into(),
        FloatKind::F16.into(),
        FloatKind::BF16.into(),
        FloatKind::F32.into(),
        FloatKind::F64.into(),
    ]
}
