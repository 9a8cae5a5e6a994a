//! Tests that the simulator does not pass, and what each would need.

/// Tests that CubeCL itself leaves out by default, and that take many minutes here: conversions
/// of every `f32` there is, and three hundred launches of sixteen million iterations.
pub const NOT_RUN: [&str; 2] = ["encode_sweep", "_ty::test_stream"];
/// How many tests these are.
pub const NOT_RUN_COUNT: usize = 12;

/// Parts of test names, with the operation or the promise that the tests need.
pub const EXCLUSIONS: &[(&str, &str)] = &[
    ("cmma", "matrix.*: tensor cores"),
    ("cube_mma", "matrix.*: tensor cores"),
    ("tensormap", "tma.*: the tensor memory accelerator"),
    ("barrier", "barrier.*: asynchronous copies"),
    ("cluster", "clusters of cubes"),
    ("test_sync_plane", "sync.sync of one plane"),
    ("sync_storage", "sync.sync between cubes, which run one after another"),
    ("diverged_votes", "plane.* in divergent control flow, which is a finding"),
    ("finished_sync_cube", "two cubes that write the same elements, which is a finding"),
    ("max_shared", "a read of shared memory that nobody wrote, which is a finding"),
    ("assign_mut_expr", "nothing: CubeCL refuses the kernel on every device"),
    ("u64_ty::test_saturating", "nothing: the test skips u64 on every device"),
    ("u64_ty::test_const_match", "nothing: the test skips u64 on every device"),
    ("f64_ty::test_vector_index", "vectors of four f64 in one load"),
];

/// What a test would need.
pub fn reason(test: &str) -> Option<&'static str> {
    EXCLUSIONS.iter().find(|(pattern, _)| test.contains(pattern)).map(|(_, reason)| *reason)
}

/// Tests that compare names of kernels, and launch none.
pub fn needs_no_device(test: &str) -> bool {
    test.ends_with("test_launch_with_comptime_name_disambiguation")
}
