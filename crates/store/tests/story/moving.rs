//! Backups and copies, proved by what comes out of them; migrations.

use std::path::PathBuf;

use store::audit::{self, Verdict};
use store::{Store, backup, copy, documents, patients, schema, search};

use crate::house::{
    at, diagnosis, document, event, file, memory, migrated, original, path, patient, patient_id,
    postgres_url, story, story_at, with_patients,
};

/// A bit of everything that has a shape of its own: bytes, numbers with fractions, nothing, text in many scripts.
async fn with_record(store: &Store) {
    with_patients(store, 3).await;
    let mut tx = store.begin().await.unwrap();
    let bytes = chart::intake::Original {
        media_type: "application/pdf".into(),
        bytes: (0..=255).cycle().take(9000).collect(),
    };
    store::originals::put(&mut tx, &[&bytes, &original("Ünïcödé 漢字")]).await.unwrap();
    let mut note = document(1, patient_id(1), "Écho", "Pleural effusion 漢字 \u{1F600}");
    documents::insert(&mut tx, &note).await.unwrap();
    note.content.title = "Echo".into();
    documents::update(&mut tx, &note).await.unwrap();
    let entries: Vec<_> = (1..600).map(|number| diagnosis(number, patient_id(2), "Asthma")).collect();
    store::entries::insert_all(&mut tx, &entries).await.unwrap();
    let pair = store::merges::Pair::of(patient_id(1), patient_id(2));
    let review = store::merges::Review {
        pair,
        weight: 0.1 + 0.2,
        outcome: "clerical-review".into(),
        fields: serde_json::Value::Null,
        state: store::merges::ReviewState::Open,
        found: at(0),
    };
    store::merges::put_reviews(&mut tx, &[review]).await.unwrap();
    tx.commit(event("import").detail(serde_json::json!({"entries": 599}))).await.unwrap();
}

async fn effusions(store: &Store) -> Vec<search::Hit> {
    let mut view = store.view().await.unwrap();
    let query = search::Query::read("effusion").unwrap();
    let hits =
        search::find(&mut view, &query, &search::Scope::default(), store::Page::first(5)).await.unwrap();
    view.close().await.unwrap();
    hits
}

/// Copies there and back again, and compares.
async fn there_and_back(store: &Store, other: &Store, back: &Store) {
    with_record(store).await;
    let copied = copy::copy(store, other).await.unwrap();
    assert_eq!(copied.audit, Verdict { verified: 2, fault: None });
    assert!(copied.tables.contains(&("entry", 599)) && copied.tables.contains(&("audit", 2)), "{copied:?}");
    assert_eq!(copy::copy(other, back).await.unwrap(), copied);
    assert_eq!(effusions(back).await, effusions(store).await);
    assert_eq!(effusions(back).await.len(), 1);
    let mut tx = back.begin().await.unwrap();
    documents::insert(&mut tx, &document(2, patient_id(1), "After", "Another effusion.")).await.unwrap();
    tx.commit(event("document-create")).await.unwrap();
    assert_eq!(effusions(back).await.len(), 2);
    let refused = copy::copy(store, other).await.unwrap_err();
    assert!(refused.to_string().contains("not empty"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_between_files_is_the_same() {
    let (store, _) = file("copy-there").await;
    there_and_back(&store, &file("copy-other").await.0, &memory().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_to_postgres_and_back_is_the_same() {
    if let Some(url) = postgres_url("copy-to-postgres").await {
        let (store, _) = file("copy-from").await;
        // The other is not migrated: the copy does it.
        there_and_back(&store, &Store::open(&url).await.unwrap(), &memory().await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_from_postgres_and_back_is_the_same() {
    if let (Some(from), Some(back)) =
        (postgres_url("copy-from-postgres").await, postgres_url("copy-back").await)
    {
        let (other, _) = file("copy-between").await;
        there_and_back(&migrated(&from).await, &other, &migrated(&back).await).await;
    }
}

story_at! {
    async fn a_backup_while_writing_is_one_state(store: &Store, url: &str) {
        with_record(store).await;
        let writer = {
            let store = store.clone();
            tokio::spawn(async move {
                for number in 100..160 {
                    let mut tx = store.begin().await.unwrap();
                    patients::insert(&mut tx, &patient(number, "Doe", "Jane"), at(0)).await.unwrap();
                    tx.commit(event("patient-create").patient(patient_id(number))).await.unwrap();
                }
            })
        };
        let path = path(&format!("backup-{}", url.starts_with("sqlite")), "backup");
        let verdict = backup::backup(store, &path).await.unwrap();
        writer.await.unwrap();
        assert_eq!(verdict.fault, None);
        let there_already = backup::backup(store, &path).await.unwrap_err();
        assert!(there_already.to_string().contains("is there already"), "{there_already}");

        let restored = memory().await;
        let copied = backup::restore(&path, &restored).await.unwrap();
        assert_eq!(copied.audit, verdict);
        // Two commits of the record, and as many patients as the trail has events of.
        let created = u64::try_from(verdict.verified - 2).unwrap();
        assert!(copied.tables.contains(&("patient", 3 + created)), "{copied:?} {verdict:?}");
        assert_eq!(effusions(&restored).await, effusions(store).await);
        assert_eq!(backup::verify(&path).await.unwrap(), verdict);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_backup_is_not_restored() {
    let path: PathBuf = path("no-backup", "backup");
    let store = memory().await;
    assert!(backup::restore(&path, &store).await.is_err());
    std::fs::write(&path, "not a database").unwrap();
    assert!(backup::restore(&path, &store).await.is_err());
}

story! {
    async fn a_second_migration_does_nothing(store: &Store) {
        let again = store.migrate().await.unwrap();
        assert_eq!((again.version, again.applied), (i64::try_from(store.schema().await.unwrap().len()).unwrap(), Vec::new()));
    }
}

story_at! {
    async fn an_altered_migration_is_refused(store: &Store, url: &str) {
        crate::house::meddle(url, "update schema_migration set digest = 'x' where version = 2").await;
        let refused = store.migrate().await.unwrap_err();
        assert!(refused.to_string().contains("altered"), "{refused}");
    }
}

story_at! {
    async fn two_processes_migrate_once(store: &Store, url: &str) {
        let _ = store;
        let (one, other) = (Store::open(url).await.unwrap(), Store::open(url).await.unwrap());
        let (one, other) = tokio::join!(one.migrate(), other.migrate());
        assert_eq!(one.unwrap(), other.unwrap());
    }
}

story_at! {
    async fn every_table_is_copied(store: &Store, url: &str) {
        let _ = store;
        let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(url).await.unwrap();
        let sql = if url.starts_with("sqlite") {
            "select name from sqlite_schema where type = 'table' and name not like 'search_index%' and name not like 'sqlite_%' order by name"
        } else {
            "select cast(table_name as text) as name from information_schema.tables where table_schema = current_schema() and table_name <> 'search_index' order by 1"
        };
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
        let there: Vec<String> = rows.iter().map(|row| sqlx::Row::get(row, "name")).collect();
        let mut known: Vec<&str> = schema::TABLES.iter().map(|table| table.name).collect();
        known.extend(["audit_head", "schema_migration", "search_text"]);
        known.sort_unstable();
        assert_eq!(there, known);
    }
}

story! {
    async fn a_new_store_has_an_empty_trail(store: &Store) {
        let mut view = store.view().await.unwrap();
        assert_eq!(audit::verify(&mut view, None).await.unwrap(), Verdict { verified: 0, fault: None });
        view.close().await.unwrap();
    }
}
