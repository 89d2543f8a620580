//! Any text is a formula or an error, and a formula prints itself so that it is read the same again.
#![no_main]

use grouper::Formula;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Formula::parse(text) {
        Ok(formula) => {
            assert_eq!(Formula::parse(&formula.to_string()).as_ref(), Ok(&formula));
            let present = |name: &String| name.len() % 2 == 0;
            assert_eq!(formula.is_true(&present), formula.unmet(&present).is_none());
        }
        Err(error) => assert!(error.to_string().len() < 200),
    }
});
