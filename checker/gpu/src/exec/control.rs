//! Branches and loops: which lanes go on where.

use super::{
    lanes::Mask,
    plane::{Frame, Plane},
};
use crate::{counts::Counts, ir::program::Inst};

/// Executes an instruction of control flow; `None` for any other.
/// The answer says whether the plane goes on.
pub fn control(plane: &mut Plane, counts: &mut Counts, inst: Inst) -> Option<bool> {
    let next = plane.at + 1;
    plane.at = match inst {
        Inst::If { .. } | Inst::Else { .. } | Inst::EndIf => branch(plane, counts, inst),
        Inst::Loop | Inst::LoopWhile { .. } | Inst::LoopAgain { .. } | Inst::EndLoop => {
            repeat(plane, counts, inst)
        }
        Inst::Return => {
            plane.alive &= !plane.registers.active;
            plane.registers.active = 0;
            None
        }
        _ => return None,
    }
    .unwrap_or(next);
    Some(plane.alive != 0)
}

/// Executes a part of a branch, and says where the plane jumps.
fn branch(plane: &mut Plane, counts: &mut Counts, inst: Inst) -> Option<usize> {
    let entered = plane.registers.active;
    match inst {
        Inst::If { condition, otherwise } => {
            let taken = plane.registers.truth(condition);
            let refused = entered & !taken;
            note(counts, taken, refused);
            plane.frames.push(Frame::Branch { entered, pending: refused });
            plane.registers.active = taken;
            (taken == 0).then_some(otherwise as usize)
        }
        Inst::Else { end } => {
            let Some(Frame::Branch { pending, .. }) = plane.frames.last_mut() else { unbalanced() };
            plane.registers.active = std::mem::take(pending);
            (plane.registers.active == 0).then_some(end as usize)
        }
        _ => {
            let Some(Frame::Branch { entered, .. }) = plane.frames.pop() else { unbalanced() };
            plane.registers.active = entered & plane.alive;
            None
        }
    }
}

/// Executes a part of a loop, and says where the plane jumps.
fn repeat(plane: &mut Plane, counts: &mut Counts, inst: Inst) -> Option<usize> {
    let entered = plane.registers.active;
    match inst {
        Inst::Loop => {
            plane.frames.push(Frame::Loop { entered, rounds: 0 });
            None
        }
        Inst::LoopWhile { condition, end } => {
            let stays = plane.registers.truth(condition);
            note(counts, stays, entered & !stays);
            plane.registers.active = stays;
            (stays == 0).then_some(end as usize)
        }
        Inst::LoopAgain { top } => {
            let Some(Frame::Loop { rounds, .. }) = plane.frames.last_mut() else { unbalanced() };
            *rounds += 1;
            (entered != 0).then_some(top as usize)
        }
        _ => {
            let Some(Frame::Loop { entered, .. }) = plane.frames.pop() else { unbalanced() };
            plane.registers.active = entered & plane.alive;
            None
        }
    }
}

fn note(counts: &mut Counts, some: Mask, others: Mask) {
    if some | others != 0 {
        counts.branches += 1;
        counts.divergent_branches += u64::from(some != 0 && others != 0);
    }
}

fn unbalanced() -> ! {
    unreachable!("the flattener closes what it opens")
}
