//! Flattens the structured IR of one kernel into bytecode.
//!
//! [`Flattener`] holds what is known of every IR value: the register slots of those that are
//! computed, and the address of those that are pointers. Each family of operations is flattened
//! in a module of its own.

mod arithmetic;
mod atomic;
mod comparison;
mod control;
mod describe;
mod general;
mod memory;
mod plane;
mod vector;

use std::{collections::HashMap, result::Result};

use cubecl_ir::{
    attributes::{ATTR_BUFFER_BINDING, BufferBindingAttr, FuncInterface},
    dialect::OperationPtrExt,
    interfaces::ScalarType,
    prelude::*,
    types::{ArrayType, AtomicType, PointerType, RuntimeArrayType, VectorType},
};
use pliron::{
    basic_block::BasicBlock, builtin::ops::FuncOp, linked_list::ContainsLinkedList,
    printable::Printable,
};

use super::{
    kind::Kind,
    program::{Address, Inst, Object, ObjectId, Preset, Program, Slot, Space},
    refusal::Refusal,
};

pub type Flattened<T> = Result<T, Refusal>;

/// Flattens `function` into `program`.
pub fn flatten(context: &Context, function: FuncOp, program: Program) -> Flattened<Program> {
    let mut flattener = Flattener {
        ctx: context,
        index: if program.wide { Kind::U64 } else { Kind::U32 },
        program,
        slots: HashMap::new(),
        addresses: HashMap::new(),
        variables: HashMap::new(),
        constants: HashMap::new(),
        loops: HashMap::new(),
        shared_count: 0,
    };
    flattener.function(function)?;
    Ok(flattener.program)
}

struct Flattener<'a> {
    ctx: &'a Context,
    /// The kind of `usize`.
    index: Kind,
    program: Program,
    slots: HashMap<Value, Slot>,
    addresses: HashMap<Value, Address>,
    /// Local variables that live in registers.
    variables: HashMap<Value, Slot>,
    constants: HashMap<(u64, u16), Slot>,
    /// Loop counters, numbered in the order of their loops.
    loops: HashMap<Value, usize>,
    shared_count: u32,
}

/// The scalar a type is made of, and how many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    kind: Kind,
    count: u16,
}

impl Shape {
    fn slots(self) -> u16 {
        self.kind.slots() * self.count
    }

    fn bytes(self) -> u32 {
        self.kind.bytes() * u32::from(self.count)
    }
}

