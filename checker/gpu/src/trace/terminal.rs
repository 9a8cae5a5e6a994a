//! A trace as text.

use std::fmt;

use super::{Panel, Trace};

/// Columns that a panel may take; elements beyond are left out.
const WIDEST: usize = 64;

impl fmt::Display for Trace {
    /// A panel for each memory and each interval between barriers: a row for every unit, a
    /// column for every element, `r` where the unit read it, `w` where it wrote it, `b` where
    /// it did both, `a` for an atomic operation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut interval = None;
        for panel in self.panels() {
            if interval != Some(panel.interval) {
                interval = Some(panel.interval);
                writeln!(f, "{}", heading(panel.interval))?;
            }
            draw(f, &panel)?;
        }
        match self.omitted {
            0 => Ok(()),
            omitted => writeln!(f, "({omitted} more accesses were not recorded)"),
        }
    }
}

fn heading(interval: u32) -> String {
    match interval {
        0 => "before the first barrier".into(),
        1 => "after 1 barrier".into(),
        n => format!("after {n} barriers"),
    }
}

fn draw(f: &mut fmt::Formatter<'_>, panel: &Panel) -> fmt::Result {
    let shown = panel.elements.len().min(WIDEST);
    let elements = &panel.elements[..shown];
    let first = elements.first().copied().unwrap_or(0);
    let last = elements.last().copied().unwrap_or(0);
    let rest = panel.elements.len() - shown;
    let more = if rest > 0 { format!(", {rest} more left out") } else { String::new() };
    writeln!(f, "  {} elements {first}..={last}{more}", panel.memory)?;
    for (unit, marks) in &panel.rows {
        let cells: String =
            marks[..shown].iter().map(|mark| mark.map_or('.', |mark| mark.letter())).collect();
        let [x, y, z] = unit.unit;
        let cube = unit.cube;
        writeln!(f, "    cube ({},{},{}) unit ({x},{y},{z})  {cells}", cube[0], cube[1], cube[2])?;
    }
    Ok(())
}
