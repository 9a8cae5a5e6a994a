//! Which sectors and banks a kernel's accesses meet, and the shape of its launch.

use lab::prelude::*;
use lab::{Run, cubes_along, units_along};

/// Loads the numbers `stride` apart, and stores neighbours.
#[cube(launch)]
fn every(x: &[f32], y: &mut [f32], stride: usize) {
    y[ABSOLUTE_POS] = x[ABSOLUTE_POS * stride];
}

/// Writes the columns of a square with rows of `pitch` numbers, and reads its rows.
#[cube(launch)]
fn turned(y: &mut [f32], #[comptime] pitch: usize) {
    let mut square = Shared::<[f32]>::new_slice(8 * pitch);
    let (row, column) = (UNIT_POS_Y as usize, UNIT_POS_X as usize);
    square[column * pitch + row] = 1.0f32;
    sync_cube();
    y[UNIT_POS as usize] = square[row * pitch + column];
}

fn strided(stride: usize) -> Run {
    let lab = Lab::new();
    let x = lab.upload("x", &vec![1.0f32; 32 * stride]);
    let y = lab.allocate::<f32>("y", 32);
    let (grid, cube) = (CubeCount::Static(1, 1, 1), CubeDim::new_1d(32));
    every::launch(
        &lab.client(),
        grid,
        cube,
        lab.argument(&x),
        lab.argument(&y),
        stride,
    );
    lab.launched().unwrap()
}

fn conflicts(pitch: usize) -> f64 {
    let lab = Lab::new();
    let y = lab.allocate::<f32>("y", 64);
    let (grid, cube) = (CubeCount::Static(1, 1, 1), CubeDim::new_2d(8, 8));
    turned::launch(&lab.client(), grid, cube, lab.argument(&y), pitch);
    lab.launched().unwrap().bank_conflicts()
}

#[test]
fn far_apart_numbers_move_a_sector_each() {
    for (stride, sectors) in [(1, 4.0), (2, 8.0), (8, 32.0), (64, 32.0)] {
        let run = strided(stride);
        let seen = (
            run.loads("x"),
            run.load_sectors("x"),
            run.store_sectors("y"),
        );
        assert_eq!(seen, (32.0, sectors, 4.0), "stride {stride}");
    }
}

#[test]
fn a_pitch_that_banks_divide_makes_units_wait() {
    // Each of the two planes writes words 32 column + row, which are in 4 banks, 8 in each, and
    // reads words 32 row + column, in 8 banks, 4 in each.
    assert_eq!(conflicts(32), 2.0 * (7.0 + 3.0));
    // Modulo 32, 33 column + row is column + row: as much as 4 times the same, either way.
    assert_eq!(conflicts(33), 2.0 * (3.0 + 3.0));
    // 4 column + row is each number once; 4 row + column some of them twice.
    assert_eq!(conflicts(36), 2.0 * (0.0 + 1.0));
}

#[test]
fn a_geometry_is_three_numbers_each() {
    assert_eq!(cubes_along(&CubeCount::Static(3, 2, 1)), [3.0, 2.0, 1.0]);
    assert_eq!(units_along(&CubeDim::new_2d(8, 4)), [8.0, 4.0, 1.0]);
}
