//! Every mistake is caught, and named precisely.

use gpu::{
    Absence, Access, Fault, Finding, Gpu, Limits, Memory, Options, Place, ReadError, Resource,
    Unit,
    cubecl::{self, prelude::*},
};

/// Launches a kernel on a buffer of eight elements called `y`, and returns what went wrong.
fn finding(
    cubes: u32,
    units: u32,
    launch: impl Fn(&Client, CubeCount, CubeDim, BufferArg),
) -> Finding {
    let gpu = Gpu::new();
    let y = gpu.upload("y", &[0.0f32; 8]);
    launch(
        &gpu.client(),
        CubeCount::Static(cubes, 1, 1),
        CubeDim::new_1d(units),
        gpu.argument::<f32>(&y),
    );
    let error = gpu.read::<f32>(&y).expect_err("the kernel is wrong");
    let launches = gpu.launches();
    assert_eq!(launches.len(), 1);
    let ReadError::Finding(finding) = error else { panic!("{error}") };
    assert_eq!(launches[0].finding.as_ref(), Some(&*finding));
    *finding
}

fn unit(x: u32) -> Unit {
    Unit { cube: [0, 0, 0], unit: [x, 0, 0] }
}

fn in_y(element: u64) -> Place {
    Place { memory: Memory::Buffer { position: 0, name: Some("y".into()) }, element }
}

fn in_shared(element: u64) -> Place {
    Place { memory: Memory::Shared { index: 0 }, element }
}

#[cube(launch)]
fn past_the_end(y: &mut [f32]) {
    y[ABSOLUTE_POS] = y[ABSOLUTE_POS + 1];
}

#[test]
fn a_read_out_of_bounds() {
    let found = finding(1, 8, past_the_end::launch);
    assert_eq!(
        found.fault,
        Fault::OutOfBounds { access: Access::Read, place: in_y(8), length: 8, unit: unit(7) }
    );
    assert_eq!(found.kernel, "past_the_end");
    assert_eq!(found.expression.as_deref(), Some("y[ABSOLUTE_POS + 1]"));
    assert_eq!(
        found.to_string(),
        "kernel `past_the_end`: out of bounds: unit (7,0,0) of cube (0,0,0) reads element 8 of `y`, \
         which has 8 elements\n  at: y[ABSOLUTE_POS + 1]"
    );
}

#[cube(launch)]
fn unguarded(y: &mut [f32]) {
    y[ABSOLUTE_POS] = 1.0;
}

#[test]
fn a_write_out_of_bounds() {
    let found = finding(2, 6, unguarded::launch);
    let unit = Unit { cube: [1, 0, 0], unit: [2, 0, 0] };
    assert_eq!(
        found.fault,
        Fault::OutOfBounds { access: Access::Write, place: in_y(8), length: 8, unit }
    );
}

#[cube(launch)]
fn past_the_shared_end(y: &mut [f32]) {
    let mut s = Shared::<[f32]>::new_slice(8usize);
    s[UNIT_POS as usize + 1] = 1.0;
    sync_cube();
    y[ABSOLUTE_POS] = s[UNIT_POS as usize];
}

#[test]
fn a_write_outside_shared_memory() {
    let found = finding(1, 8, past_the_shared_end::launch);
    assert_eq!(
        found.fault,
        Fault::OutOfBounds { access: Access::Write, place: in_shared(8), length: 8, unit: unit(7) }
    );
    assert_eq!(found.expression.as_deref(), Some("shared#0[UNIT_POS + 1] = 1.0"));
}

#[cube(launch)]
fn unordered(y: &mut [f32]) {
    let mut s = Shared::<[f32]>::new_slice(8usize);
    s[UNIT_POS as usize] = 1.0;
    y[ABSOLUTE_POS] = s[(UNIT_POS as usize + 1) % 8];
}

#[test]
fn a_race_in_shared_memory() {
    let found = finding(1, 8, unordered::launch);
    let Fault::Race { place, first: (writer, wrote), second: (reader, reads) } = &found.fault
    else {
        panic!("{found}")
    };
    assert_eq!((place, *wrote, *reads), (&in_shared(1), Access::Write, Access::Read));
    assert_eq!((*writer, *reader), (unit(1), unit(0)));
    assert_eq!(
        found.to_string(),
        "kernel `unordered`: data race on element 1 of shared memory #0: unit (1,0,0) of cube (0,0,0) wrote it, \
         unit (0,0,0) of cube (0,0,0) reads it, and no sync_cube() stands between\n  at: shared#0[(UNIT_POS + 1) % 8]"
    );
}

