//! The simulator, with a witness of what each test did.

use std::{cell::RefCell, fs::OpenOptions, io::Write, thread};

use cubecl_common::device::DeviceId;
use cubecl_core::{
    client::Client,
    zspace::{Shape, Strides},
};
use cubecl_ir::TargetProperties;
use cubecl_server::runtime::Runtime;
use gpu::{Bounds, Gpu, Options, SimulatedDevice, Simulator};

/// The environment variable that names the file to which tests report.
pub const WITNESS: &str = "CONFORMANCE_WITNESS";

/// The simulator under another name: every test gets a device of its own.
#[derive(Clone, Debug)]
pub struct Witnessed;

/// A test's device. It is given back at the end of the test's thread.
struct Device {
    gpu: Option<Gpu>,
    test: String,
}

impl Drop for Device {
    fn drop(&mut self) {
        let (gpu, test) = (self.gpu.take(), std::mem::take(&mut self.test));
        // A thread that ends has lost what CubeCL keeps for it; another has not.
        let report = thread::spawn(move || {
            if let (Some(gpu), Ok(path)) = (gpu, std::env::var(WITNESS)) {
                let line = format!("{test}\t{}\n", gpu.operations());
                let file = OpenOptions::new().create(true).append(true).open(path);
                file.and_then(|mut file| file.write_all(line.as_bytes()))
                    .expect("the witness file can be written");
            }
        });
        let _ = report.join();
    }
}

thread_local! {
    static DEVICE: RefCell<Option<Device>> = const { RefCell::new(None) };
}

impl Runtime for Witnessed {
    type Server = <Simulator as Runtime>::Server;
    type Device = SimulatedDevice;

    fn client(_: &SimulatedDevice) -> Client {
        DEVICE.with_borrow_mut(|device| {
            let device = device.get_or_insert_with(|| Device {
                // CubeCL's tests rely on what `launch` promises outside a buffer.
                gpu: Some(Gpu::with(Options { bounds: Bounds::AsLaunched, ..Options::default() })),
                test: thread::current().name().unwrap_or_default().to_string(),
            });
            device.gpu.as_ref().expect("the device is there until the thread ends").client()
        })
    }

    fn can_read_tensor(shape: &Shape, strides: &Strides) -> bool {
        Simulator::can_read_tensor(shape, strides)
    }

    fn target_properties() -> TargetProperties {
        Simulator::target_properties()
    }

    fn enumerate_devices(type_id: u16) -> Vec<DeviceId> {
        Simulator::enumerate_devices(type_id)
    }
}
