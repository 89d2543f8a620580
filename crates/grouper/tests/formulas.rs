//! Every formula of every version.

use grouper::Formula;

#[test]
fn every_formula_in_the_tables_prints_as_it_parses() {
    let mut count = 0;
    for (table, column) in [("drg_formula", 9), ("hac_formula", 3)] {
        let path = format!("{}/../../data/msdrg/{table}.tsv", env!("CARGO_MANIFEST_DIR"));
        for line in std::fs::read_to_string(path).unwrap().lines().skip(2) {
            for text in line.split('\t').nth(column).unwrap().split(";;") {
                let formula = Formula::parse(text).unwrap();
                assert_eq!(Formula::parse(&formula.to_string()), Ok(formula), "{text}");
                count += 1;
            }
        }
    }
    println!("{count} formulas");
    assert!(count > 2_000);
}
