//! Declarations, indexing, loads and stores.

use cubecl_ir::{
    AddressSpace, ConstantValue,
    dialect::{
        OperationPtrExt,
        memory::{CopyOp, DeclareVariableOp},
    },
    interfaces::ConstantAttr,
    prelude::*,
    types::ArrayType,
};
use pliron::attribute::attr_cast;

use super::{Flattened, Flattener, Kind, Refusal, Shape, general::bits};
use crate::ir::program::{Address, Inst, ObjectId, Slot, Space};

impl Flattener<'_> {
    /// `memory.*`.
    pub fn memory(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        match name {
            "declare_variable" => self.declare(op)?,
            "index" => self.index(op)?,
            "load" => self.load(op)?,
            "store" => self.store(op)?,
            "copy" => self.copy(op)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Where a pointer points.
    pub fn address(&mut self, pointer: Value) -> Flattened<Address> {
        match self.addresses.get(&pointer) {
            Some(address) => Ok(*address),
            None => Ok(Address::Pointer(self.slot(pointer)?)),
        }
    }

    fn index(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let (base, index) = (op.operand(self.ctx, 0), op.operand(self.ctx, 1));
        let wide = self.shape_of(index)?.kind.slots() == 2;
        let result = op.result(self.ctx);
        let element = self.pointee(result).map(|inner| self.elements(inner)).transpose()?;
        let (element, _) = element.ok_or_else(|| Refusal::operation("memory.index"))?;
        let index = self.slot(index)?;

        // An element of an object is addressed when it is used, so that a load or store is one
        // instruction and a finding names the access itself.
        if let Some(Address::Object(object)) = self.addresses.get(&base).copied()
            && self.program.objects[usize::from(object)].element_bytes == element.bytes()
        {
            self.addresses.insert(result, Address::Element { object, index, wide });
            return Ok(());
        }
        let length = self.static_length(base);
        let base = self.slot(base)?;
        let (to, _) = self.define(result)?;
        self.emit(Inst::Offset { to, base, index, wide, bytes: element.bytes(), length });
        self.addresses.insert(result, Address::Pointer(to));
        Ok(())
    }

    /// Elements of the array that `pointer` points to; the largest number where only the launch
    /// knows.
    fn static_length(&self, pointer: Value) -> u32 {
        let Some(inner) = self.pointee(pointer) else {
            return u32::MAX;
        };
        let ty = inner.deref(self.ctx);
        ty.downcast_ref::<ArrayType>().map_or(u32::MAX, |array| array.length as u32)
    }

    fn load(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let pointer = op.operand(self.ctx, 0);
        if let Some(from) = self.variables.get(&pointer).copied() {
            let (to, shape) = self.define_result(op)?;
            self.emit(Inst::Copy { to, from, slots: shape.slots() });
            return Ok(());
        }
        let at = self.address(pointer)?;
        let (to, Shape { kind, count }) = self.define_result(op)?;
        self.same_kind(at, kind)?;
        self.emit(Inst::Load { to, at, kind, count });
        Ok(())
    }

    fn store(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let (pointer, value) = (op.operand(self.ctx, 0), op.operand(self.ctx, 1));
        let Shape { kind, count } = self.shape_of(value)?;
        let from = self.slot(value)?;
        if let Some(to) = self.variables.get(&pointer).copied() {
            // The instruction before may compute straight into the variable.
            if value.num_uses(self.ctx) == 1 && self.retarget(from, to) {
                self.slots.insert(value, to);
            } else {
                self.emit(Inst::Copy { to, from, slots: kind.slots() * count });
            }
            return Ok(());
        }
        let at = self.address(pointer)?;
        self.same_kind(at, kind)?;
        self.emit(Inst::Store { at, from, kind, count });
        Ok(())
    }

    fn copy(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let length = op.as_op::<CopyOp>(self.ctx).unwrap().len(self.ctx).0;
        if length != 1 {
            return Err(Refusal::new(
                format!("a copy of {length} elements in one operation"),
                "copy element by element in a loop",
            ));
        }
        let (source, target) = (op.operand(self.ctx, 0), op.operand(self.ctx, 1));
        let inner = self.pointee(source).ok_or_else(|| Refusal::operation("memory.copy"))?;
        let (shape, _) = self.elements(inner)?;
        let (from, to) = (self.address(source)?, self.address(target)?);
        let value = self.reserve(shape.slots());
        self.emit(Inst::Load { to: value, at: from, kind: shape.kind, count: shape.count });
        self.emit(Inst::Store { at: to, from: value, kind: shape.kind, count: shape.count });
        Ok(())
    }

    /// A unit's own arrays hold register values, which have no bytes to reinterpret.
    fn same_kind(&self, at: Address, kind: Kind) -> Flattened<()> {
        let (Address::Object(object) | Address::Element { object, .. }) = at else {
            return Ok(());
        };
        let object = &self.program.objects[usize::from(object)];
        if matches!(object.space, Space::Local { .. }) && object.kind != kind {
            return Err(Refusal::new(
                "a local array read as another type",
                "reinterpret the value after loading it",
            ));
        }
        Ok(())
    }

    fn declare(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let variable = op.as_op::<DeclareVariableOp>(self.ctx).unwrap();
        let memory = variable.value_ty(self.ctx).get_type(self.ctx);
        let (shape, length) = self.elements(memory)?;
        let count = length.ok_or_else(|| {
            Refusal::new("an array without a length", "give it a comptime length")
        })?;
        match variable.addr_space(self.ctx).0 {
            AddressSpace::Shared => {
                let alignment = (variable.alignment(self.ctx).0 as u32).max(4);
                self.declare_shared(op.result(self.ctx), memory, shape.bytes() * count, alignment)?;
            }
            AddressSpace::Local => self.declare_local(op, memory, shape, count)?,
            AddressSpace::Global(_) => {
                return Err(Refusal::new(
                    "a variable in global memory",
                    "pass a buffer to the kernel",
                ));
            }
        }
        Ok(())
    }

    fn declare_shared(
        &mut self,
        value: Value,
        memory: TypeHandle,
        bytes: u32,
        alignment: u32,
    ) -> Flattened<()> {
        let index = self.shared_count;
        self.shared_count += 1;
        let object = self.object(memory, Space::Shared { index, bytes })?;
        self.program.shared_bytes = self.program.shared_bytes.next_multiple_of(alignment) + bytes;
        self.addresses.insert(value, Address::Object(object));
        Ok(())
    }

    fn declare_local(
        &mut self,
        op: Ptr<Operation>,
        memory: TypeHandle,
        shape: Shape,
        count: u32,
    ) -> Flattened<()> {
        let value = op.result(self.ctx);
        let is_array = memory.deref(self.ctx).is::<ArrayType>();
        let initial = self.initial_value(op, shape.kind, is_array);
        if !is_array && self.only_loaded_and_stored(value) {
            let to = self.reserve(shape.slots());
            self.variables.insert(value, to);
            if let Some(initial) = initial {
                let from = self.constant(initial, shape.kind);
                self.emit(Inst::Splat { to, from, width: shape.kind.slots(), count: shape.count });
            }
            return Ok(());
        }
        let first = self.program.local_slots;
        self.program.local_slots += u32::from(shape.slots()) * count;
        let object = self.object(memory, Space::Local { first, bytes: shape.bytes() * count })?;
        self.addresses.insert(value, Address::Object(object));
        match initial {
            Some(initial) if !is_array => self.initialise(object, shape, initial),
            _ => {}
        }
        Ok(())
    }

    fn initialise(&mut self, object: ObjectId, shape: Shape, initial: u64) {
        let constant = self.constant(initial, shape.kind);
        let from = self.reserve(shape.slots());
        let width = shape.kind.slots();
        self.emit(Inst::Splat { to: from, from: constant, width, count: shape.count });
        let at = Address::Object(object);
        self.emit(Inst::Store { at, from, kind: shape.kind, count: shape.count });
    }

    fn initial_value(&self, op: Ptr<Operation>, kind: Kind, is_array: bool) -> Option<u64> {
        let variable = op.as_op::<DeclareVariableOp>(self.ctx)?;
        let attribute = variable.initializer(self.ctx)?;
        let constant = attr_cast::<dyn ConstantAttr>(&**attribute)?;
        let value = if is_array { ConstantValue::UInt(0) } else { constant.as_const_val(self.ctx) };
        Some(bits(kind, value))
    }

    /// Nothing takes the variable's address, so that it may live in a register.
    fn only_loaded_and_stored(&self, pointer: Value) -> bool {
        pointer.uses(self.ctx).iter().all(|r#use| {
            let user = r#use.user_op();
            match self.name(user).as_str() {
                "memory.load" => true,
                "memory.store" => {
                    user.operand(self.ctx, 0) == pointer && user.operand(self.ctx, 1) != pointer
                }
                _ => false,
            }
        })
    }

    /// Makes the last instruction write `to` instead of `from`, if it is the one that computes it.
    fn retarget(&mut self, from: Slot, to: Slot) -> bool {
        let Some(last) = self.program.code.last_mut() else {
            return false;
        };
        let target = match last {
            Inst::Binary { to, .. }
            | Inst::Unary { to, .. }
            | Inst::Fma { to, .. }
            | Inst::Select { to, .. }
            | Inst::Load { to, .. }
            | Inst::Cast { to, .. } => to,
            _ => return false,
        };
        if *target != from {
            return false;
        }
        *target = to;
        true
    }
}
