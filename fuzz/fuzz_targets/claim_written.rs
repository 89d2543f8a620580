//! Whatever claim was read is refused by the writer in words, or is read back from what it writes.
#![no_main]

use exchange::x12::{Endpoint, InstitutionalClaim, Recipient, Submission, Submitter, read, write};
use libfuzzer_sys::fuzz_target;

fn submission() -> Submission {
    let endpoint = |id: &str| Endpoint { qualifier: "ZZ".to_owned(), id: id.to_owned() };
    let text = || "EXAMPLE".to_owned();
    Submission {
        sender: endpoint("SENDER"),
        receiver: endpoint("RECEIVER"),
        submitter: Submitter {
            name: text(),
            id: text(),
            contact: text(),
            telephone: "5550100200".to_owned(),
        },
        recipient: Recipient { name: text(), id: text() },
        interchange_number: 1,
        group_number: 1,
        set_number: 1,
        batch: text(),
        written: jiff::civil::date(2026, 11, 20).at(9, 15, 0, 0),
        is_test: true,
    }
}

fuzz_target!(|file: &[u8]| {
    for claim in read(file).filter_map(|read| read.ok()?.claim.ok()) {
        match write(&submission(), std::slice::from_ref(&claim)) {
            Ok(written) => {
                let back: Vec<InstitutionalClaim> = read(written.as_bytes())
                    .map(|read| read.expect("a file").claim.expect("a claim"))
                    .collect();
                assert_eq!(back.len(), 1);
                assert_eq!(write(&submission(), &back).as_ref(), Ok(&written));
            }
            Err(refused) => assert!(!refused.to_string().is_empty()),
        }
    }
});
