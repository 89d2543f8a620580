//! HL7 messages: kept before they are acknowledged, once, mended and replayed.

use chart::access::Role;
use exchange::hl7::Source;
use jiff::tz::TimeZone;
use store::Page;
use store::arrivals::{Filter, State};
use workflow::interface::{give_up, list, mend, read, receive};

use crate::house::House;

const ADMISSION: &str = "MSH|^~\\&|REG|TEST|CR|TEST|20261101080000+0000||ADT^A01|M1|P|2.5.1\r\
    EVN|A01|20261101080000+0000\r\
    PID|1||700^^^TEST^MR||Carter^Cleo||19610504|F\r\
    PV1|1|I|MED^201^1||||||||||||||||V700^^^TEST\r";
const RESULT: &str = "MSH|^~\\&|LAB|TEST|CR|TEST|20261101090000+0000||ORU^R01|M2|P|2.5.1\r\
    PID|1||700^^^TEST^MR||Carter^Cleo||19610504|F\r\
    OBR|1||L1|2160-0^Creatinine^LN|||20261101083000+0000\r\
    OBX|1|NM|2160-0^Creatinine^LN||1.4|mg/dL|0.5-1.2|H|||F\r";

fn source() -> Source {
    Source { name: "TEST".into(), zone: TimeZone::UTC }
}

fn text(acknowledgment: Option<Vec<u8>>) -> String {
    String::from_utf8(acknowledgment.expect("an answer")).expect("UTF-8")
}

#[tokio::test]
async fn a_message_is_taken_once_and_answered_the_same_again() {
    let house = House::new().await;
    for _ in 0..3 {
        let received = receive(&house.store, &mut house.system(), ADMISSION.into(), &source()).await.unwrap();
        assert_eq!(received.state, State::Applied);
        assert!(text(received.acknowledgment).contains("MSA|AA|M1"));
    }
    let (all, count) = list(&house.store, &house.system(), &Filter::default(), Page::first(9)).await.unwrap();
    assert_eq!((all.len(), count), (1, 1));
    let received = receive(&house.store, &mut house.system(), RESULT.into(), &source()).await.unwrap();
    assert_eq!(received.state, State::Applied);
}

#[tokio::test]
async fn what_cannot_be_applied_is_answered_with_the_error_and_can_be_mended() {
    let house = House::new().await;
    let broken = RESULT.replace("700^^^TEST^MR", "").replace("Carter^Cleo", "");
    let received = receive(&house.store, &mut house.system(), broken.into_bytes(), &source()).await.unwrap();
    assert_eq!(received.state, State::Rejected);
    assert!(text(received.acknowledgment).contains("MSA|AE|M2"));
    let analyst = house.user(Role::DataIntegrity, None).await;
    let rejected = Filter { states: vec![State::Rejected], ..Filter::default() };
    let context = house.context(analyst.clone());
    let (queue, _) = list(&house.store, &context, &rejected, Page::first(9)).await.unwrap();
    let (_, original) = read(&house.store, &context, queue[0].id).await.unwrap();
    assert!(!original.bytes.is_empty());
    let mut context = house.context(analyst.clone());
    let mended =
        mend(&house.store, &mut context, queue[0].id, Some(RESULT.replace('\r', "\n")), &source()).await;
    assert_eq!(mended.unwrap().state, State::Applied);
    let again = give_up(&house.store, &house.context(analyst), queue[0].id, "no longer needed").await;
    assert!(again.is_err(), "what is applied cannot be given up");
}

#[tokio::test]
async fn bytes_without_a_header_are_kept_and_refused() {
    let house = House::new().await;
    let received = receive(&house.store, &mut house.system(), b"hello".to_vec(), &source()).await.unwrap();
    assert_eq!(received.state, State::Rejected);
    assert!(text(received.acknowledgment).contains("MSA|AR|"));
}
