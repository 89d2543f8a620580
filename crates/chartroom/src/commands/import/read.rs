//! Reading one file after another.

use std::error::Error;

use chart::intake::{Channel, Original, Refusal};
use exchange::fhir::{self, Known, ndjson};
use exchange::{cda, hl7};
use jiff::tz::TimeZone;
use workflow::intake::Incoming;

use super::files::{Form, Found};

/// Files with directory entries and encounters: what they say of others is learned before anything is read.
const TEACHERS: [&str; 6] =
    ["Organization", "Location", "Practitioner", "Medication", "Specimen", "Encounter"];

/// Reads files, with what other files of the same import say.
pub(super) struct Reader {
    fhir: fhir::Source,
    hl7: hl7::Source,
    cda: cda::Source,
    known: Known,
}

impl Reader {
    pub(super) fn new(name: &str, zone: TimeZone) -> Self {
        Self {
            fhir: fhir::Source { system: name.to_owned(), zone: zone.clone() },
            hl7: hl7::Source { name: name.to_owned(), zone: zone.clone() },
            cda: cda::Source { name: name.to_owned(), zone },
            known: Known::default(),
        }
    }

    /// Learns from the files what resources say of others they are pointed to by.
    pub(super) fn learn(&mut self, files: &[Found]) -> Result<(), Box<dyn Error>> {
        let teaches = |one: &&Found| TEACHERS.iter().any(|kind| one.name().starts_with(kind));
        for file in files.iter().filter(|one| one.form == Form::Lines).filter(teaches) {
            for (_, line) in ndjson::lines(&bytes(file)?) {
                self.known.learn(line);
            }
        }
        Ok(())
    }

    /// Everything a file holds, read or with the reason why not.
    pub(super) fn read(&self, file: &Found) -> Result<Vec<Incoming>, Box<dyn Error>> {
        let bytes = bytes(file)?;
        let name = file.name();
        Ok(match file.form {
            Form::Lines => {
                ndjson::lines(&bytes).map(|(number, line)| self.line(&name, number, line)).collect()
            }
            Form::Json => self.resources(&name, bytes),
            Form::Hl7 => {
                hl7::batch::messages(&bytes).into_iter().map(|message| self.message(&name, message)).collect()
            }
            Form::Cda => vec![match cda::read(&bytes, &self.cda) {
                Ok(arrival) => arrival.into(),
                Err(refusal) => {
                    unread(Channel::Ccda, "C-CDA document", (cda::MEDIA_TYPE, bytes), &name, &refusal)
                }
            }],
        })
    }

    fn line(&self, file: &str, number: usize, line: &[u8]) -> Incoming {
        match fhir::read_resource_knowing(line, &self.fhir, &self.known) {
            Ok(arrival) => arrival.into(),
            Err(refusal) => {
                let place = format!("{file}, line {number}");
                let kind = file.split('.').next().unwrap_or_default();
                unread(Channel::Fhir, kind, (fhir::MEDIA_TYPE, line.to_vec()), &place, &refusal)
            }
        }
    }

    fn resources(&self, file: &str, bytes: Vec<u8>) -> Vec<Incoming> {
        match fhir::read_file(&bytes, &self.fhir) {
            Ok(entries) => entries
                .into_iter()
                .map(|entry| match entry {
                    Ok(arrival) => arrival.into(),
                    Err(refused) => {
                        let original = (fhir::MEDIA_TYPE, refused.original.bytes);
                        unread(Channel::Fhir, "Bundle entry", original, file, &refused.refusal)
                    }
                })
                .collect(),
            Err(refusal) => {
                vec![unread(Channel::Fhir, "FHIR file", (fhir::MEDIA_TYPE, bytes), file, &refusal)]
            }
        }
    }

    fn message(&self, file: &str, bytes: &[u8]) -> Incoming {
        let refused = |kind: &str, refusal: &Refusal| {
            unread(Channel::Hl7, kind, (hl7::MEDIA_TYPE, bytes.to_vec()), file, refusal)
        };
        match hl7::read(bytes, &self.hl7) {
            Ok(message) => {
                message.arrival().map_or_else(|refusal| refused(&message.trigger(), &refusal), Incoming::from)
            }
            Err(refusal) => refused("HL7 message", &refusal),
        }
    }
}

fn bytes(file: &Found) -> Result<Vec<u8>, String> {
    std::fs::read(&file.path).map_err(|error| format!("{}: {error}", file.path.display()))
}

fn unread(
    channel: Channel,
    kind: &str,
    (media_type, bytes): (&str, Vec<u8>),
    place: &str,
    refusal: &Refusal,
) -> Incoming {
    Incoming::Unread {
        channel,
        kind: kind.to_owned(),
        original: Original { media_type: media_type.into(), bytes },
        reason: format!("{place}: {refusal}"),
    }
}
