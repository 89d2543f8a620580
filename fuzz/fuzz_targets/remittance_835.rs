//! Any bytes are 835 remittances or an error; whatever was read can be balanced and asked for its denials.
#![no_main]

use exchange::x12::read_remittances;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    for read in read_remittances(file) {
        match read {
            Ok(remittance) => {
                remittance.imbalances().iter().for_each(|one| drop(one.to_string()));
                remittance.claims.iter().for_each(|claim| drop(claim.denials()));
                remittance.faults.iter().for_each(|fault| assert!(fault.to_string().len() < 1_000));
            }
            Err(error) => assert!(error.to_string().len() < 1_000),
        }
    }
});
