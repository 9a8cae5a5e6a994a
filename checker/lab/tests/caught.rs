//! What a lab says of kernels that are wrong.

use lab::prelude::*;

#[cube(launch)]
fn shifted(x: &[f32], y: &mut [f32]) {
    y[ABSOLUTE_POS] = x[ABSOLUTE_POS + 1];
}

#[cube(launch)]
fn twice(x: &[f32], y: &mut [f32]) {
    y[ABSOLUTE_POS] = x[ABSOLUTE_POS] + x[ABSOLUTE_POS];
}

#[cube(launch)]
#[allow(unused_variables)]
fn unwritten(x: &[f32], y: &mut [f32]) {
    todo!()
}

fn buffers(lab: &Lab) -> (Buffer<f32>, Buffer<f32>) {
    (
        lab.upload("x", &[0.1f32, 0.2, 0.3, 0.4]),
        lab.allocate("y", 4),
    )
}

#[test]
fn counts_and_values_are_those_of_the_launch() {
    let lab = Lab::new();
    let (x, y) = buffers(&lab);
    let (grid, cube) = (CubeCount::Static(2, 1, 1), CubeDim::new_1d(2));
    twice::launch(
        &lab.client(),
        grid,
        cube,
        lab.argument(&x),
        lab.argument(&y),
    );
    let run = lab.launched().unwrap();
    assert_eq!(
        (run.loads("x"), run.stores("y"), run.traffic()),
        (8.0, 4.0, 12.0)
    );
    assert_eq!(lab.numbers(&y), [0.2, 0.4, 0.6, 0.8]);
    // The next call is about the next launches.
    assert_eq!(lab.launched().unwrap().traffic(), 0.0);
}

#[test]
fn what_was_caught_is_told_and_nothing_is_computed() {
    let lab = Lab::new();
    let (x, y) = buffers(&lab);
    let (grid, cube) = (CubeCount::Static(1, 1, 1), CubeDim::new_1d(4));
    shifted::launch(
        &lab.client(),
        grid,
        cube,
        lab.argument(&x),
        lab.argument(&y),
    );
    let caught = lab.launched().unwrap_err();
    let words = "unit (3,0,0) of cube (0,0,0) reads element 4 of `x`, which has 4 elements";
    assert!(caught.to_string().contains(words), "{caught}");
    assert!(lab.read(&y).iter().all(|y| y.is_nan()));
}

#[test]
fn an_unwritten_kernel_is_caught_as_well() {
    let lab = Lab::new();
    let (x, y) = buffers(&lab);
    let (grid, cube) = (CubeCount::Static(1, 1, 1), CubeDim::new_1d(4));
    unwritten::launch(
        &lab.client(),
        grid,
        cube,
        lab.argument(&x),
        lab.argument(&y),
    );
    let caught = lab.launched().unwrap_err();
    assert!(
        caught.to_string().contains("not yet implemented"),
        "{caught}"
    );
}
