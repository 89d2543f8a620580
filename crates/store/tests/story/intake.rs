//! What comes in: originals, keys, kept resources, arrivals, the directory.

use chart::directory::{Party, PartyKind};
use chart::id::{ArrivalId, Digest, PartyId};
use chart::intake::{Channel, KeyKind, SourceKey};
use store::arrivals::{self, Arrival, Recorded, State};
use store::kept::{self, Kept};
use store::keys::{self, Target};
use store::parties::{self, Filed};
use store::{Error, Page, originals};

use crate::house::{at, event, original, patient_id, story, story_at, with_patients};

story! {
    async fn an_original_is_kept_once_and_never_changes(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        let (one, empty) = (original(&"{\"resourceType\":\"Patient\"}".repeat(100)), original(""));
        let binary = chart::intake::Original { media_type: "application/pdf".into(), bytes: (0..=255).collect() };
        let digests = originals::put(&mut tx, &[&one, &empty, &binary, &one]).await.unwrap();
        assert_eq!(digests[0], digests[3]);
        let renamed = chart::intake::Original { media_type: "text/html".into(), ..one.clone() };
        assert_eq!(originals::put(&mut tx, &[&renamed]).await.unwrap(), [digests[0]]);
        tx.commit(event("import")).await.unwrap();
        let mut view = store.view().await.unwrap();
        for (digest, kept) in digests.iter().zip([&one, &empty, &binary]) {
            assert_eq!(originals::get(&mut view, *digest).await.unwrap().as_ref(), Some(kept));
        }
        assert_eq!(originals::get(&mut view, Digest::of(b"nobody sent this")).await.unwrap(), None);
        assert!(originals::has(&mut view, digests[1]).await.unwrap());
        view.close().await.unwrap();
    }
}

story_at! {
    async fn an_original_that_was_altered_is_not_given_out(store: &Store, url: &str) {
        let mut tx = store.begin().await.unwrap();
        let digests = originals::put(&mut tx, &[&original("one"), &original("two")]).await.unwrap();
        tx.commit(event("import")).await.unwrap();
        crate::house::meddle(url, "update original set packed = (select packed from original as other where other.digest <> original.digest)").await;
        let mut view = store.view().await.unwrap();
        let error = originals::get(&mut view, digests[0]).await.unwrap_err();
        assert!(matches!(&error, Error::Packing { .. }), "{error}");
        view.close().await.unwrap();
    }
}

story! {
    async fn keys_lead_to_what_they_named_last(store: &Store) {
        let key = |number: usize| SourceKey::new("fhir", KeyKind::Entry, format!("Condition/{number}"));
        let target = |id: &str| Target { id: id.into(), original: Some(Digest::of(id.as_bytes())) };
        let mut tx = store.begin().await.unwrap();
        let bindings: Vec<_> = (0..450).map(|number| (key(number), target(&format!("t{number}")))).collect();
        keys::set(&mut tx, &bindings, at(0)).await.unwrap();
        keys::set(&mut tx, &[(key(3), target("new"))], at(1)).await.unwrap();
        tx.commit(event("import")).await.unwrap();
        let mut view = store.view().await.unwrap();
        assert_eq!(keys::find(&mut view, &key(3)).await.unwrap(), Some(target("new")));
        let other_kind = SourceKey { kind: KeyKind::Document, ..key(3) };
        assert_eq!(keys::find(&mut view, &other_kind).await.unwrap(), None);
        let wanted: Vec<_> = (400..500).map(key).chain([other_kind]).collect();
        let found = keys::find_all(&mut view, &wanted).await.unwrap();
        assert_eq!(found.len(), 50);
        assert_eq!(found[&key(449)], target("t449"));
        assert_eq!(keys::of_target(&mut view, "new").await.unwrap(), [(key(3), target("new"))]);
        view.close().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert_eq!(keys::redirect(&mut tx, "new", "t1", at(2)).await.unwrap(), 1);
        assert_eq!(keys::find(&mut tx, &key(3)).await.unwrap().unwrap().id, "t1");
        tx.commit(event("encounter-merge")).await.unwrap();
    }
}

