//! The hot path allocates nothing: a thousand cases, worked on with a scratch that has seen them once.

mod support;

use grouper::DeskScratch;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use support::{DESK, any_case};

#[test]
fn a_case_is_grouped_and_edited_without_allocating() {
    let mut runner = TestRunner::deterministic();
    let strategy = any_case();
    let cases: Vec<_> = (0..1000).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect();
    let mut scratch = DeskScratch::default();
    let mut work = || cases.iter().filter(|case| DESK.process(case, &mut scratch).is_ok()).count();
    assert_eq!(work(), 1000);
    let mut done = 0;
    let allocations = allocation_counter::measure(|| done = work());
    println!("{done} cases, {} allocations", allocations.count_total);
    assert_eq!((done, allocations.count_total), (1000, 0));
}
