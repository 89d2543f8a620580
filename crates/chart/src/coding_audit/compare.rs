//! What differs between two lists of codes, each difference with its class.
//!
//! The same code is paired with itself wherever it stands. Of what is left, a code of the same category (the same first
//! three characters) is a wrong code, any other missed or added.

use codeset::Code;

use super::{ErrorClass, Finding, LineKind};
use crate::coding::{Codes, Service};

/// First characters that two codes of the same thing share: the category of ICD-10-CM; section, body system and root
/// operation of ICD-10-PCS.
const CATEGORY: usize = 3;

/// A line of a list: its code, and all that is compared of it.
struct Line {
    code: Code,
    shown: String,
    /// The present-on-admission indicator; nothing for other lines.
    present: &'static str,
}

/// A kind of line, and how its lines are taken from codes.
type Listed = (LineKind, fn(&Codes) -> Vec<Line>);

/// Everything that differs between the codes and DRG of the coder and those of the auditor.
#[must_use]
pub fn compare(coder: (&Codes, Option<u16>), auditor: (&Codes, Option<u16>)) -> Vec<Finding> {
    let mut all = Vec::new();
    let kinds: [Listed; 3] =
        [(LineKind::Diagnosis, diagnoses), (LineKind::Procedure, procedures), (LineKind::Service, services)];
    for (kind, lines) in kinds {
        all.extend(of_kind(kind, &lines(coder.0), &lines(auditor.0)));
    }
    if coder.1 != auditor.1 {
        let shown = |drg: Option<u16>| drg.map_or_else(|| "no DRG".into(), |drg| format!("MS-DRG {drg:03}"));
        let both = (shown(coder.1), shown(auditor.1));
        all.push(Finding::new(ErrorClass::DrgChange, LineKind::Record, None, (&both.0, &both.1)));
    }
    all
}

fn diagnoses(codes: &Codes) -> Vec<Line> {
    let line = |one: &crate::coding::CodedDiagnosis| Line {
        code: one.code,
        shown: one.code.dotted(),
        present: one.present.key(),
    };
    codes.diagnoses.iter().map(line).collect()
}

fn procedures(codes: &Codes) -> Vec<Line> {
    let line = |one: &crate::coding::CodedProcedure| Line {
        code: one.code,
        shown: one.code.to_string(),
        present: "",
    };
    codes.procedures.iter().map(line).collect()
}

fn services(codes: &Codes) -> Vec<Line> {
    let line = |one: &Service| Line { code: one.code, shown: one.shown(), present: "" };
    codes.services.iter().map(line).collect()
}

fn of_kind(kind: LineKind, coder: &[Line], auditor: &[Line]) -> Vec<Finding> {
    let finding = |class, coded: Option<usize>, audited: Option<usize>| {
        let text = |lines: &[Line], at: Option<usize>| {
            at.and_then(|at| lines.get(at)).map_or_else(String::new, |line| line.shown.clone())
        };
        Finding::new(class, kind, coded, (&text(coder, coded), &text(auditor, audited)))
    };
    let (pairs, mut more, mut less) = paired(coder, auditor);
    let mut all = Vec::new();
    // The order of services means nothing: no one of them is principal.
    if kind != LineKind::Service && other_principal(coder, auditor) {
        all.push(finding(ErrorClass::WrongPrincipal, Some(0), Some(0)));
        if more.contains(&0) && less.contains(&0) {
            more.retain(|at| *at != 0);
            less.retain(|at| *at != 0);
        }
    }
    more.retain(|at| {
        let same = |other: &usize| category(auditor[*other].code) == category(coder[*at].code);
        let Some(place) = less.iter().position(same) else { return true };
        all.push(finding(ErrorClass::WrongCode, Some(*at), Some(less.remove(place))));
        false
    });
    all.extend(more.iter().map(|at| finding(ErrorClass::Added, Some(*at), None)));
    all.extend(less.iter().map(|at| finding(ErrorClass::Missed, None, Some(*at))));
    for (at, other) in &pairs {
        let (coded, audited) = (&coder[*at], &auditor[*other]);
        if coded.present != audited.present {
            let said = |line: &Line| format!("{} {}", line.shown, line.present);
            let both = (said(coded), said(audited));
            all.push(Finding::new(ErrorClass::WrongPresent, kind, Some(*at), (&both.0, &both.1)));
        } else if coded.shown != audited.shown {
            all.push(finding(ErrorClass::WrongCode, Some(*at), Some(*other)));
        }
    }
    if kind != LineKind::Service {
        all.extend(sequence(kind, &pairs, coder, auditor));
    }
    all
}

/// Lines with the same code, as places in both lists; then the places left over in each.
type Paired = (Vec<(usize, usize)>, Vec<usize>, Vec<usize>);

fn paired(coder: &[Line], auditor: &[Line]) -> Paired {
    let mut less: Vec<usize> = (0..auditor.len()).collect();
    let (mut pairs, mut more) = (Vec::new(), Vec::new());
    for (at, line) in coder.iter().enumerate() {
        match less.iter().position(|other| auditor[*other].code == line.code) {
            Some(place) => pairs.push((at, less.remove(place))),
            None => more.push(at),
        }
    }
    (pairs, more, less)
}

fn other_principal(coder: &[Line], auditor: &[Line]) -> bool {
    let (one, other) = (coder.first(), auditor.first());
    one.zip(other).is_some_and(|(one, other)| one.code != other.code)
}

/// One finding where the codes that both have, but for those that stand first, are in another order.
fn sequence(kind: LineKind, pairs: &[(usize, usize)], coder: &[Line], auditor: &[Line]) -> Option<Finding> {
    let mut both: Vec<(usize, usize)> =
        pairs.iter().copied().filter(|(at, other)| *at > 0 && *other > 0).collect();
    let shown = |lines: &[Line], places: Vec<usize>| {
        places.into_iter().map(|at| lines[at].shown.clone()).collect::<Vec<_>>().join(", ")
    };
    let coded = shown(coder, both.iter().map(|(at, _)| *at).collect());
    if both.is_sorted_by_key(|(_, other)| *other) {
        return None;
    }
    both.sort_by_key(|(_, other)| *other);
    let audited = shown(auditor, both.iter().map(|(_, other)| *other).collect());
    Some(Finding::new(ErrorClass::Sequence, kind, None, (&coded, &audited)))
}

fn category(code: Code) -> String {
    code.to_string().chars().take(CATEGORY).collect()
}
