//! The gold codes of the written charts, put through the coder's desk: the DRG is the expert's.

use chart::coding::{CodedDiagnosis, CodedProcedure, Codes, Origin, Present};
use codeset::{Code, Pack};
use hospital::{GoldChart, GoldCodes, GoldEncounter, gold_codes};
use workflow::coding::{Books, Computed, Facts, compute};

fn code(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

fn codes(gold: &GoldCodes) -> Codes {
    let present = |poa: Option<&str>| poa.and_then(|poa| poa.parse().ok()).unwrap_or(Present::Blank);
    let diagnosis = |code: Code, poa: Option<&str>| CodedDiagnosis {
        code,
        present: present(poa),
        origin: Origin::Entered,
        evidence: Vec::new(),
    };
    let procedure = |code: Code, day| CodedProcedure {
        code,
        day: Some(day),
        performer: None,
        origin: Origin::Entered,
        evidence: Vec::new(),
    };
    Codes {
        admitting: gold.admitting.as_ref().map(|one| code(&one.code)),
        diagnoses: gold.diagnoses.iter().map(|one| diagnosis(code(&one.code), one.poa.as_deref())).collect(),
        procedures: gold.procedures.iter().map(|one| procedure(code(&one.code), one.date)).collect(),
        services: Vec::new(),
        discharge_status: gold.discharge_status.clone(),
    }
}

fn facts(chart: &GoldChart, one: &GoldEncounter) -> Facts {
    let years = one.admitted.year() - chart.birth.year();
    let had = (one.admitted.month(), one.admitted.day()) >= (chart.birth.month(), chart.birth.day());
    let age = years - i16::from(!had);
    let days = (one.admitted - chart.birth).get_days();
    Facts {
        setting: one.setting,
        admitted: Some(one.admitted),
        discharged: one.coded_on,
        has_left: true,
        age_years: Some(age),
        age_days: u16::try_from(days).ok().filter(|_| age == 0),
        sex: chart.sex,
        status: 0,
        rules: guidelines::Severities::default(),
    }
}

/// The edits raised, by the names that CMS prints.
fn edits(said: &Computed) -> Vec<String> {
    let mut names: Vec<String> = said.edits.iter().map(|one| one.edit.to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn the_desk_groups_gold_sets_as_the_expert_did() {
    let books = Books::open(Pack::open(editions::EMBEDDED).expect("the editions")).expect("they open");
    let (mut wrong, mut seen, mut slowest) = (Vec::new(), 0, std::time::Duration::ZERO);
    println!("{:<28}{:>6}{:>9}{:>9}  edits expected / raised; errors", "encounter", "codes", "gold", "desk");
    for chart in gold_codes() {
        for one in &chart.encounters {
            let Some(gold) = one.codes() else { continue };
            seen += 1;
            let (codes, facts) = (codes(gold), facts(&chart, one));
            let begin = std::time::Instant::now();
            let said = compute(&books, &facts, &codes);
            slowest = slowest.max(begin.elapsed());
            let expected = gold.drg.as_ref().map(|drg| drg.number);
            let grouped = said.group.as_ref().map(|group| group.drg);
            let name = format!("{} {}", chart.folder, one.key);
            let errors: Vec<String> = said.objections().into_iter().map(|one| one.finding).collect();
            println!(
                "{name:<28}{:>6}{:>9}{:>9}  {:?} / {:?}; {errors:?}",
                codes.diagnoses.len() + codes.procedures.len(),
                expected.map_or_else(|| "-".into(), |drg| format!("{drg:03}")),
                grouped.map_or_else(|| "-".into(), |drg| format!("{drg:03}")),
                gold.edits,
                edits(&said)
            );
            if expected != grouped {
                wrong.push(format!("{name}: MS-DRG {expected:?} expected, {grouped:?} grouped"));
            }
            let mut edited = gold.edits.clone();
            edited.sort();
            if said.group.is_some() && edited != edits(&said) {
                wrong.push(format!("{name}: edits {edited:?} expected, {:?} raised", edits(&said)));
            }
        }
    }
    println!("{seen} encounters; the slowest computation took {slowest:?}");
    assert!(seen > 30, "{seen} encounters are coded");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The keys of the rules of `data/guidelines/rule.tsv`.
fn rules() -> Vec<String> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/guidelines/rule.tsv");
    let text = std::fs::read_to_string(file).expect("the rules");
    text.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

/// Rules that look at who wrote it and how surely: codes alone cannot show them.
const OF_THE_READER: [&str; 2] = ["other-clinician", "uncertain-outpatient"];

/// The sets that a hasty coder might have written: the codes added, put first, or in place of those of their category.
fn hasty(gold: &GoldCodes, wrong: &[Code]) -> Vec<Codes> {
    let right = codes(gold);
    let line = |code: &Code| CodedDiagnosis {
        code: *code,
        present: Present::Yes,
        origin: Origin::Entered,
        evidence: Vec::new(),
    };
    let others = |keep: &dyn Fn(&Code) -> bool| -> Vec<CodedDiagnosis> {
        right.diagnoses.iter().filter(|one| !wrong.contains(&one.code) && keep(&one.code)).cloned().collect()
    };
    let wrong_lines: Vec<CodedDiagnosis> = wrong.iter().map(line).collect();
    let category = |code: &Code| code.to_string().get(..3).map(str::to_owned);
    let other_category = |code: &Code| !wrong.iter().any(|one| category(one) == category(code));
    let set = |diagnoses: Vec<CodedDiagnosis>| Codes { diagnoses, ..right.clone() };
    vec![
        set([others(&|_| true), wrong_lines.clone()].concat()),
        set([wrong_lines.clone(), others(&|_| true)].concat()),
        set([wrong_lines.clone(), others(&other_category)].concat()),
        set([others(&other_category), wrong_lines].concat()),
    ]
}

/// What a hasty coder would have written: where codes alone can show the mistake, the rule of that name raises it; the
/// others are mistakes that only a reader of the chart can see.
#[test]
fn a_hasty_coder_is_stopped_where_the_codes_show_it() {
    let books = Books::open(Pack::open(editions::EMBEDDED).expect("the editions")).expect("they open");
    let rules = rules();
    let shows = |finding: &str| rules.iter().any(|rule| rule == finding) && !OF_THE_READER.contains(&finding);
    let (mut raised, mut silent, mut of_the_reader) = (0, Vec::new(), 0);
    for chart in gold_codes() {
        for one in &chart.encounters {
            let Some(gold) = one.codes() else { continue };
            for naive in &gold.naive {
                if !shows(&naive.finding) {
                    of_the_reader += 1;
                    continue;
                }
                let wrong: Vec<Code> = naive.codes.iter().map(|text| code(text)).collect();
                let is_raised = hasty(gold, &wrong).iter().any(|codes| {
                    let said = compute(&books, &facts(&chart, one), codes);
                    said.review
                        .iter()
                        .flat_map(|review| &review.findings)
                        .any(|found| found.rule == naive.finding)
                });
                if is_raised {
                    raised += 1;
                } else {
                    silent.push(format!("{} {}: {} {:?}", chart.folder, one.key, naive.finding, naive.codes));
                }
            }
        }
    }
    println!(
        "{raised} mistakes raised by their rule, {of_the_reader} are a reader's; silent:\n{}",
        silent.join("\n")
    );
    assert!(raised > 0 && of_the_reader > 0);
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
