//! What senders are answered.

use chart::intake::Refusal;
use exchange::hl7::{Ack, acknowledge};

const HEADER: &str = "MSH|^~\\&|LAB|NORTH|CHART|HIM|20261030081500||ORU^R01|42|P|2.5.1";

fn answer(message: &str, verdict: &Ack) -> Option<String> {
    let at = "2026-10-30T13:15:02Z".parse().unwrap();
    acknowledge(message.as_bytes(), verdict, at).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn refusal(place: &str) -> Refusal {
    Refusal { place: place.into(), what: "no patient number".into() }
}

#[test]
fn an_accepted_message_is_answered_with_sender_and_receiver_changed_over() {
    let expected = "MSH|^~\\&|CHART|HIM|LAB|NORTH|20261030131502+0000||ACK^R01^ACK|42|P|2.5.1\rMSA|AA|42\r";
    assert_eq!(answer(HEADER, &Ack::Accept).unwrap(), expected);
}

#[test]
fn an_error_names_segment_and_field_in_the_form_of_the_version() {
    let said = answer(HEADER, &Ack::Error(refusal("PID[2]-3"))).unwrap();
    assert!(said.contains("MSA|AE|42|PID[2]-3: no patient number\r"), "{said}");
    assert!(
        said.ends_with("ERR||PID^2^3|101^Required field missing^HL70357|E||||no patient number\r"),
        "{said}"
    );
    let old = answer(&HEADER.replace("2.5.1", "2.3"), &Ack::Error(refusal("PV1"))).unwrap();
    assert!(old.ends_with("ERR|PV1^1^^100&Segment sequence error&HL70357\r"), "{old}");
}

#[test]
fn a_message_without_a_header_is_rejected_with_what_can_be_said() {
    let verdict = Ack::Reject(Refusal { place: "MSH".into(), what: "no message header".into() });
    for garbage in ["", "PID|1", "MSH", "\u{0}\u{1}"] {
        let said = answer(garbage, &verdict).unwrap();
        assert!(
            said.starts_with(
                "MSH|^~\\&|||||20261030131502+0000||ACK||P|2.5\rMSA|AR||MSH: no message header\r"
            ),
            "{said}"
        );
    }
}

#[test]
fn enhanced_mode_commits_as_the_sender_asks() {
    let wishes = |commit: &str, application: &str| HEADER.to_owned() + "|||" + commit + "|" + application;
    let code = |message: &str, verdict: &Ack| {
        answer(message, verdict).map(|said| said.split("MSA|").nth(1).unwrap()[..2].to_owned())
    };
    let wrong = Ack::Error(refusal("PID-3"));
    let cases = [
        ("AL", "NE", Some("CA"), Some("CE")),
        ("ER", "NE", None, Some("CE")),
        ("SU", "NE", Some("CA"), None),
        ("NE", "NE", None, None),
        ("NE", "AL", Some("AA"), Some("AE")),
        ("", "", Some("AA"), Some("AE")),
    ];
    for (commit, application, accepted, refused) in cases {
        let message = wishes(commit, application);
        assert_eq!(code(&message, &Ack::Accept).as_deref(), accepted, "{commit}/{application}");
        assert_eq!(code(&message, &wrong).as_deref(), refused, "{commit}/{application}");
    }
}

#[test]
fn the_answer_uses_the_senders_delimiters() {
    let said =
        answer("MSH$*@!%$LAB$NORTH$CHART$HIM$2026$$ORU*R01$7$P$2.4", &Ack::Error(refusal("OBX-5"))).unwrap();
    assert!(said.starts_with("MSH$*@!%$CHART$HIM$LAB$NORTH$20261030131502+0000$$ACK*R01*ACK$7$P$2.4\rMSA$AE$7$OBX-5: no patient"), "{said}");
    assert!(said.ends_with("ERR$OBX*1*5*101%Required field missing%HL70357\r"), "{said}");
}
