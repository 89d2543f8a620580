//! The body of a form with every slot filled: from the scenario, from the patient, and from `demo/phrases.toml`.

use rand::RngExt as _;

use super::data::Form;
use super::people::Person;
use super::{Episode, Patient};

/// One of the form's bodies with every slot filled.
pub(super) fn fill(patient: &mut Patient<'_>, person: &Person, episode: &Episode<'_>, form: &Form) -> String {
    let bodies: Vec<&String> = std::iter::once(&form.body).chain(&form.other).collect();
    let mut text = (*patient.pick(&bodies)).clone();
    let phrases = phrases(patient);
    let (sentences, words) = (sentences(patient, episode), words(patient, person, episode));
    // Sentences hold phrases, phrases hold phrases, and all hold words.
    for (slot, value) in [&sentences, &phrases, &phrases, &words].into_iter().flatten() {
        text = text.replace(&format!("{{{slot}}}"), value);
    }
    text.trim().to_owned()
}

fn phrases<'a>(patient: &mut Patient<'a>) -> Vec<(&'a str, String)> {
    let data = patient.data;
    let number = usize::try_from(patient.number).unwrap_or_default();
    let kept = data.kept.iter().map(|(slot, all)| (slot.as_str(), all[number % all.len()].clone()));
    let drawn = data.phrases.iter().map(|(slot, all)| (slot.as_str(), patient.pick(all).clone()));
    kept.chain(drawn).collect()
}

fn sentences<'a>(patient: &mut Patient<'a>, episode: &Episode<'_>) -> Vec<(&'a str, String)> {
    let scenario = episode.scenario;
    vec![
        ("history", patient.pick(&scenario.history).clone()),
        ("exam", patient.pick(&scenario.exam).clone()),
        ("assessment", patient.pick(&scenario.assessment).clone()),
        ("plan", patient.pick(&scenario.plan).clone()),
        ("course", patient.pick(&scenario.course).clone()),
        ("technique", scenario.technique.clone()),
        ("operation", scenario.operation.clone()),
        ("anesthesia", scenario.anesthesia.clone()),
        ("findings", scenario.findings.clone()),
        ("impression", scenario.impression.clone()),
        ("therapy", scenario.therapy.clone()),
        ("pathology", scenario.pathology.clone()),
    ]
}

fn words<'a>(patient: &mut Patient<'a>, person: &Person, episode: &Episode<'_>) -> Vec<(&'a str, String)> {
    let scenario = episode.scenario;
    let labs = if scenario.panels.is_empty() { "None." } else { "As in the results of today." };
    let urgency = patient.random.random_range(2..5);
    let medicine = |[drug, dose, _, often]: &[String; 4]| format!("{drug} {dose} {often}");
    let ordered = scenario.medications.iter().map(medicine);
    let home = scenario.medications.iter().filter(|[.., route, _]| is_taken_at_home(route)).map(medicine);
    let diagnoses = scenario.diagnoses.iter().map(|[_, text]| text.clone());
    vec![
        ("reason", scenario.reason.clone()),
        ("unit", scenario.unit.clone()),
        ("blood", scenario.blood.clone()),
        ("specimen", scenario.specimen.clone()),
        ("study", scenario.study.clone()),
        ("vitals", vitals(patient)),
        ("labs", labs.into()),
        ("past", past(person)),
        ("ordered", list(ordered)),
        ("home", list(home)),
        ("diagnoses", list(diagnoses)),
        ("allergies", person.allergy.unwrap_or("none known").to_lowercase()),
        ("disposition", disposition(&episode.disposition).into()),
        ("surgeon", patient.staff.named(&episode.attending).name),
        ("witness", patient.staff.named(episode.nurse).name),
        ("pain", patient.random.random_range(2..9).to_string()),
        ("acuity", urgency.to_string()),
        ("asa", (urgency - 1).to_string()),
        ("hours_old", patient.random.random_range(24..36).to_string()),
        ("band", patient.random.random_range(4100..4990).to_string()),
        ("aldrete", patient.random.random_range(8..11).to_string()),
        ("days", episode.days.to_string()),
        ("side", episode.side.to_owned()),
        ("age", person.age(patient.now).to_string()),
    ]
}

/// Whether a medicine by this route goes on after a stay.
fn is_taken_at_home(route: &str) -> bool {
    !["intravenous", "intramuscular", "subcutaneous"].contains(&route)
}

/// Where the patient went, in the physician's words.
fn disposition(code: &str) -> &'static str {
    match code {
        "02" => "Transferred to the referral hospital.",
        "03" => "Transferred to a skilled nursing facility.",
        "06" => "Discharged home with home health care.",
        "07" => "Left against medical advice after the risks were explained.",
        "20" => "Died in the facility.",
        _ => "Discharged home.",
    }
}

fn past(person: &Person) -> String {
    if person.past.is_empty() { "None.".into() } else { format!("{}.", capital(&person.past.join(", "))) }
}

fn vitals(patient: &mut Patient<'_>) -> String {
    let mut draw = |low: i32, high: i32| patient.random.random_range(low..high);
    format!(
        "Pulse {}, blood pressure {}/{}, respirations {}, saturation {} %.",
        draw(62, 104),
        draw(104, 158),
        draw(58, 92),
        draw(13, 23),
        draw(92, 99)
    )
}

fn list(all: impl Iterator<Item = String>) -> String {
    let lines: String = all.map(|one| format!("- {one}\n")).collect();
    if lines.is_empty() { "None.".into() } else { lines }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
