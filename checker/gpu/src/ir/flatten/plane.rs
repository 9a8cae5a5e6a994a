//! `plane.*` and `sync.*`: what units do together.

use cubecl_ir::{
    dialect::{
        OperationPtrExt,
        plane::BroadcastOp,
        synchronization::{SyncOp, SyncScope},
    },
    prelude::*,
};

use super::{Flattened, Flattener, Kind, Refusal, Shape};
use crate::ir::program::{AtomicOp, Inst, PlaneOp, Slot};

impl Flattener<'_> {
    pub fn plane(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        if let Some(reduction) = reduction_of(name) {
            self.collective(op, reduction, 0)?;
            return Ok(true);
        }
        match name {
            "sync.sync" => self.sync(op)?,
            "plane.elect" => {
                let (to, _) = self.define_result(op)?;
                self.emit(Inst::Plane {
                    op: PlaneOp::Elect,
                    kind: Kind::Bool,
                    to,
                    a: to,
                    b: 0,
                    count: 1,
                });
            }
            "plane.broadcast" => {
                let lane = op.as_op::<BroadcastOp>(self.ctx).unwrap().lane(self.ctx).0;
                let lane = self.constant(lane as u64, Kind::U32);
                self.collective(op, PlaneOp::Shuffle, lane)?;
            }
            "plane.shuffle" => self.shuffle(op, PlaneOp::Shuffle)?,
            "plane.shuffle_xor" => self.shuffle(op, PlaneOp::ShuffleXor)?,
            "plane.shuffle_up" => self.shuffle(op, PlaneOp::ShuffleUp)?,
            "plane.shuffle_down" => self.shuffle(op, PlaneOp::ShuffleDown)?,
            "plane.uniform_load" => self.uniform_load(op, false)?,
            "plane.atomic_uniform_load" => self.uniform_load(op, true)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn shuffle(&mut self, op: Ptr<Operation>, shuffle: PlaneOp) -> Flattened<()> {
        let lane = self.operand(op, 1)?;
        self.collective(op, shuffle, lane)
    }

    fn collective(&mut self, op: Ptr<Operation>, plane: PlaneOp, b: Slot) -> Flattened<()> {
        let Shape { kind, count } = self.operand_shape(op, 0)?;
        let a = self.operand(op, 0)?;
        let (to, _) = self.define_result(op)?;
        self.emit(Inst::Plane { op: plane, kind, to, a, b, count });
        Ok(())
    }

    fn sync(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        match op.as_op::<SyncOp>(self.ctx).unwrap().scope(self.ctx).0 {
            SyncScope::Unit => Ok(()),
            // Device scope promises more only between cubes, which a launch runs one by one.
            SyncScope::Cube | SyncScope::Device => {
                self.emit(Inst::Barrier);
                Ok(())
            }
            SyncScope::Plane => Err(Refusal::new(
                "a barrier for one plane (sync_plane)",
                "use sync_cube(), which orders the whole cube",
            )),
        }
    }

    /// A load that synchronizes the cube before and after, so that all units see one value.
    fn uniform_load(&mut self, op: Ptr<Operation>, atomic: bool) -> Flattened<()> {
        let at = self.address(op.operand(self.ctx, 0))?;
        let (to, Shape { kind, count }) = self.define_result(op)?;
        self.emit(Inst::Barrier);
        if atomic {
            self.mark_atomic(at);
            self.emit(Inst::Atomic { op: AtomicOp::Load, kind, to, at, a: 0, b: 0 });
        } else {
            self.emit(Inst::Load { to, at, kind, count });
        }
        self.emit(Inst::Barrier);
        Ok(())
    }
}

fn reduction_of(name: &str) -> Option<PlaneOp> {
    Some(match name {
        "plane.f_sum" | "plane.i_sum" => PlaneOp::Sum,
        "plane.f_prod" | "plane.i_prod" => PlaneOp::Prod,
        "plane.f_min" | "plane.s_min" | "plane.u_min" => PlaneOp::Min,
        "plane.f_max" | "plane.s_max" | "plane.u_max" => PlaneOp::Max,
        "plane.inclusive_f_sum" | "plane.inclusive_i_sum" => PlaneOp::InclusiveSum,
        "plane.exclusive_f_sum" | "plane.exclusive_i_sum" => PlaneOp::ExclusiveSum,
        "plane.inclusive_f_prod" | "plane.inclusive_i_prod" => PlaneOp::InclusiveProd,
        "plane.exclusive_f_prod" | "plane.exclusive_i_prod" => PlaneOp::ExclusiveProd,
        "plane.all" => PlaneOp::All,
        "plane.any" => PlaneOp::Any,
        "plane.ballot" => PlaneOp::Ballot,
        _ => return None,
    })
}
