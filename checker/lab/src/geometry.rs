//! The shape of a launch, as evidence.

use gpu::cubecl::prelude::{CubeCount, CubeDim};

/// Cubes along x, y and z; NaN where the number is in a buffer of the device.
pub fn cubes_along(cubes: &CubeCount) -> [f64; 3] {
    match cubes {
        CubeCount::Static(x, y, z) => [x, y, z].map(|&count| f64::from(count)),
        CubeCount::Dynamic(_) => [f64::NAN; 3],
    }
}

/// Units of a cube along x, y and z.
pub fn units_along(cube: &CubeDim) -> [f64; 3] {
    [cube.x, cube.y, cube.z].map(f64::from)
}
