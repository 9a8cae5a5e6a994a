//! Where the lanes of a plane read and write, and whether that lies inside the memory.

use super::{
    cube::{Executor, Trap},
    lanes::{LANES, Mask, lanes},
    memory::Located,
    plane::Plane,
};
use crate::{
    finding::{Access, Fault, Place},
    ir::{
        kind::Kind,
        program::{Address, ObjectId, Slot},
    },
};

/// What a plane does to one object.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    pub object: ObjectId,
    pub lanes: Mask,
    /// Byte of the object at which each lane's access begins.
    pub offsets: [u32; LANES],
    /// Scalars of each lane's access.
    pub count: u16,
    pub kind: Kind,
    pub access: Access,
}

impl Request {
    /// Bytes of each lane's access.
    pub fn bytes(&self) -> u32 {
        self.kind.bytes() * u32::from(self.count)
    }
}

/// What the accesses of an instruction have in common.
#[derive(Clone, Copy, Debug)]
pub struct Width {
    pub kind: Kind,
    /// Scalars of each lane's access.
    pub count: u16,
}

impl Executor<'_> {
    /// Calls `f` with the request to every object that the active lanes address; it is one
    /// object unless the kernel chooses between pointers.
    pub fn each_object(
        &mut self,
        plane: &mut Plane,
        at: Address,
        Width { kind, count }: Width,
        access: Access,
        f: impl Fn(&mut Self, &mut Plane, &Request) -> Result<(), Trap>,
    ) -> Result<(), Trap> {
        let lanes = plane.registers.active;
        let mut request = Request { object: 0, lanes, offsets: [0; LANES], count, kind, access };
        match at {
            Address::Object(object) => {
                request.object = object;
                self.drop_outside(plane, &mut request)?;
            }
            Address::Element { object, index, wide } => {
                request.object = object;
                self.locate_elements(plane, &mut request, index, wide)?;
            }
            Address::Pointer(slot) => return self.each_pointee(plane, slot, request, f),
        }
        if request.lanes == 0 { Ok(()) } else { f(self, plane, &request) }
    }

    fn each_pointee(
        &mut self,
        plane: &mut Plane,
        pointer: Slot,
        mut request: Request,
        f: impl Fn(&mut Self, &mut Plane, &Request) -> Result<(), Trap>,
    ) -> Result<(), Trap> {
        let objects = *plane.registers.slot(pointer + 1);
        request.offsets = *plane.registers.slot(pointer);
        let mut rest = request.lanes;
        while rest != 0 {
            let object = objects[rest.trailing_zeros() as usize];
            let same = lanes(rest).filter(|lane| objects[*lane] == object);
            request.lanes = same.map(|lane| 1 << lane).sum();
            request.object = object as ObjectId;
            rest &= !request.lanes;
            self.drop_outside(plane, &mut request)?;
            if request.lanes != 0 {
                f(self, plane, &request)?;
            }
        }
        Ok(())
    }

    /// Sets the offsets of elements of the request's object.
    fn locate_elements(
        &self,
        plane: &Plane,
        request: &mut Request,
        index: Slot,
        wide: bool,
    ) -> Result<(), Trap> {
        let object = self.memories.object(request.object);
        let length = object.bytes / object.element_bytes;
        let indices = plane.registers.slot(index);
        let mut any_outside = wide;
        for (offset, index) in request.offsets.iter_mut().zip(indices) {
            *offset = index.wrapping_mul(object.element_bytes);
            any_outside |= *index >= length;
        }
        // Mostly there is none, and which lane it would be need not be known.
        if !any_outside {
            return Ok(());
        }
        let mut outside: Mask = lanes(request.lanes)
            .filter(|lane| indices[*lane] >= length)
            .map(|lane| 1 << lane)
            .sum();
        if wide {
            outside |= plane.registers.truth(index + 1);
        }
        let element = |lane| match wide {
            true => plane.registers.wide(index, lane),
            false => u64::from(indices[lane]),
        };
        self.refuse(plane, request, outside, element)
    }

    /// Checks offsets that pointers brought along.
    fn drop_outside(&self, plane: &Plane, request: &mut Request) -> Result<(), Trap> {
        let object = self.memories.object(request.object);
        let last = object.bytes.checked_sub(request.bytes());
        let is_outside = |lane: &usize| last.is_none_or(|last| request.offsets[*lane] > last);
        let outside = lanes(request.lanes).filter(is_outside).map(|lane| 1 << lane).sum();
        let offsets = request.offsets;
        let element = |lane: usize| u64::from(offsets[lane] / object.element_bytes);
        self.refuse(plane, request, outside, element)
    }

    /// Lanes that address something outside are at fault, or do nothing.
    fn refuse(
        &self,
        plane: &Plane,
        request: &mut Request,
        outside: Mask,
        element: impl Fn(usize) -> u64,
    ) -> Result<(), Trap> {
        let outside = outside & request.lanes;
        if outside == 0 {
            return Ok(());
        }
        if self.forgiving {
            request.lanes &= !outside;
            return Ok(());
        }
        let lane = outside.trailing_zeros() as usize;
        let object = self.memories.object(request.object);
        Err(self.out_of_bounds(plane, lane, object, element(lane), request.access))
    }

    #[cold]
    fn out_of_bounds(
        &self,
        plane: &Plane,
        lane: usize,
        object: &Located,
        element: u64,
        access: Access,
    ) -> Trap {
        Trap::at(
            plane,
            Fault::OutOfBounds {
                access,
                place: Place { memory: self.memories.name(object.location), element },
                length: u64::from(object.bytes / object.element_bytes),
                unit: self.unit(plane.unit(lane)),
            },
        )
    }
}