#[cube(launch)]
fn all_to_one(y: &mut [f32]) {
    y[0] = 1.0;
}

#[test]
fn a_race_in_global_memory() {
    let found = finding(1, 2, all_to_one::launch);
    assert_eq!(
        found.fault,
        Fault::Race {
            place: in_y(0),
            first: (unit(0), Access::Write),
            second: (unit(1), Access::Write)
        }
    );
}

#[test]
fn a_race_between_cubes() {
    let found = finding(2, 1, all_to_one::launch);
    let other = Unit { cube: [1, 0, 0], unit: [0, 0, 0] };
    assert_eq!(
        found.fault,
        Fault::Race {
            place: in_y(0),
            first: (unit(0), Access::Write),
            second: (other, Access::Write)
        }
    );
    assert!(found.to_string().contains("no barrier orders different cubes of one launch"));
}

#[cube(launch)]
fn partly_filled(y: &mut [f32]) {
    let mut s = Shared::<[f32]>::new_slice(8usize);
    if UNIT_POS < 7 {
        s[UNIT_POS as usize] = 1.0;
    }
    sync_cube();
    y[ABSOLUTE_POS] = s[UNIT_POS as usize];
}

#[test]
fn an_uninitialised_read() {
    let found = finding(1, 8, partly_filled::launch);
    assert_eq!(found.fault, Fault::Uninitialised { place: in_shared(7), unit: unit(7) });
}

#[cube(launch)]
fn barrier_in_a_branch(y: &mut [f32]) {
    if UNIT_POS < 4 {
        y[UNIT_POS as usize] = 1.0;
        sync_cube();
    }
}

#[test]
fn a_barrier_that_some_units_do_not_reach() {
    let found = finding(1, 8, barrier_in_a_branch::launch);
    let why = Absence::ElsewhereInFlow;
    assert_eq!(
        found.fault,
        Fault::DivergentBarrier { waiting: 4, of: 8, waiter: unit(0), absent: unit(4), why }
    );
}

#[cube(launch)]
fn early_exit(y: &mut [f32]) {
    if UNIT_POS >= 6 {
        terminate!();
    }
    sync_cube();
    y[UNIT_POS as usize] = 1.0;
}

#[test]
fn a_barrier_after_units_have_left() {
    let found = finding(1, 8, early_exit::launch);
    // CubeCL puts what follows a `terminate!` into the other branch.
    let why = Absence::ElsewhereInFlow;
    assert_eq!(
        found.fault,
        Fault::DivergentBarrier { waiting: 6, of: 8, waiter: unit(0), absent: unit(6), why }
    );
}

#[cube(launch)]
fn whole_planes_leave(y: &mut [f32]) {
    if UNIT_POS >= 32 {
        terminate!();
    }
    sync_cube();
    y[0] = 1.0;
}

#[test]
fn a_barrier_after_a_plane_has_left() {
    let found = finding(1, 64, whole_planes_leave::launch);
    let why = Absence::Finished;
    assert_eq!(
        found.fault,
        Fault::DivergentBarrier { waiting: 32, of: 64, waiter: unit(0), absent: unit(32), why }
    );
}

#[cube(launch)]
fn barrier_in_different_rounds(y: &mut [f32]) {
    let plane = UNIT_POS / 32;
    for round in 0..2u32 {
        if round == plane {
            sync_cube();
        }
    }
    if UNIT_POS == 0 {
        y[0] = 1.0;
    }
}

#[test]
fn the_same_barrier_in_different_rounds() {
    let found = finding(1, 64, barrier_in_different_rounds::launch);
    let why = Absence::OtherIteration;
    assert_eq!(
        found.fault,
        Fault::DivergentBarrier { waiting: 32, of: 64, waiter: unit(0), absent: unit(32), why }
    );
}

#[cube(launch)]
fn plane_op_in_a_branch(y: &mut [f32]) {
    if UNIT_POS < 4 {
        y[UNIT_POS as usize] = plane_sum(1.0f32);
    }
}

#[test]
fn a_plane_operation_that_some_units_do_not_execute() {
    let found = finding(1, 8, plane_op_in_a_branch::launch);
    assert_eq!(found.fault, Fault::DivergentPlane { waiter: unit(0), absent: unit(4) });
}

#[cube(launch)]
fn endless(y: &mut [f32]) {
    let mut i = UNIT_POS;
    while i < 8 {
        y[UNIT_POS as usize] = 1.0;
        i *= 1;
    }
}

