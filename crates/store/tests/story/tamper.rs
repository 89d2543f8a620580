//! Whoever alters the audit trail behind the store's back is found out.

use store::Store;
use store::audit::{self, Anchor, Events, Fault, Verdict};

use crate::house::{event, meddle, patient_id, story_at};

/// Ten rows, in commits of one, two and seven; the anchor is that of row 3.
async fn with_trail(store: &Store) -> Anchor {
    store.begin().await.unwrap().commit(event("one")).await.unwrap();
    let two = Events::new(event("two").patient(patient_id(1)), [event("three").reason("said so")]);
    let receipt = store.begin().await.unwrap().commit_all(two).await.unwrap();
    let seven = Events::new(event("four"), (0..6).map(|_| event("more")));
    store.begin().await.unwrap().commit_all(seven).await.unwrap();
    Anchor { seq: receipt.last, hash: receipt.hash }
}

async fn verify(store: &Store, anchor: Option<&Anchor>) -> Verdict {
    let mut view = store.view().await.unwrap();
    let verdict = audit::verify(&mut view, anchor).await.unwrap();
    view.close().await.unwrap();
    verdict
}

/// What is found after somebody ran `sql`.
async fn found(store: &Store, url: &str, sql: &'static str) -> (i64, Option<Fault>) {
    let anchor = with_trail(store).await;
    assert_eq!(verify(store, Some(&anchor)).await, Verdict { verified: 10, fault: None });
    meddle(url, sql).await;
    let verdict = verify(store, None).await;
    (verdict.verified, verdict.fault)
}

story_at! {
    async fn an_altered_field(store: &Store, url: &str) {
        let found = found(store, url, "update audit set patient = null where seq = 2").await;
        assert_eq!(found, (1, Some(Fault::Altered { seq: 2 })));
    }
}

story_at! {
    async fn an_altered_detail(store: &Store, url: &str) {
        let found = found(store, url, "update audit set detail = 'null ' where seq = 9").await;
        assert_eq!(found, (8, Some(Fault::Altered { seq: 9 })));
    }
}

story_at! {
    async fn an_altered_hash(store: &Store, url: &str) {
        let found = found(store, url, "update audit set hash = (select hash from audit as other where other.seq = 4) where seq = 5").await;
        assert_eq!(found, (4, Some(Fault::Altered { seq: 5 })));
    }
}

story_at! {
    async fn a_removed_row(store: &Store, url: &str) {
        let found = found(store, url, "delete from audit where seq = 4").await;
        assert_eq!(found, (3, Some(Fault::Removed { seq: 4, next: 5 })));
    }
}

story_at! {
    async fn the_first_row_removed(store: &Store, url: &str) {
        assert_eq!(found(store, url, "delete from audit where seq = 1").await, (0, Some(Fault::Removed { seq: 1, next: 2 })));
    }
}

story_at! {
    async fn a_removed_row_with_those_after_it_moved_up(store: &Store, url: &str) {
        with_trail(store).await;
        meddle(url, "delete from audit where seq = 4").await;
        for sql in ["update audit set seq = -seq where seq > 4", "update audit set seq = -seq - 1 where seq < 0"] {
            meddle(url, sql).await;
        }
        assert_eq!(verify(store, None).await, Verdict { verified: 3, fault: Some(Fault::Altered { seq: 4 }) });
    }
}

story_at! {
    async fn two_rows_that_changed_places(store: &Store, url: &str) {
        with_trail(store).await;
        for sql in ["update audit set seq = -6 where seq = 6", "update audit set seq = 6 where seq = 7", "update audit set seq = 7 where seq = -6"] {
            meddle(url, sql).await;
        }
        assert_eq!(verify(store, None).await.fault, Some(Fault::Altered { seq: 6 }));
    }
}

story_at! {
    async fn a_tail_cut_off(store: &Store, url: &str) {
        let found = found(store, url, "delete from audit where seq > 8").await;
        assert_eq!(found, (8, Some(Fault::Truncated { found: 8, expected: 10 })));
    }
}

story_at! {
    async fn a_tail_cut_off_with_the_head_put_right(store: &Store, url: &str) {
        let anchor = with_trail(store).await;
        meddle(url, "delete from audit where seq > 2").await;
        meddle(url, "update audit_head set seq = 2, hash = (select hash from audit where seq = 2)").await;
        assert_eq!(verify(store, None).await.fault, None, "without an anchor nothing shows");
        assert_eq!(verify(store, Some(&anchor)).await.fault, Some(Fault::Truncated { found: 2, expected: 3 }));
    }
}

story_at! {
    async fn a_trail_written_anew(store: &Store, url: &str) {
        let mut anchor = with_trail(store).await;
        anchor.hash = "0".repeat(64);
        assert_eq!(verify(store, Some(&anchor)).await.fault, Some(Fault::Anchor { seq: 3 }));
        meddle(url, "update audit_head set hash = ''").await;
        assert_eq!(verify(store, None).await.fault, Some(Fault::Head { seq: 10 }));
    }
}
