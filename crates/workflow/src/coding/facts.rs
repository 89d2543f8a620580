//! What of an encounter decides, beside its codes, how they group and what is said of them.

use chart::coding::{Codes, Present};
use chart::date::PartialDate;
use chart::encounter::{Encounter, Setting};
use chart::patient::{Demographics, Sex};
use codeset::{Code, CodeIndex};
use grouper::{Case, Diagnosis, HospitalStatus, Poa, Procedure};
use guidelines::{Age, Coding, Severities};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

/// The encounter as a claim tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Where care was given.
    pub setting: Setting,
    /// Day of admission or visit, where it is known.
    pub admitted: Option<Date>,
    /// Day of discharge; today while the patient is here.
    pub discharged: Date,
    /// Whether the patient has left.
    pub has_left: bool,
    /// Age at admission: completed years.
    pub age_years: Option<i16>,
    /// Age at admission in days, in the first year.
    pub age_days: Option<u16>,
    /// Sex as registered.
    pub sex: Sex,
    /// Patient discharge status as registration has it; 0 where it is not said.
    pub status: u8,
    /// How grave the facility takes the rules of the guidelines, where it has decided otherwise than they ship.
    pub rules: Severities,
}

impl Facts {
    /// The facts of an encounter, in the facility's time zone.
    #[must_use]
    pub fn of(encounter: &Encounter, who: &Demographics, zone: &TimeZone, now: Timestamp) -> Self {
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let stay = encounter.visit.stay;
        let admitted = stay.since().map(day);
        let discharged = stay.until().map_or_else(|| day(now), day);
        let (age_years, age_days) = age(who.birth, admitted.unwrap_or(discharged));
        let status = encounter.visit.disposition.iter().flat_map(|one| &one.codings);
        Self {
            setting: encounter.visit.setting,
            admitted,
            discharged,
            has_left: stay.until().is_some(),
            age_years,
            age_days,
            sex: who.sex,
            status: status.filter_map(|coding| coding.code.parse().ok()).next().unwrap_or(0),
            rules: Severities::default(),
        }
    }

    /// The same facts, where the facility has decided so on the rules.
    #[must_use]
    pub fn under(self, rules: Severities) -> Self {
        Self { rules, ..self }
    }

    /// Whether the stay is grouped into an MS-DRG: it is of a bed of an acute hospital.
    #[must_use]
    pub const fn has_drg(&self) -> bool {
        matches!(self.setting, Setting::Inpatient | Setting::Obstetric | Setting::Newborn)
    }

    /// Whether HCPCS Level II services are coded: the encounter is an outpatient's.
    #[must_use]
    pub const fn takes_services(&self) -> bool {
        matches!(
            self.setting,
            Setting::Emergency | Setting::Observation | Setting::AmbulatorySurgery | Setting::Clinic
        )
    }

    /// Days of the stay; a stay of one day counts as one.
    #[must_use]
    pub fn stay_days(&self) -> Option<u16> {
        let days = self.admitted?.until((Unit::Day, self.discharged)).ok()?.get_days();
        u16::try_from(days.max(1)).ok()
    }

    /// The discharge status: as coded, else as registered.
    #[must_use]
    pub fn status(&self, codes: &Codes) -> u8 {
        codes.discharge_status.parse().unwrap_or(self.status)
    }

    /// The stay with these codes, as the grouper takes it.
    #[must_use]
    pub fn case(&self, codes: &Codes, index: &CodeIndex) -> Case {
        let mut diagnoses =
            codes.diagnoses.iter().map(|one| Diagnosis::new(one.code, poa(one.present), index));
        let principal =
            diagnoses.next().unwrap_or_else(|| Diagnosis::new(Code::default(), Poa::Blank, index));
        Case {
            age_years: self.age_years,
            sex: match self.sex {
                Sex::Female => grouper::Sex::Female,
                Sex::Male => grouper::Sex::Male,
                Sex::Other | Sex::Unknown => grouper::Sex::Unknown,
            },
            discharge_status: self.status(codes),
            hospital_status: HospitalStatus::NonExempt,
            discharge_date: self.discharged,
            stay_days: self.stay_days(),
            admitting: codes.admitting.map(|code| Diagnosis::new(code, Poa::Blank, index)),
            principal,
            secondary: diagnoses.collect(),
            procedures: codes.procedures.iter().map(|one| Procedure::new(one.code, index)).collect(),
            ..Case::default()
        }
    }

    /// The encounter with these codes, as the guidelines take it.
    #[must_use]
    pub fn coding(&self, codes: &Codes) -> Coding {
        let diagnosis = |one: &chart::coding::CodedDiagnosis| {
            let poa = guidelines::Poa::from_text(given(one.present)).unwrap_or_default();
            guidelines::Diagnosis::new(one.code, poa)
        };
        let procedure =
            |one: &chart::coding::CodedProcedure| guidelines::Procedure { code: one.code, date: one.day };
        Coding {
            admitted: self.admitted,
            setting: setting(self.setting),
            age: self.age_days.map(Age::Days).or_else(|| years(self.age_years)),
            sex: match self.sex {
                Sex::Female => guidelines::Sex::Female,
                Sex::Male => guidelines::Sex::Male,
                Sex::Other | Sex::Unknown => guidelines::Sex::Unknown,
            },
            diagnoses: codes.diagnoses.iter().map(diagnosis).collect(),
            procedures: codes.procedures.iter().map(procedure).collect(),
            ..Coding::new(self.discharged)
        }
    }
}

fn years(age: Option<i16>) -> Option<Age> {
    age.and_then(|years| u16::try_from(years).ok()).map(Age::Years)
}

/// Completed years on a day, and the days of somebody who is not one yet.
fn age(birth: Option<PartialDate>, on: Date) -> (Option<i16>, Option<u16>) {
    let Some(birth) = birth else { return (None, None) };
    let born = birth.earliest();
    let years = born.until((Unit::Year, on)).ok().map(|span| span.get_years());
    let days = born.until((Unit::Day, on)).ok().map(|span| span.get_days());
    let is_exact = matches!(birth, PartialDate::Day(_));
    let days = days.filter(|_| is_exact && years == Some(0)).and_then(|days| u16::try_from(days).ok());
    (years.filter(|years| *years >= 0), days)
}

/// The indicator as it is reported.
const fn given(present: Present) -> &'static str {
    match present {
        Present::Blank => "",
        other => other.key(),
    }
}

fn poa(present: Present) -> Poa {
    Poa::from_text(given(present))
}

const fn setting(setting: Setting) -> guidelines::Setting {
    use guidelines::Setting as Its;
    match setting {
        Setting::Inpatient => Its::Inpatient,
        Setting::Obstetric => Its::ObstetricDelivery,
        Setting::Newborn => Its::Newborn,
        Setting::SwingBed => Its::SwingBed,
        Setting::SkilledNursing => Its::SkilledNursing,
        Setting::Emergency => Its::Emergency,
        Setting::Observation => Its::Observation,
        Setting::AmbulatorySurgery => Its::AmbulatorySurgery,
        Setting::Clinic => Its::Clinic,
    }
}
