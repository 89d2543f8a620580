//! The charts written by hand, `demo/charts/*`: read, and turned into changes to the record.

mod entries;
mod file;

use chart::coded::{Coded, system};
use chart::date::{PartialDate, When};
use chart::document::{Attestation, DocumentContent, DocumentStatus, Relation, RelationKind, Section};
use chart::encounter::{Attendance, Attends, Move, Movement, Place, Stay, Visit};
use chart::intake::{Arrival, Change, Channel, Extent, KeyKind, Original, SourceKey};
use chart::patient::{Address, Death, Demographics, Identifier, Name, Sex, Telecom};
use rust_embed::RustEmbed;

use super::Staff;
use super::expected::Expected;
use super::keys::{SYSTEM, instant, key};
pub(crate) use file::{ChartFile, EncounterEntry, Local};
use file::{DocumentEntry, PatientEntry};

#[derive(RustEmbed)]
#[folder = "demo/charts"]
struct Charts;

/// The charts in order of their folders' names, the directory before them.
#[must_use]
pub fn arrivals(staff: &Staff) -> Vec<Arrival> {
    let mut all = vec![staff.arrival()];
    all.extend(folders().iter().map(|folder| arrival(folder, staff)));
    all
}

/// The folders of the charts, in order.
pub(crate) fn folders() -> Vec<String> {
    let mut folders: Vec<String> =
        Charts::iter().filter_map(|path| path.strip_suffix("/chart.toml").map(str::to_owned)).collect();
    folders.sort();
    folders
}

/// The text of a file of the charts.
pub(crate) fn text(path: &str) -> String {
    let file = Charts::get(path).unwrap_or_else(|| panic!("demo/charts/{path} is missing"));
    String::from_utf8(file.data.into_owned()).expect("charts are UTF-8")
}

/// `chart.toml` of a chart, as text and as read.
pub(crate) fn chart_file(folder: &str) -> (String, ChartFile) {
    let source = text(&format!("{folder}/chart.toml"));
    let chart =
        toml::from_str(&source).unwrap_or_else(|error| panic!("demo/charts/{folder}/chart.toml: {error}"));
    (source, chart)
}

/// What one chart brings.
pub(crate) fn arrival(folder: &str, staff: &Staff) -> Arrival {
    let (source, chart) = chart_file(folder);
    let patient = key(KeyKind::Patient, &chart.patient.mrn);
    let mut changes = vec![Change::Patient {
        key: patient.clone(),
        demographics: Box::new(demographics(&chart.patient)),
        extent: Extent::Whole,
    }];
    changes.extend(chart.encounter.iter().map(|one| encounter(&chart, one, &patient, staff)));
    changes.extend(entries::changes(&chart, &patient, staff));
    changes.extend(chart.document.iter().map(|one| document(folder, &chart, one, &patient, staff)));
    Arrival {
        channel: Channel::Hand,
        kind: "Chart".into(),
        original: Original { media_type: "application/toml".into(), bytes: source.into_bytes() },
        changes,
        attachments: Vec::new(),
        remarks: Vec::new(),
    }
}

/// What the author of a chart says is wrong with it.
pub(crate) fn expected(folder: &str) -> Vec<Expected> {
    chart_file(folder).1.expected
}

/// An encounter's account number: the record number with the encounter's letter.
fn encounter_key(chart: &ChartFile, encounter: &str) -> SourceKey {
    key(KeyKind::Encounter, format!("{}-{encounter}", chart.patient.mrn))
}

/// A patient's sex as a chart writes it.
pub(crate) fn sex(written: &str) -> Sex {
    match written {
        "female" => Sex::Female,
        "male" => Sex::Male,
        "other" => Sex::Other,
        _ => Sex::Unknown,
    }
}

fn demographics(patient: &PatientEntry) -> Demographics {
    let number = |system: &str, value: &str, kind: &str| Identifier {
        system: system.into(),
        value: value.into(),
        kind: kind.into(),
    };
    let mut identifiers = vec![number(SYSTEM, &patient.mrn, "MR")];
    identifiers.extend(patient.ssn.iter().map(|ssn| number(system::SSN, ssn, "SS")));
    let given = [patient.given.clone(), patient.middle.clone().unwrap_or_default()];
    let name = Name {
        family: patient.family.clone(),
        given: given.into_iter().filter(|name| !name.is_empty()).collect(),
        suffix: patient.suffix.clone().unwrap_or_default(),
        ..Name::default()
    };
    let address = Address {
        lines: patient.street.iter().cloned().collect(),
        city: patient.city.clone().unwrap_or_default(),
        state: patient.state.clone().unwrap_or_default(),
        zip: patient.zip.clone().unwrap_or_default(),
        country: "US".into(),
        ..Address::default()
    };
    let phone =
        |value: &String| Telecom { system: "phone".into(), value: value.clone(), usage: "home".into() };
    Demographics {
        identifiers,
        names: vec![name],
        sex: sex(&patient.sex),
        birth: Some(PartialDate::Day(patient.birth.date())),
        death: patient.died.map(|at| Death::At(at.when())),
        addresses: vec![address],
        telecoms: patient.phone.iter().map(phone).collect(),
        marital: patient.marital.as_deref().map(Coded::text),
        race: patient.race.iter().map(Coded::text).collect(),
        language: patient.language.as_deref().map(Coded::text),
        ..Demographics::default()
    }
}