#[test]
fn a_loop_that_never_ends() {
    let gpu = Gpu::with(Options { budget: 100_000, ..Options::default() });
    let y = gpu.upload("y", &[0.0f32; 8]);
    endless::launch(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(8),
        gpu.argument::<f32>(&y),
    );
    let Err(ReadError::Finding(found)) = gpu.read::<f32>(&y) else {
        panic!("an endless kernel ended")
    };
    assert_eq!(found.fault, Fault::Endless { instructions: 100_000 });
}

#[cube(launch)]
fn divides(y: &mut [f32]) {
    let remainder = 7 / ((UNIT_POS + 5) % 8);
    y[UNIT_POS as usize] = remainder as f32;
}

#[test]
fn a_division_by_zero() {
    let found = finding(1, 8, divides::launch);
    assert_eq!(found.fault, Fault::DivisionByZero { unit: unit(3) });
    assert_eq!(found.expression.as_deref(), Some("(7 / ((UNIT_POS + 5) % 8))"));
}

#[cube(launch)]
fn large_tile(y: &mut [f32]) {
    let mut s = Shared::<[f32]>::new_slice(5000usize);
    s[UNIT_POS as usize] = 1.0;
    y[UNIT_POS as usize] = s[UNIT_POS as usize];
}

#[test]
fn launches_too_large_for_the_device() {
    let run = |limits, units: u32| {
        let gpu = Gpu::with(Options { limits, ..Options::default() });
        let y = gpu.upload("y", &[0.0f32; 2048]);
        large_tile::launch(
            &gpu.client(),
            CubeCount::Static(1, 1, 1),
            CubeDim::new_1d(units),
            gpu.argument::<f32>(&y),
        );
        gpu.read::<f32>(&y).map(|_| ())
    };
    let limit = |resource, requested, limit| {
        let fault = Fault::Limit { resource, requested, limit };
        Err(ReadError::Finding(Box::new(Finding {
            kernel: "large_tile".into(),
            fault,
            expression: None,
        })))
    };
    assert_eq!(run(Limits::CUDA, 32), Ok(()));
    assert_eq!(run(Limits::WEBGPU, 32), limit(Resource::SharedBytes, 20_000, 16_384));
    assert_eq!(run(Limits::WEBGPU, 512), limit(Resource::UnitsPerCube, 512, 256));
    assert_eq!(run(Limits::CUDA, 2048), limit(Resource::UnitsPerCube, 2048, 1024));
}

#[cube(launch)]
fn plane_barrier(y: &mut [f32]) {
    y[UNIT_POS as usize] = 1.0;
    sync_plane();
}

#[test]
fn what_is_not_simulated_is_named() {
    let found = finding(1, 8, plane_barrier::launch);
    assert_eq!(
        found.to_string(),
        "kernel `plane_barrier`: a barrier for one plane (sync_plane) is not simulated; \
         use sync_cube(), which orders the whole cube"
    );
}

/// A failed launch says so to everybody who reads what it was to write, in CubeCL's own way too.
#[test]
fn an_error_of_cubecl_leads_to_its_finding() {
    let gpu = Gpu::new();
    let y = gpu.upload("y", &[0.0f32; 8]);
    all_to_one::launch(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(2),
        gpu.argument::<f32>(&y),
    );
    let error = gpu.client().read_one(y).expect_err("the kernel races");
    assert!(matches!(gpu.finding_in(&error).unwrap().fault, Fault::Race { .. }));
}

#[cube(launch)]
fn assigned_constant(y: &mut [f32], #[comptime] block: usize) {
    let mut stride = block / 2;
    while stride > 0 {
        stride /= 2;
    }
    y[UNIT_POS as usize] = 1.0;
}

#[cube(launch)]
fn constant_past_the_end(y: &mut [f32], #[comptime] length: usize) {
    let local = Array::<f32>::new(length);
    y[UNIT_POS as usize] = local[length];
}

/// What CubeCL does not compile is a finding too, in words without what it wraps around them.
#[test]
fn what_does_not_compile_is_found() {
    let found = finding(1, 8, |client, count, dim, y| {
        assigned_constant::launch(client, count, dim, y, 8);
    });
    assert_eq!(
        found.to_string(),
        "kernel `assigned_constant`: CubeCL cannot compile it: Expected operand type cube.ptr, \
         but found cube.index; is a `let mut` assigned to that began as a comptime value? It must \
         begin as one that the running kernel has, such as CUBE_DIM or a parameter"
    );
    let found = finding(1, 8, |client, count, dim, y| {
        constant_past_the_end::launch(client, count, dim, y, 3);
    });
    assert!(found.to_string().contains("its compiler panicked"), "{found}");
}
