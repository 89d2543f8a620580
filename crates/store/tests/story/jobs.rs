//! Work to be done: claimed by one worker at a time, tried again, given up.

use chart::id::JobId;
use jiff::SignedDuration;
use store::jobs::{self, Claim, State};
use store::{Error, Page, settings};

use crate::house::{at, event, story};

async fn enqueue(store: &store::Store, count: u128) {
    let mut tx = store.begin().await.unwrap();
    for number in 1..=count {
        let payload = serde_json::json!({"number": number as u64});
        jobs::enqueue(&mut tx, JobId::from_bits(number), "apply", &payload, at(0), at(0)).await.unwrap();
    }
    tx.commit(event("jobs")).await.unwrap();
}

fn claim(worker: &str, seconds: i64) -> Claim<'_> {
    Claim {
        worker,
        kinds: &["apply", "print"],
        take: 3,
        now: at(seconds),
        lease: SignedDuration::from_secs(60),
    }
}

story! {
    async fn two_workers_never_have_the_same_job(store: &Store) {
        enqueue(store, 40).await;
        let work = async |worker: &'static str| {
            let mut mine = Vec::new();
            loop {
                let jobs = jobs::claim(store, &claim(worker, 1)).await.unwrap();
                if jobs.is_empty() {
                    return mine;
                }
                for job in jobs {
                    let mut tx = store.begin().await.unwrap();
                    jobs::done(&mut tx, &job).await.unwrap();
                    tx.commit(event("job-done")).await.unwrap();
                    mine.push(job.id.bits());
                }
            }
        };
        let (mut one, other) = tokio::join!(work("one"), work("other"));
        one.extend(other);
        one.sort_unstable();
        assert_eq!(one, (1..=40).collect::<Vec<u128>>());
        let mut view = store.view().await.unwrap();
        assert_eq!(jobs::count(&mut view, State::Done).await.unwrap(), 40);
        view.close().await.unwrap();
    }
}

story! {
    async fn a_job_is_tried_again_after_a_pause_and_given_up_in_the_end(store: &Store) {
        enqueue(store, 1).await;
        let job = jobs::claim(store, &claim("one", 1)).await.unwrap().remove(0);
        assert!(jobs::claim(store, &claim("other", 30)).await.unwrap().is_empty());
        let mut tx = store.begin().await.unwrap();
        assert_eq!(jobs::failed(&mut tx, &job, "no printer", 2, at(30)).await.unwrap(), State::Waiting);
        tx.commit(event("job-failed")).await.unwrap();
        assert!(jobs::claim(store, &claim("one", 31)).await.unwrap().is_empty());
        let job = jobs::claim(store, &claim("one", 33)).await.unwrap().remove(0);
        assert_eq!((job.attempts, job.reason.as_str()), (2, "no printer"));
        let mut tx = store.begin().await.unwrap();
        assert_eq!(jobs::failed(&mut tx, &job, "no paper", 2, at(34)).await.unwrap(), State::Dead);
        assert_eq!(jobs::list(&mut tx, State::Dead, Page::first(5)).await.unwrap()[0].reason, "no paper");
        jobs::revive(&mut tx, job.id, at(35)).await.unwrap();
        tx.commit(event("job-revive")).await.unwrap();
        assert_eq!(jobs::claim(store, &claim("one", 35)).await.unwrap().len(), 1);
    }
}

story! {
    async fn a_job_whose_worker_is_gone_goes_to_another(store: &Store) {
        enqueue(store, 1).await;
        let lost = jobs::claim(store, &claim("gone", 1)).await.unwrap().remove(0);
        let taken = jobs::claim(store, &claim("next", 61)).await.unwrap().remove(0);
        assert_eq!((taken.id, taken.attempts), (lost.id, 2));
        let mut tx = store.begin().await.unwrap();
        assert!(matches!(jobs::done(&mut tx, &lost).await, Err(Error::Refused(_))));
        tx.roll_back().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        jobs::done(&mut tx, &taken).await.unwrap();
        tx.commit(event("job-done")).await.unwrap();
    }
}

story! {
    async fn a_setting_is_changed_on_the_newest_only(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        assert_eq!(settings::get::<String>(&mut tx, "house").await.unwrap(), None);
        let mut setting = settings::Setting { version: 0, value: "General".to_owned() };
        assert_eq!(settings::set(&mut tx, "house", &setting, at(0)).await.unwrap(), 1);
        assert!(matches!(settings::set(&mut tx, "house", &setting, at(0)).await, Err(Error::Conflict { .. })));
        setting = settings::get(&mut tx, "house").await.unwrap().unwrap();
        setting.value = "Mercy".into();
        assert_eq!(settings::set(&mut tx, "house", &setting, at(1)).await.unwrap(), 2);
        assert!(matches!(settings::set(&mut tx, "house", &setting, at(1)).await, Err(Error::Conflict { .. })));
        tx.commit(event("setting-change")).await.unwrap();
    }
}

story! {
    async fn what_waits_already_is_not_asked_for_again(store: &Store) {
        let payload = serde_json::json!({"patient": "1"});
        let ask = async |number: u128| {
            let mut tx = store.begin().await.unwrap();
            jobs::enqueue_once(&mut tx, JobId::from_bits(number), "apply", &payload, at(0)).await.unwrap();
            tx.commit(event("jobs")).await.unwrap();
        };
        ask(1).await;
        ask(2).await;
        let claimed = jobs::claim(store, &claim("one", 1)).await.unwrap();
        assert_eq!(claimed.iter().map(|job| job.id.bits()).collect::<Vec<_>>(), [1]);
        ask(3).await;
        let claimed = jobs::claim(store, &claim("two", 2)).await.unwrap();
        assert_eq!(claimed.len(), 1, "what is being done does not see the change after it");
    }
}