fn encounter(chart: &ChartFile, one: &EncounterEntry, patient: &SourceKey, staff: &Staff) -> Change {
    let since = one.admitted.or(one.arrived).map(|at| instant(at.date_time()));
    let until = one.discharged.map(|at| instant(at.date_time()));
    let stay = if until.is_some() { Stay::Closed { since, until } } else { Stay::Open { since } };
    let account = encounter_key(chart, &one.key);
    let moves = one.moves.iter().map(|at| Move {
        place: Place {
            unit: at.unit.clone(),
            bed: at.bed.clone().unwrap_or_default(),
            facility: String::new(),
        },
        from: Some(instant(at.at.date_time())),
    });
    let attending =
        one.attending.iter().map(|who| Attendance { role: Attends::Attending, who: staff.named(who) });
    let visit = Visit {
        identifiers: vec![Identifier {
            system: SYSTEM.into(),
            value: account.key.clone(),
            kind: "AN".into(),
        }],
        setting: one.setting,
        stay,
        arrived: one.arrived.map(|at| instant(at.date_time())),
        admission_type: one.admission_type.as_deref().map(Coded::text),
        admission_source: one.admission_source.as_deref().map(Coded::text),
        disposition: one
            .disposition
            .as_deref()
            .map(|code| Coded::new("urn:nubc:patient-discharge-status", code, "")),
        service: one.service.as_deref().map(Coded::text),
        reasons: one.reason.iter().map(Coded::text).collect(),
        moves: moves.collect(),
        attendance: attending.collect(),
        payers: one
            .payer
            .iter()
            .map(|payer| chart::directory::Named { name: payer.clone(), key: None })
            .collect(),
    };
    Change::Encounter {
        key: account,
        patient: patient.clone(),
        visit: Box::new(visit),
        movement: Movement::Update,
        extent: Extent::Whole,
    }
}

fn document(
    folder: &str,
    chart: &ChartFile,
    one: &DocumentEntry,
    patient: &SourceKey,
    staff: &Staff,
) -> Change {
    let document_key = |file: &str| key(KeyKind::Document, format!("{folder}/{file}"));
    let relation = one.version_of.as_deref().map(|target| Relation {
        kind: match one.relation.as_deref() {
            Some("replaces") => RelationKind::Replaces,
            Some("appends") => RelationKind::Appends,
            _ => RelationKind::Amends,
        },
        target: document_key(target),
    });
    let author = staff.named(&one.author);
    let signed = one.signed.map(|at| Attestation {
        by: author.clone(),
        meaning: "author".into(),
        at: Some(at.when()),
    });
    let cosigned = one.cosigned.zip(one.cosigner.as_deref()).map(|(at, who)| Attestation {
        by: staff.named(who),
        meaning: "co-signer".into(),
        at: Some(at.when()),
    });
    let status = if signed.is_some() { DocumentStatus::Final } else { DocumentStatus::Preliminary };
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, &one.kind, &one.title),
        title: one.title.clone(),
        status,
        written: Some(When::Instant(instant(one.at.date_time()))),
        authors: vec![author],
        signatures: signed.into_iter().chain(cosigned).collect(),
        sections: sections(&text(&format!("{folder}/{}", one.file))),
        relation,
        ..DocumentContent::default()
    };
    Change::Document {
        key: document_key(&one.file),
        patient: patient.clone(),
        encounter: one.encounter.as_deref().map(|encounter| encounter_key(chart, encounter)),
        content: Box::new(content),
    }
}

/// A Markdown text as sections: a heading begins one, its level is its depth.
pub(super) fn sections(markdown: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    for line in markdown.lines() {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        match line[level..].strip_prefix(' ') {
            Some(title) if (1..=6).contains(&level) => sections.push(Section {
                title: title.trim().into(),
                depth: u8::try_from(level.saturating_sub(2)).unwrap_or(0),
                ..Section::default()
            }),
            _ => {
                let text = &mut sections.last_mut().expect("there is always one").text;
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    for section in &mut sections {
        section.text = section.text.trim().to_owned();
    }
    sections.retain(|section| !section.title.is_empty() || !section.text.is_empty());
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_chart_reads_and_names_what_exists() {
        let staff = Staff::load();
        let folders = folders();
        assert!(folders.len() >= 24, "{} charts", folders.len());
        for folder in &folders {
            let (_, chart) = chart_file(folder);
            let encounters: Vec<&str> = chart.encounter.iter().map(|one| one.key.as_str()).collect();
            for document in &chart.document {
                let known = chart::document_type::document_types().by_key(&document.kind);
                assert!(known.is_some(), "{folder}/{}: no document type {}", document.file, document.kind);
                assert!(
                    staff.keys().any(|key| key == document.author),
                    "{folder}/{}: {} is not of the staff",
                    document.file,
                    document.author
                );
                let encounter = document.encounter.as_deref();
                assert!(encounter.is_none_or(|one| encounters.contains(&one)), "{folder}/{}", document.file);
            }
            assert!(!arrival(folder, &staff).changes.is_empty());
        }
    }

    #[test]
    fn headings_begin_sections() {
        let sections =
            sections("Before\n\n## History\nCough.\n\n- three days\n### Social\nNone.\n#hashtag\n");
        let seen: Vec<(&str, u8, &str)> =
            sections.iter().map(|one| (one.title.as_str(), one.depth, one.text.as_str())).collect();
        assert_eq!(
            seen,
            [("", 0, "Before"), ("History", 0, "Cough.\n\n- three days"), ("Social", 1, "None.\n#hashtag")]
        );
    }
}
