//! Branches and loops: which lanes go on where.

use super::{
    lanes::Mask,
    plane::{Frame, Plane},
};
use crate::{counts::Counts, ir::program::Inst};

/// Executes an instruction of control flow; `None` for any other.
/// The answer says whether the plane goes on.
pub fn control(plane: &mut Plane, counts: &mut Counts, inst: Inst) -> Option<bool> {
    plane.at += 1;
    match inst {
        Inst::If {
            condition,
            otherwise,
        } => {
            let taken = plane.registers.truth(condition);
            let refused = plane.registers.active & !taken;
            note(counts, taken, refused);
            let entered = plane.registers.active;
            plane.frames.push(Frame::Branch {
                entered,
                pending: refused,
            });
            plane.registers.active = taken;
            if taken == 0 {
                plane.at = otherwise as usize;
            }
        }
        Inst::Else { end } => {
            let Some(Frame::Branch { pending, .. }) = plane.frames.last_mut() else {
                return unbalanced();
            };
            plane.registers.active = std::mem::take(pending);
            if plane.registers.active == 0 {
                plane.at = end as usize;
            }
        }
        Inst::EndIf => {
            let Some(Frame::Branch { entered, .. }) = plane.frames.pop() else {
                return unbalanced();
            };
            plane.registers.active = entered & plane.alive;
        }
        Inst::Loop => plane.frames.push(Frame::Loop {
            entered: plane.registers.active,
            rounds: 0,
        }),
        Inst::LoopWhile { condition, end } => {
            let stays = plane.registers.truth(condition);
            note(counts, stays, plane.registers.active & !stays);
            plane.registers.active = stays;
            if stays == 0 {
                plane.at = end as usize;
            }
        }
        Inst::LoopAgain { top } => {
            let Some(Frame::Loop { rounds, .. }) = plane.frames.last_mut() else {
                return unbalanced();
            };
            *rounds += 1;
            if plane.registers.active != 0 {
                plane.at = top as usize;
            }
        }
        Inst::EndLoop => {
            let Some(Frame::Loop { entered, .. }) = plane.frames.pop() else {
                return unbalanced();
            };
            plane.registers.active = entered & plane.alive;
        }
        Inst::Return => {
            plane.alive &= !plane.registers.active;
            plane.registers.active = 0;
            return Some(plane.alive != 0);
        }
        _ => {
            plane.at -= 1;
            return None;
        }
    }
    Some(true)
}

fn note(counts: &mut Counts, some: Mask, others: Mask) {
    if some | others != 0 {
        counts.branches += 1;
        counts.divergent_branches += u64::from(some != 0 && others != 0);
    }
}

fn unbalanced() -> Option<bool> {
    unreachable!("the flattener closes what it opens")
}
