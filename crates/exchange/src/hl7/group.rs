//! A message taken apart: patients, and within them the visit and the orders, each with its segments.

use super::segment::Segment;

/// Segments of one patient: everything from a PID to the next.
#[derive(Debug)]
pub(super) struct PatientGroup<'m> {
    /// The PID.
    pub(super) pid: Segment<'m>,
    /// Segments outside orders, in order.
    pub(super) own: Vec<Segment<'m>>,
    /// Orders with what follows them.
    pub(super) orders: Vec<OrderGroup<'m>>,
}

/// An order (ORC, OBR, RXA …) with what follows it.
#[derive(Debug, Default)]
pub(super) struct OrderGroup<'m> {
    /// Its segments in order, from the ORC or what stands for it.
    pub(super) segments: Vec<Segment<'m>>,
}

impl<'m> PatientGroup<'m> {
    /// The first segment of a name, outside orders.
    pub(super) fn first(&self, name: &str) -> Option<Segment<'m>> {
        self.own.iter().find(|segment| segment.name == name).copied()
    }

    /// All segments of a name, outside orders.
    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Segment<'m>> + 's {
        self.own.iter().filter(move |segment| segment.name == name).copied()
    }

    /// All segments of a name, wherever they stand.
    pub(super) fn everywhere<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Segment<'m>> + 's {
        let inside = self.orders.iter().flat_map(|order| order.segments.iter());
        self.own.iter().chain(inside).filter(move |segment| segment.name == name).copied()
    }

    /// The segments with the notes (NTE) that follow each, outside orders.
    pub(super) fn with_notes(&self, name: &str) -> Vec<(Segment<'m>, String)> {
        with_notes(&self.own, name)
    }
}

impl<'m> OrderGroup<'m> {
    /// The first segment of a name.
    pub(super) fn first(&self, name: &str) -> Option<Segment<'m>> {
        self.segments.iter().find(|segment| segment.name == name).copied()
    }

    /// All segments of a name.
    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Segment<'m>> + 's {
        self.segments.iter().filter(move |segment| segment.name == name).copied()
    }

    /// The segments of a name, each with the notes that follow it.
    pub(super) fn with_notes(&self, name: &str) -> Vec<(Segment<'m>, String)> {
        with_notes(&self.segments, name)
    }

    fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// Whether a further ORC must be that of another order.
    fn is_under_way(&self) -> bool {
        ["ORC", "OBR", "RXA", "RXE", "RXO", "RXD", "ODS"].iter().any(|name| self.has(name))
    }
}

/// Segments of `name`, each with the notes that follow it at once.
fn with_notes<'m>(segments: &[Segment<'m>], name: &str) -> Vec<(Segment<'m>, String)> {
    let mut found: Vec<(Segment<'m>, String)> = Vec::new();
    let mut open = false;
    for segment in segments {
        match segment.name {
            one if one == name => {
                found.push((*segment, String::new()));
                open = true;
            }
            "NTE" if open => {
                if let Some((_, note)) = found.last_mut() {
                    append_note(note, *segment);
                }
            }
            // Who took part does not part a segment from its notes.
            "PRT" | "ROL" => {}
            _ => open = false,
        }
    }
    found
}

/// Adds the comment of an NTE to a note, on a line of its own.
fn append_note(note: &mut String, nte: Segment<'_>) {
    for line in nte.field(3).repetitions().map(|one| one.long_text()).filter(|line| !line.is_empty()) {
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(&line);
    }
}

/// The patients of a message of type `code`; segments before the first PID belong to none.
pub(super) fn patients<'m>(segments: &[Segment<'m>], code: &str) -> Vec<PatientGroup<'m>> {
    let mut groups: Vec<PatientGroup<'m>> = Vec::new();
    let mut in_order = false;
    for segment in segments {
        match (segment.name, groups.last_mut()) {
            ("PID", _) => {
                groups.push(PatientGroup { pid: *segment, own: Vec::new(), orders: Vec::new() });
                in_order = false;
            }
            (_, Some(group)) => in_order = add(group, *segment, in_order, code),
            _ => {}
        }
    }
    groups
}

/// Files a segment with the patient: in the open order, in a new one, or outside orders. Says whether an order is
/// open after it.
fn add<'m>(group: &mut PatientGroup<'m>, segment: Segment<'m>, in_order: bool, code: &str) -> bool {
    let last = group.orders.last().filter(|_| in_order);
    let opens = match segment.name {
        // In result messages by specimen (OUL) the ORC follows its OBR.
        "ORC" if code != "OUL" => last.is_none_or(OrderGroup::is_under_way),
        "OBR" => last.is_none_or(|order| order.has("OBR")),
        "RXA" => last.is_none_or(|order| order.has("RXA")),
        _ => false,
    };
    if opens {
        group.orders.push(OrderGroup::default());
    }
    let is_document = segment.name == "TXA" && code == "MDM";
    let stays = (in_order || opens) && !is_document && !belongs_to_visit(segment.name);
    match group.orders.last_mut() {
        Some(order) if stays => order.segments.push(segment),
        _ => group.own.push(segment),
    }
    stays
}

/// Segments of the visit or the account: they end the orders, wherever they stand.
fn belongs_to_visit(name: &str) -> bool {
    matches!(name, "PV1" | "PV2" | "FT1" | "IN1" | "IN2" | "GT1" | "PR1" | "NK1" | "MRG" | "ACC")
}
