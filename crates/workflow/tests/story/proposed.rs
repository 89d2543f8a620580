//! What the documents of the written charts propose, held against the expert's codes.

use std::collections::BTreeMap;

use chart::access::Role;
use chart::intake::{KeyKind, SourceKey};
use codeset::Code;
use hospital::{SYSTEM, Staff, gold_codes, written};
use workflow::coding::Standing;

use crate::coding::books;
use crate::house::House;
use crate::suggested::look;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_written_charts_propose_is_measured_against_the_expert() {
    let (house, books) = (House::new().await, books());
    house.take(written(&Staff::load())).await;
    let coder = house.user(Role::Coder, None).await;
    let (mut seen, mut proposed, mut right, mut asked) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut wrong: BTreeMap<Code, usize> = BTreeMap::new();
    let mut missed: BTreeMap<Code, usize> = BTreeMap::new();
    let (mut gold_count, mut first) = (0_usize, 0_usize);
    for chart in gold_codes() {
        for one in &chart.encounters {
            let Some(gold) = one.codes() else { continue };
            let key = SourceKey::new(SYSTEM, KeyKind::Encounter, one.account.clone());
            let Some(encounter) = house.target(&key).await else { continue };
            let found = look(&house, &books, &coder, encounter).await;
            let codes: Vec<Code> =
                gold.diagnoses.iter().map(|one| Code::parse(&one.code).expect("a code")).collect();
            let is_right = |code: Code| codes.iter().any(|gold| gold.starts_with(code));
            let all: Vec<Code> = found
                .suggestions
                .iter()
                .filter(|one| one.standing == Standing::Proposed)
                .map(|one| one.code)
                .collect();
            asked += found.suggestions.len() - all.len();
            seen += 1;
            proposed += all.len();
            gold_count += codes.len();
            right += all.iter().filter(|code| is_right(**code)).count();
            first += all.iter().take(5).filter(|code| is_right(**code)).count();
            all.iter()
                .filter(|code| !is_right(**code))
                .for_each(|code| *wrong.entry(*code).or_default() += 1);
            let lacks = codes.iter().filter(|gold| !all.iter().any(|code| gold.starts_with(*code)));
            lacks.for_each(|code| *missed.entry(*code).or_default() += 1);
        }
    }
    let share = |part: usize, whole: usize| part * 1_000 / whole.max(1);
    println!(
        "{seen} encounters, {gold_count} codes of the expert, {proposed} proposed, {right} right: precision 0.{:03}, \
         recall 0.{:03}, {} wrong an encounter, {first} right among the first five; {asked} for a query only",
        share(right, proposed),
        share(gold_count - missed.values().sum::<usize>(), gold_count),
        (proposed - right) as f64 / seen as f64,
    );
    let mut often: Vec<(Code, usize)> = wrong.into_iter().collect();
    often.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    println!(
        "wrong most often: {:?}",
        often.iter().take(60).map(|(c, n)| format!("{c} {n}")).collect::<Vec<_>>()
    );
    println!("missed: {:?}", missed.iter().map(|(c, n)| format!("{c} {n}")).collect::<Vec<_>>());
    assert!(right >= 105 && right * 100 >= proposed * 44, "fewer are right than before");
}
