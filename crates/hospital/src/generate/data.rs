//! The demo hospital's data files.

use std::collections::BTreeMap;

use chart::encounter::Setting;
use rand::RngExt as _;
use rand::rngs::ChaCha8Rng;
use serde::Deserialize;

use super::slips::Slip;

/// Everything that is drawn from.
pub(super) struct Data {
    pub(super) names: Names,
    pub(super) panels: BTreeMap<String, Panel>,
    pub(super) forms: Vec<Form>,
    pub(super) slips: Vec<Slip>,
    /// Slot → the phrases that fill it.
    pub(super) phrases: BTreeMap<String, Vec<String>>,
    /// The same for slots that say the same in all documents of one patient.
    pub(super) kept: BTreeMap<String, Vec<String>>,
    scenarios: Vec<Scenario>,
}

/// Names of people, streets, towns and payers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) female: Vec<String>,
    pub(super) male: Vec<String>,
    pub(super) family: Vec<String>,
    pub(super) street: Vec<String>,
    /// Town and ZIP code.
    pub(super) town: Vec<[String; 2]>,
    pub(super) payer: Vec<String>,
}

/// A laboratory panel or a set of vital signs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Panel {
    pub(super) title: String,
    pub(super) category: String,
    pub(super) analytes: Vec<Analyte>,
}

/// One measurement: name, LOINC, unit, low, high, usual value, spread, decimals.
#[derive(Deserialize)]
#[serde(from = "[String; 8]")]
pub(super) struct Analyte {
    pub(super) name: String,
    pub(super) loinc: String,
    pub(super) unit: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) usual: f64,
    pub(super) spread: f64,
    pub(super) decimals: usize,
}

impl From<[String; 8]> for Analyte {
    fn from([name, loinc, unit, low, high, usual, spread, decimals]: [String; 8]) -> Self {
        let number = |text: &str| text.parse().expect("demo/panels.toml holds numbers: a test reads it");
        let decimals = decimals.parse().expect("decimals are a count");
        Self { usual: number(&usual), spread: number(&spread), name, loinc, unit, low, high, decimals }
    }
}

/// A document that a setting asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) settings: Vec<Setting>,
    pub(super) title: String,
    pub(super) author: String,
    pub(super) from: Anchor,
    pub(super) hours: f64,
    /// Hours within which it is written after that.
    #[serde(default)]
    pub(super) spread: i64,
    /// Hours after which it comes again.
    pub(super) every: Option<i64>,
    /// Without all of these the form is not written.
    #[serde(default)]
    pub(super) when: Vec<Condition>,
    pub(super) body: String,
    /// Other wordings of the body.
    #[serde(default)]
    pub(super) other: Vec<String>,
}

/// From when a form's hours count.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Anchor {
    /// Arrival or admission.
    Begin,
    /// Discharge or end of the visit.
    End,
    /// The incision.
    Operation,
    /// The end of the operation.
    Recovery,
}

/// What must be so for a form to be written.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Condition {
    /// The scenario has an imaging study.
    Study,
    /// The scenario has therapy.
    Therapy,
    /// Tissue went to pathology.
    Tissue,
    Died,
    Alive,
    /// The stay is too long for a final note to close it.
    Long,
    /// The stay is long enough for a comprehensive assessment.
    Assessed,
}

/// What brings somebody to the hospital.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub(super) name: String,
    pub(super) setting: Setting,
    share: u32,
    pub(super) sex: Option<String>,
    pub(super) age: [i16; 2],
    pub(super) hours: [f64; 2],
    pub(super) reason: String,
    pub(super) service: String,
    pub(super) unit: String,
    pub(super) by: Vec<String>,
    #[serde(rename = "type")]
    pub(super) admission_type: String,
    pub(super) dispositions: Vec<String>,
    pub(super) history: Vec<String>,
    pub(super) exam: Vec<String>,
    pub(super) assessment: Vec<String>,
    pub(super) plan: Vec<String>,
    pub(super) course: Vec<String>,
    pub(super) diagnoses: Vec<[String; 2]>,
    /// Analyte → value on arrival and at the end.
    pub(super) labs: BTreeMap<String, [f64; 2]>,
    pub(super) panels: Vec<String>,
    /// Drug, dose, route, frequency.
    pub(super) medications: Vec<[String; 4]>,
    #[serde(default)]
    pub(super) vaccines: Vec<String>,
    #[serde(default)]
    pub(super) study: String,
    #[serde(default)]
    pub(super) findings: String,
    #[serde(default)]
    pub(super) impression: String,
    #[serde(default)]
    pub(super) operation: String,
    #[serde(default)]
    pub(super) technique: String,
    #[serde(default)]
    pub(super) anesthesia: String,
    #[serde(default)]
    pub(super) blood: String,
    #[serde(default)]
    pub(super) specimen: String,
    /// What pathology says of the specimen; empty where nothing was sent.
    #[serde(default)]
    pub(super) pathology: String,
    #[serde(default)]
    pub(super) therapy: String,
}

impl Scenario {
    /// Whether tissue went to pathology.
    pub(super) const fn has_tissue(&self) -> bool {
        !self.pathology.is_empty()
    }

    /// Whether it can bring back a person of this sex and age.
    pub(super) fn fits_again(&self, is_female: bool, age: i16) -> bool {
        let [youngest, oldest] = self.age;
        let sex = self.sex.as_deref().is_none_or(|sex| (sex == "female") == is_female);
        sex && self.setting != Setting::Newborn && (youngest..=oldest).contains(&age)
            || self.setting == Setting::Emergency && self.name == "laceration"
    }
}

impl Data {
    /// The data of the program.
    pub(super) fn load() -> Self {
        #[derive(Deserialize)]
        struct Forms {
            form: Vec<Form>,
        }
        #[derive(Deserialize)]
        struct Slips {
            slip: Vec<Slip>,
        }
        #[derive(Deserialize)]
        struct Phrases {
            phrases: BTreeMap<String, Vec<String>>,
            kept: BTreeMap<String, Vec<String>>,
        }
        #[derive(Deserialize)]
        struct Panels {
            panel: BTreeMap<String, Panel>,
        }
        #[derive(Deserialize)]
        struct Scenarios {
            scenario: Vec<Scenario>,
        }
        let expect = "the demo's files are right: a test reads them";
        let phrases: Phrases = toml::from_str(include_str!("../../demo/phrases.toml")).expect(expect);
        Self {
            names: toml::from_str(include_str!("../../demo/names.toml")).expect(expect),
            panels: toml::from_str::<Panels>(include_str!("../../demo/panels.toml")).expect(expect).panel,
            forms: toml::from_str::<Forms>(include_str!("../../demo/forms.toml")).expect(expect).form,
            slips: toml::from_str::<Slips>(include_str!("../../demo/slips.toml")).expect(expect).slip,
            phrases: phrases.phrases,
            kept: phrases.kept,
            scenarios: toml::from_str::<Scenarios>(include_str!("../../demo/scenarios.toml"))
                .expect(expect)
                .scenario,
        }
    }

    /// One of the scenarios that `fits`, by its share.
    pub(super) fn draw_scenario(
        &self,
        random: &mut ChaCha8Rng,
        fits: impl Fn(&Scenario) -> bool,
    ) -> &Scenario {
        let fitting: Vec<&Scenario> = self.scenarios.iter().filter(|one| fits(one)).collect();
        let mut at = random.random_range(0..fitting.iter().map(|one| one.share).sum());
        let drawn = fitting.iter().find(|one| {
            let found = at < one.share;
            at = at.saturating_sub(one.share);
            found
        });
        drawn.expect("the shares add up")
    }
}
