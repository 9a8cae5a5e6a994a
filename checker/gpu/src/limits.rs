//! How much a launch may ask for.

use crate::finding::{Fault, Resource};

/// The resource limits of a device. A launch beyond them is refused with a
/// [`Fault::Limit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of shared memory in one cube.
    pub shared_bytes: u32,
    /// Units in one cube.
    pub units_per_cube: u32,
    /// Units in one cube along x, y and z.
    pub cube_dim: [u32; 3],
    /// Cubes along x, y and z.
    pub cube_count: [u32; 3],
    /// Buffers bound to one kernel.
    pub buffers: u32,
}

impl Limits {
    /// What a CUDA device offers without being asked.
    pub const CUDA: Limits = Limits {
        shared_bytes: 48 * 1024,
        units_per_cube: 1024,
        cube_dim: [1024, 1024, 64],
        cube_count: [i32::MAX as u32, 65_535, 65_535],
        buffers: 64,
    };

    /// What every WebGPU device offers: a kernel within them runs anywhere.
    pub const WEBGPU: Limits = Limits {
        shared_bytes: 16 * 1024,
        units_per_cube: 256,
        cube_dim: [256, 256, 64],
        cube_count: [65_535; 3],
        buffers: 8,
    };

    /// The first limit that a launch exceeds.
    pub(crate) fn check(&self, request: &Request) -> Result<(), Fault> {
        let units: u64 = request.cube_dim.iter().map(|dim| u64::from(*dim)).product();
        let mut needs = vec![
            (Resource::UnitsPerCube, units, self.units_per_cube),
            (Resource::SharedBytes, request.shared_bytes, self.shared_bytes),
            (Resource::Buffers, request.buffers as u64, self.buffers),
        ];
        for axis in 0..3 {
            let number = axis as u8;
            needs.push((
                Resource::CubeDim { axis: number },
                request.cube_dim[axis].into(),
                self.cube_dim[axis],
            ));
            needs.push((
                Resource::CubeCount { axis: number },
                request.grid[axis].into(),
                self.cube_count[axis],
            ));
        }
        match needs.into_iter().find(|(_, requested, limit)| *requested > u64::from(*limit)) {
            Some((resource, requested, limit)) => {
                Err(Fault::Limit { resource, requested, limit: limit.into() })
            }
            None => Ok(()),
        }
    }
}

/// What a launch asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    pub grid: [u32; 3],
    pub cube_dim: [u32; 3],
    pub shared_bytes: u64,
    pub buffers: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_limit_exceeded_is_named() {
        let request =
            Request { grid: [1, 1, 1], cube_dim: [32, 32, 1], shared_bytes: 0, buffers: 3 };
        assert_eq!(Limits::CUDA.check(&request), Ok(()));
        assert_eq!(
            Limits::WEBGPU.check(&request),
            Err(Fault::Limit { resource: Resource::UnitsPerCube, requested: 1024, limit: 256 }),
        );
    }
}