story! {
    async fn what_has_no_place_in_the_chart_is_kept(store: &Store) {
        with_patients(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        let digests = originals::put(&mut tx, &[&original("a"), &original("b")]).await.unwrap();
        let specimen = |digest, reason: &str| Kept {
            key: SourceKey::new("fhir", KeyKind::Entry, "Specimen/1"),
            kind: "Specimen".into(),
            patient: Some(patient_id(1)),
            reason: reason.into(),
            original: digest,
            received: at(0),
            in_error: false,
        };
        kept::put(&mut tx, &[specimen(digests[0], "first")]).await.unwrap();
        kept::put(&mut tx, &[specimen(digests[1], "then")]).await.unwrap();
        tx.commit(event("import")).await.unwrap();
        let mut view = store.view().await.unwrap();
        let all = kept::of_patient(&mut view, patient_id(1), Some("Specimen"), Page::first(5)).await.unwrap();
        assert_eq!(all, [specimen(digests[1], "then")]);
        assert_eq!(kept::by_key(&mut view, &all[0].key).await.unwrap(), Some(all[0].clone()));
        assert_eq!(kept::of_type(&mut view, "Device", Page::first(5)).await.unwrap(), []);
        view.close().await.unwrap();
    }
}

fn arrival(number: u128, control_id: Option<&str>, order_key: Option<&str>) -> Arrival {
    Arrival {
        id: ArrivalId::from_bits(number),
        channel: Channel::Hl7,
        sender: "ADT1|GOOD HEALTH".into(),
        control_id: control_id.map(str::to_owned),
        kind: "ADT^A01".into(),
        original: Digest::of(b"MSH"),
        mended_from: None,
        received: at(i64::try_from(number).unwrap_or_default()),
        state: State::Waiting,
        reason: String::new(),
        order_key: order_key.map(str::to_owned),
        patient: None,
        attempts: 0,
        updated: at(0),
    }
}

story! {
    async fn a_message_is_recorded_once_and_applied_in_order(store: &Store) {
        with_patients(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        let digest = originals::put(&mut tx, &[&original("MSH"), &original("MSH mended")]).await.unwrap()[1];
        let first = arrival(1, Some("1"), Some("p1"));
        assert_eq!(arrivals::record(&mut tx, &first).await.unwrap(), Recorded::New);
        let again = arrivals::record(&mut tx, &arrival(9, Some("1"), None)).await.unwrap();
        assert_eq!(again, Recorded::Duplicate(Box::new(first)));
        for (number, control, key) in [(2, Some("2"), Some("p2")), (3, Some("3"), Some("p1")), (4, None, None), (5, None, None)] {
            assert_eq!(arrivals::record(&mut tx, &arrival(number, control, key)).await.unwrap(), Recorded::New);
        }
        let next = async |tx: &mut store::Tx| {
            arrivals::next(tx, 10).await.unwrap().iter().map(|one| one.id.bits()).collect::<Vec<_>>()
        };
        assert_eq!(next(&mut tx).await, [1, 2, 4, 5]);
        let first = ArrivalId::from_bits(1);
        arrivals::set_state(&mut tx, first, State::Rejected, "PID-3: no number", None, at(10)).await.unwrap();
        assert_eq!(next(&mut tx).await, [2, 3, 4, 5]);
        arrivals::mend(&mut tx, first, digest, "number added", at(11)).await.unwrap();
        assert_eq!(next(&mut tx).await, [1, 2, 4, 5]);
        arrivals::set_state(&mut tx, first, State::Applied, "", Some(patient_id(1)), at(12)).await.unwrap();
        assert!(matches!(arrivals::mend(&mut tx, first, digest, "", at(13)).await, Err(Error::Missing { .. })));
        tx.commit(event("message-receive")).await.unwrap();

        let mut view = store.view().await.unwrap();
        let stored = arrivals::by_id(&mut view, first).await.unwrap().unwrap();
        assert_eq!((stored.original, stored.mended_from, stored.attempts), (digest, Some(Digest::of(b"MSH")), 2));
        let waiting = arrivals::Filter { states: vec![State::Waiting, State::Mended], ..Default::default() };
        assert_eq!(arrivals::count(&mut view, &waiting).await.unwrap(), 4);
        let of_patient = arrivals::Filter { patient: Some(patient_id(1)), channel: Some(Channel::Hl7), ..Default::default() };
        assert_eq!(arrivals::list(&mut view, &of_patient, Page::first(5)).await.unwrap(), [stored]);
        view.close().await.unwrap();
    }
}

story! {
    async fn the_directory_is_found_by_name(store: &Store) {
        let party = |name: &str, kind| Party {
            kind,
            name: name.into(),
            identifiers: Vec::new(),
            types: Vec::new(),
            part_of: None,
            telecoms: Vec::new(),
            address: None,
            active: true,
        };
        let mut mehta = Filed { id: PartyId::from_bits(1), version: 1, party: party("Mehta, Anjali", PartyKind::Practitioner) };
        let ward = Filed { id: PartyId::from_bits(2), version: 1, party: party("Medical 3", PartyKind::Location) };
        let mut tx = store.begin().await.unwrap();
        parties::insert_all(&mut tx, &[mehta.clone(), ward.clone()], at(0)).await.unwrap();
        assert_eq!(parties::list(&mut tx, None, "me", Page::first(5)).await.unwrap(), [ward, mehta.clone()]);
        mehta.party.active = false;
        assert_eq!(parties::update(&mut tx, &mehta, at(1)).await.unwrap(), 2);
        assert!(matches!(parties::update(&mut tx, &mehta, at(1)).await, Err(Error::Conflict { .. })));
        mehta.version = 2;
        let found = parties::list(&mut tx, Some(PartyKind::Practitioner), "MEHTA, A", Page::first(5)).await.unwrap();
        assert_eq!(found, [mehta.clone()]);
        assert_eq!(parties::by_id(&mut tx, mehta.id).await.unwrap(), Some(mehta));
        tx.commit(event("directory-change")).await.unwrap();
    }
}
