//! `branch.*`: structured control flow.
//!
//! A plane follows both sides of a branch, each with the lanes that take it, so the structure
//! is kept: an `If` is closed by an `EndIf`, a `Loop` by an `EndLoop`.

use cubecl_ir::{
    dialect::{
        OperationPtrExt,
        branch::{ConditionOp, IfOp, RangeLoopOp, SwitchOp, WhileOp},
    },
    interfaces::ConstantAttr,
    prelude::*,
};
use pliron::{basic_block::BasicBlock, linked_list::ContainsLinkedList};

use super::{Flattened, Flattener, Shape, general::bits};
use crate::ir::program::{Binary, Comparison, Inst};

impl Flattener<'_> {
    pub fn control(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        match name {
            "yield" | "condition" | "unreachable" => {}
            "return" => {
                self.emit(Inst::Return);
            }
            "if" => self.branch(op)?,
            "switch" => self.switch(op)?,
            "range_loop" => self.range_loop(op)?,
            "while" => self.while_loop(op)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn branch(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let branch = op.as_op::<IfOp>(self.ctx).unwrap();
        let condition = self.operand(op, 0)?;
        let start = self.emit(Inst::If { condition, otherwise: 0 });
        self.block(branch.then_block(self.ctx))?;
        let otherwise = branch.else_block(self.ctx);
        // A block holds at least its terminator.
        if otherwise.deref(self.ctx).iter(self.ctx).count() > 1 {
            let middle = self.emit_else(start);
            self.block(otherwise)?;
            self.end_if(middle);
        } else {
            self.end_if(start);
        }
        Ok(())
    }

    /// A chain of comparisons, each the alternative of the one before.
    fn switch(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let switch = op.as_op::<SwitchOp>(self.ctx).unwrap();
        let value = self.operand(op, 0)?;
        let Shape { kind, .. } = self.operand_shape(op, 0)?;
        let mut open = Vec::new();
        for (case, block) in switch.cases(self.ctx) {
            let case = self.constant(bits(kind, case.as_const_val(self.ctx)), kind);
            let condition = self.reserve(1);
            self.emit(Inst::Compare {
                op: Comparison::Equal,
                kind,
                to: condition,
                a: value,
                b: case,
                count: 1,
            });
            let start = self.emit(Inst::If { condition, otherwise: 0 });
            self.block(block)?;
            open.push(self.emit_else(start));
        }
        self.block(switch.default_block(self.ctx))?;
        open.into_iter().rev().for_each(|middle| self.end_if(middle));
        Ok(())
    }

    fn range_loop(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let range = op.as_op::<RangeLoopOp>(self.ctx).unwrap();
        let start = self.slot(range.start(self.ctx))?;
        let end = self.slot(range.end(self.ctx))?;
        let step = self.slot(range.step(self.ctx))?;
        let counter = range.iter_var(self.ctx);
        let number = self.loops.len();
        self.loops.insert(counter, number);
        let (counter, Shape { kind, .. }) = self.define(counter)?;
        self.emit(Inst::Copy { to: counter, from: start, slots: kind.slots() });
        self.emit(Inst::Loop);
        let condition = self.reserve(1);
        let top = self.here();
        self.emit(Inst::Compare {
            op: Comparison::Less,
            kind,
            to: condition,
            a: counter,
            b: end,
            count: 1,
        });
        let test = self.emit(Inst::LoopWhile { condition, end: 0 });
        self.block(range.loop_body(self.ctx))?;
        self.emit(Inst::Binary {
            op: Binary::Add,
            kind,
            to: counter,
            a: counter,
            b: step,
            count: 1,
        });
        self.end_loop(top, test);
        Ok(())
    }

    fn while_loop(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let r#while = op.as_op::<WhileOp>(self.ctx).unwrap();
        let before: Ptr<BasicBlock> = r#while.before_block(self.ctx);
        self.emit(Inst::Loop);
        let top = self.here();
        self.block(before)?;
        let terminator = before.deref(self.ctx).get_terminator(self.ctx).unwrap();
        let condition = terminator.as_op::<ConditionOp>(self.ctx).unwrap().condition(self.ctx);
        let condition = self.slot(condition)?;
        let test = self.emit(Inst::LoopWhile { condition, end: 0 });
        self.block(r#while.after_block(self.ctx))?;
        self.end_loop(top, test);
        Ok(())
    }

    fn here(&self) -> u32 {
        self.program.code.len() as u32
    }

    fn emit_else(&mut self, start: usize) -> usize {
        let middle = self.emit(Inst::Else { end: 0 });
        self.jump_here(start, middle as u32);
        middle
    }

    fn end_if(&mut self, from: usize) {
        let end = self.emit(Inst::EndIf);
        self.jump_here(from, end as u32);
    }

    fn end_loop(&mut self, top: u32, test: usize) {
        self.emit(Inst::LoopAgain { top });
        let end = self.emit(Inst::EndLoop);
        self.jump_here(test, end as u32);
    }

    fn jump_here(&mut self, from: usize, target: u32) {
        match &mut self.program.code[from] {
            Inst::If { otherwise, .. } => *otherwise = target,
            Inst::Else { end } | Inst::LoopWhile { end, .. } => *end = target,
            other => unreachable!("{other:?} does not jump"),
        }
    }
}