impl Flattener<'_> {
    fn function(&mut self, function: FuncOp) -> Flattened<()> {
        let entry = function.get_entry_block(self.ctx);
        let arguments: Vec<Value> = entry.deref(self.ctx).arguments().collect();
        for (index, argument) in arguments.into_iter().enumerate() {
            self.argument(function, index, argument)?;
        }
        self.block(entry)?;
        self.emit(Inst::Return);
        Ok(())
    }

    fn argument(&mut self, function: FuncOp, index: usize, argument: Value) -> Flattened<()> {
        let not_a_buffer = || {
            Refusal::new(
                "a kernel argument that is no buffer (a tensor map)",
                "pass the tensor itself and copy its tiles with ordinary loads",
            )
        };
        let position = function
            .get_arg_attr::<BufferBindingAttr>(self.ctx, index, &ATTR_BUFFER_BINDING)
            .map(|binding| binding.buffer_pos as u32)
            .ok_or_else(not_a_buffer)?;
        let inner = self.pointee(argument).ok_or_else(not_a_buffer)?;
        let object = self.object(inner, Space::Buffer(position))?;
        self.addresses.insert(argument, Address::Object(object));
        Ok(())
    }

    fn block(&mut self, block: Ptr<BasicBlock>) -> Flattened<()> {
        let operations: Vec<_> = block.deref(self.ctx).iter(self.ctx).collect();
        operations.into_iter().try_for_each(|operation| self.operation(operation))
    }

    fn operation(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let name = self.name(op);
        self.describe(op, &name);
        let (family, rest) = name.split_once('.').unwrap_or((&name, ""));
        let known = match family {
            "builtin" | "cube" => self.general(op, &name)?,
            "memory" => self.memory(op, rest)?,
            "composite" | "vector" => self.vector(op, &name)?,
            "math" | "bitwise" => self.arithmetic(op, rest)?,
            "cmp" => self.comparison(op, rest)?,
            "branch" => self.control(op, rest)?,
            "plane" | "sync" => self.plane(op, &name)?,
            "atomic" => self.atomic(op, rest)?,
            _ => false,
        };
        if known { Ok(()) } else { Err(Refusal::operation(&name)) }
    }

    fn name(&self, op: Ptr<Operation>) -> String {
        op.dyn_op(self.ctx).get_opid().to_string()
    }

    fn shape_of(&self, value: Value) -> Flattened<Shape> {
        self.shape(value.get_type(self.ctx))
    }

    /// The shape of a scalar, vector, atomic or pointer type.
    fn shape(&self, handle: TypeHandle) -> Flattened<Shape> {
        let ty = handle.deref(self.ctx);
        if ty.is::<PointerType>() {
            return Ok(Shape { kind: Kind::Pointer, count: 1 });
        }
        if let Some(vector) = ty.downcast_ref::<VectorType>() {
            let inner = self.shape(vector.inner)?;
            return Ok(Shape { kind: inner.kind, count: vector.vectorization as u16 });
        }
        if let Some(atomic) = ty.downcast_ref::<AtomicType>() {
            return self.shape(atomic.inner);
        }
        type_cast::<dyn ScalarType>(&*ty)
            .and_then(|scalar| Kind::of(scalar.elem_type(self.ctx), self.index))
            .map(|kind| Shape { kind, count: 1 })
            .ok_or_else(|| Refusal::value_type(&ty.disp(self.ctx).to_string()))
    }

    /// The shape of one element of a memory type, and how many elements it has
    /// (`None` where the launch decides).
    fn elements(&self, handle: TypeHandle) -> Flattened<(Shape, Option<u32>)> {
        let ty = handle.deref(self.ctx);
        if let Some(array) = ty.downcast_ref::<ArrayType>() {
            let (shape, inner) = self.elements(array.inner)?;
            return Ok((shape, inner.map(|inner| inner * array.length as u32)));
        }
        if let Some(array) = ty.downcast_ref::<RuntimeArrayType>() {
            return Ok((self.elements(array.inner)?.0, None));
        }
        drop(ty);
        Ok((self.shape(handle)?, Some(1)))
    }

    fn pointee(&self, pointer: Value) -> Option<TypeHandle> {
        let ty = pointer.get_type(self.ctx).deref(self.ctx);
        ty.downcast_ref::<PointerType>().map(|pointer| pointer.inner)
    }

    fn object(&mut self, memory: TypeHandle, space: Space) -> Flattened<ObjectId> {
        let (shape, _) = self.elements(memory)?;
        self.program.objects.push(Object {
            space,
            kind: shape.kind,
            element_bytes: shape.bytes(),
            atomic: false,
        });
        Ok((self.program.objects.len() - 1) as ObjectId)
    }

    fn reserve(&mut self, slots: u16) -> Slot {
        let first = self.program.slots;
        self.program.slots += Slot::from(slots);
        first
    }

    fn preset(&mut self, preset: Preset, kind: Kind) -> Slot {
        let slot = self.reserve(kind.slots());
        self.program.presets.push((slot, preset, kind));
        slot
    }

    /// A slot that holds a constant, given by its register bits.
    fn constant(&mut self, bits: u64, kind: Kind) -> Slot {
        let key = (bits, kind.slots());
        if let Some(slot) = self.constants.get(&key) {
            return *slot;
        }
        let slot = self.preset(Preset::Constant(bits), kind);
        self.constants.insert(key, slot);
        slot
    }

    /// The slots in which `value` is to be computed.
    fn define(&mut self, value: Value) -> Flattened<(Slot, Shape)> {
        let shape = self.shape_of(value)?;
        let slot = match self.slots.get(&value) {
            Some(slot) => *slot,
            None => self.reserve(shape.slots()),
        };
        self.slots.insert(value, slot);
        Ok((slot, shape))
    }

    fn define_result(&mut self, op: Ptr<Operation>) -> Flattened<(Slot, Shape)> {
        self.define(op.result(self.ctx))
    }

    /// The slots that hold `value`; an address is turned into a pointer.
    fn slot(&mut self, value: Value) -> Flattened<Slot> {
        if let Some(slot) = self.slots.get(&value) {
            return Ok(*slot);
        }
        let slot = match self.addresses.get(&value).copied() {
            Some(Address::Pointer(slot)) => slot,
            Some(Address::Object(object)) => self.preset(Preset::Pointer(object), Kind::Pointer),
            Some(Address::Element { object, index, wide }) => {
                let base = self.preset(Preset::Pointer(object), Kind::Pointer);
                let to = self.reserve(Kind::Pointer.slots());
                let bytes = self.program.objects[usize::from(object)].element_bytes;
                self.emit(Inst::Offset { to, base, index, wide, bytes, length: u32::MAX });
                return Ok(to);
            }
            None => {
                let name = value.disp(self.ctx).to_string();
                return Err(Refusal::new(
                    format!("the value {name}"),
                    "simplify the expression around it",
                ));
            }
        };
        self.slots.insert(value, slot);
        Ok(slot)
    }

    fn operand(&mut self, op: Ptr<Operation>, index: usize) -> Flattened<Slot> {
        self.slot(op.operand(self.ctx, index))
    }

    fn operand_shape(&self, op: Ptr<Operation>, index: usize) -> Flattened<Shape> {
        self.shape_of(op.operand(self.ctx, index))
    }

    fn emit(&mut self, inst: Inst) -> usize {
        let site = self.program.expressions.len().saturating_sub(1) as u32;
        self.program.code.push(inst);
        self.program.sites.push(site);
        self.program.code.len() - 1
    }
}
