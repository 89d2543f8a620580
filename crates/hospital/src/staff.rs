//! The hospital's staff and who signs in, from `demo/staff.toml`.

use std::collections::BTreeMap;

use chart::coded::{Coded, system};
use chart::directory::{Named, Party, PartyKind};
use chart::intake::{Arrival, Change, Channel, KeyKind, Original};
use chart::patient::Identifier;
use serde::Deserialize;

use super::keys::key;

const FILE: &str = include_str!("../demo/staff.toml");

/// Everybody who works at the hospital.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Staff {
    place: String,
    staff: BTreeMap<String, Member>,
    sign_in: Vec<SignIn>,
}

#[derive(Debug, Deserialize)]
struct Member {
    family: String,
    given: String,
    credential: String,
    specialty: String,
    npi: Option<String>,
}

/// One who signs in to the demo.
#[derive(Debug, Clone, Deserialize)]
pub struct SignIn {
    /// What to type.
    pub name: String,
    /// Who it is.
    pub person: String,
    /// The roles they may wear.
    pub roles: Vec<String>,
    /// Their key in the directory, for those who write in charts.
    pub staff: Option<String>,
}

impl Staff {
    /// The staff of the demo hospital.
    #[must_use]
    pub fn load() -> Self {
        toml::from_str(FILE).expect("demo/staff.toml is right: a test reads it")
    }

    /// Who signs in.
    #[must_use]
    pub fn sign_ins(&self) -> &[SignIn] {
        &self.sign_in
    }

    /// The keys of all.
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.staff.keys().map(String::as_str)
    }

    /// Whether one of the staff is a physician, who needs nobody to co-sign.
    pub(super) fn is_physician(&self, staff: &str) -> bool {
        self.staff.get(staff).is_some_and(|member| member.credential == "MD")
    }

    /// How a chart names one of the staff; an unknown key stands for itself.
    pub(super) fn named(&self, staff: &str) -> Named {
        let Some(member) = self.staff.get(staff) else { return Named { name: staff.into(), key: None } };
        let name = format!("{} {}, {}", member.given, member.family, member.credential);
        Named { name, key: Some(key(KeyKind::Party, staff)) }
    }

    /// The directory.
    pub(super) fn arrival(&self) -> Arrival {
        let mut changes =
            vec![Change::Party { key: key(KeyKind::Party, "hospital"), party: Box::new(self.hospital()) }];
        changes.extend(self.staff.iter().map(|(staff, member)| Change::Party {
            key: key(KeyKind::Party, staff),
            party: Box::new(member.party()),
        }));
        Arrival {
            channel: Channel::Hand,
            kind: "Directory".into(),
            original: Original { media_type: "application/toml".into(), bytes: FILE.into() },
            changes,
            attachments: Vec::new(),
            remarks: Vec::new(),
        }
    }

    fn hospital(&self) -> Party {
        Party {
            kind: PartyKind::Organization,
            name: self.place.clone(),
            identifiers: Vec::new(),
            types: vec![Coded::text("Hospital")],
            part_of: None,
            telecoms: Vec::new(),
            address: None,
            active: true,
        }
    }
}

impl Member {
    fn party(&self) -> Party {
        let npi = self.npi.iter().map(|npi| Identifier {
            system: system::NPI.into(),
            value: npi.clone(),
            kind: "NPI".into(),
        });
        Party {
            kind: PartyKind::Practitioner,
            name: format!("{}, {}", self.family, self.given),
            identifiers: npi.collect(),
            types: vec![Coded::text(&self.credential), Coded::text(&self.specialty)],
            part_of: Some(Named {
                name: "Harbor Bend Community Hospital".into(),
                key: Some(key(KeyKind::Party, "hospital")),
            }),
            telecoms: Vec::new(),
            address: None,
            active: true,
        }
    }
}
