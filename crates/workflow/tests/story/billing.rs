//! A stay is billed from its closed codes, the codes are opened again, and the payer answers.

use std::process::Command;

use chart::access::Role;
use chart::claim::{Claim, Standing};
use chart::coded::{Coded, system};
use chart::coding::{Change, CodedDiagnosis, Origin, Overridden, Present, Purpose};
use chart::directory::{Named, Party, PartyKind};
use chart::encounter::{Attendance, Attends, Movement, Setting, Stay, Visit};
use chart::entry::{Charge, Coverage, EntryContent};
use chart::id::EncounterId;
use chart::intake::{Change as Sent, Extent, KeyKind};
use chart::patient::{Address, Demographics, Identifier};
use codeset::{Code, Pack};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use store::Page;
use workflow::billing::claims::ClaimDesk;
use workflow::billing::{Biller, claims, facility, remittances};
use workflow::coding::{Books, Verb, act, begin, unbilled};
use workflow::{Error, Result, Who};

use crate::house::{BEGIN, House, arrival, key, person};

/// The account number of the stay.
const ACCOUNT: &str = "ACC-77";

fn books() -> Books {
    Books::open(Pack::open(editions::EMBEDDED).expect("the program's editions")).expect("they open")
}

fn words<T>(result: Result<T>) -> String {
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

fn patient(number: &str) -> Demographics {
    let home = Address {
        lines: vec!["2 Elm Street".into()],
        city: "Springfield".into(),
        state: "IL".into(),
        zip: "62701-0002".into(),
        ..Address::default()
    };
    Demographics { addresses: vec![home], ..person(number, "Wójcik", "Jana", "1950-01-01") }
}

fn attending() -> Sent {
    let npi = Identifier { system: system::NPI.into(), value: "1234567893".into(), kind: "NPI".into() };
    let party = Party {
        kind: PartyKind::Practitioner,
        name: "Mehta, Anjali".into(),
        identifiers: vec![npi],
        types: Vec::new(),
        part_of: None,
        telecoms: Vec::new(),
        address: None,
        active: true,
    };
    Sent::Party { key: key(KeyKind::Party, "mehta"), party: Box::new(party) }
}

fn visit() -> Visit {
    let until = Timestamp::from_second(BEGIN).expect("in range");
    let mehta = Named { name: "Dr Mehta".into(), key: Some(key(KeyKind::Party, "mehta")) };
    let number = Identifier { system: "test-hospital".into(), value: ACCOUNT.into(), kind: "AN".into() };
    Visit {
        identifiers: vec![number],
        setting: Setting::Inpatient,
        stay: Stay::Closed { since: Some(until - SignedDuration::from_hours(96)), until: Some(until) },
        admission_type: Some(Coded::text("Emergency")),
        admission_source: Some(Coded::new("urn:nubc:point-of-origin", "1", "")),
        disposition: Some(Coded::new("urn:nubc:patient-discharge-status", "01", "")),
        attendance: vec![Attendance { role: Attends::Attending, who: mehta }],
        ..Visit::default()
    }
}

/// A stay of four days with its insurance, and with charges or without.
async fn stay(house: &House, charges: &[(&str, i64)]) -> EncounterId {
    let (patient_key, encounter) = (key(KeyKind::Patient, "B-1"), key(KeyKind::Encounter, "B-1"));
    let coverage = Coverage {
        payer: Named { name: "Example Medicare".into(), key: None },
        rank: Some(1),
        member: "1EG4TE5MK73".into(),
        ..Coverage::default()
    };
    let mut contents = vec![("coverage".to_owned(), EntryContent::Coverage(coverage))];
    contents.extend(charges.iter().map(|(code, cents)| {
        let charge = Charge {
            what: Coded::new("urn:test:charge", code, ""),
            category: "charge".into(),
            quantity: "1".into(),
            amount_cents: Some(*cents),
            ..Charge::default()
        };
        ((*code).to_owned(), EntryContent::Charge(charge))
    }));
    let mut changes = vec![
        attending(),
        Sent::Patient {
            key: patient_key.clone(),
            demographics: Box::new(patient("B-1")),
            extent: Extent::Whole,
        },
        Sent::Encounter {
            key: encounter.clone(),
            patient: patient_key.clone(),
            visit: Box::new(visit()),
            movement: Movement::Update,
            extent: Extent::Whole,
        },
    ];
    changes.extend(contents.into_iter().map(|(name, content)| Sent::Entry {
        key: key(KeyKind::Entry, &name),
        patient: patient_key.clone(),
        encounter: Some(encounter.clone()),
        content: Box::new(content),
    }));
    house.take(vec![arrival("B-1", changes)]).await;
    house.target(&encounter).await.expect("the encounter is known")
}

/// Who bills, with all that a claim needs.
fn biller() -> Biller {
    let biller = Biller {
        name: "Riverside Example Hospital".into(),
        npi: "1234567893".into(),
        tax_number: "12-3456789".into(),
        taxonomy: "282N00000X".into(),
        street: "1 River Road".into(),
        city: "Springfield".into(),
        state: "IL".into(),
        postal_code: "62701-0002".into(),
        contact: "Billing office".into(),
        telephone: "555 010 0200".into(),
        submitter: "RIV001".into(),
        receiver_name: "Example Contractor".into(),
        receiver: "EXPAY1".into(),
        is_production: true,
        ..Biller::default()
    };
    let typed = facility::Typed {
        payers: "Example Medicare | EXMED | MA".into(),
        revenue_codes: "ROOM | 0120\nLAB | 0300".into(),
        ..facility::Typed::default()
    };
    biller.with(&typed).expect("the lists are right")
}

async fn set_up(house: &House, boss: &Who, biller: Biller) {
    let context = house.context(boss.clone());
    let (_, version) = facility::read(&house.store, &context).await.expect("who bills");
    facility::change(&house.store, &context, biller, version).await.expect("who bills is kept");
}

async fn go(
    house: &House,
    books: &Books,
    who: &Who,
    set: &chart::coding::CodeSet,
    verb: Verb,
) -> chart::coding::CodeSet {
    let context = house.context(who.clone());
    let done = act(&house.store, &context, books, (set.id, set.version), verb, &TimeZone::UTC).await;
    done.expect("the verb is taken").set
}

/// Codes the stay from the beginning and closes it.
async fn code(house: &House, books: &Books, coder: &Who, encounter: EncounterId) -> chart::coding::CodeSet {
    let mut context = house.context(coder.clone());
    let mut set = begin(&house.store, &mut context, encounter, Purpose::Record).await.expect("begun");
    for code in ["I5021", "N179"] {
        let code = Code::parse(code).expect("a code");
        let line =
            CodedDiagnosis { code, present: Present::Yes, origin: Origin::Entered, evidence: Vec::new() };
        let verb = Verb::Change(Change::AddDiagnosis(line, None), String::new());
        set = go(house, books, coder, &set, verb).await;
    }
    let admitting = Change::SetAdmitting(Some(Code::parse("R0602").expect("a code")));
    set = go(house, books, coder, &set, Verb::Change(admitting, String::new())).await;
    close(house, books, coder, set).await
}

async fn close(
    house: &House,
    books: &Books,
    coder: &Who,
    set: chart::coding::CodeSet,
) -> chart::coding::CodeSet {
    let context = house.context(coder.clone());
    let asked = (set.encounter, set.purpose);
    let desk =
        workflow::coding::read(&house.store, &context, books, asked, &TimeZone::UTC).await.expect("a desk");
    let objections = desk.side.expect("codes").computed.objections().into_iter();
    let overridden: Vec<Overridden> =
        objections.map(|one| Overridden { finding: one.finding, reason: "as documented".into() }).collect();
    go(house, books, coder, &set, Verb::Finalize(overridden)).await
}

async fn desk(house: &House, who: &Who, encounter: EncounterId) -> ClaimDesk {
    let context = house.context(who.clone());
    claims::read(&house.store, &context, encounter, &TimeZone::UTC).await.expect("the claims of the stay")
}

async fn bill(house: &House, who: &Who, encounter: EncounterId) -> Result<Claim> {
    let mut context = house.context(who.clone());
    claims::write(&house.store, &mut context, (encounter, ""), &TimeZone::UTC).await
}

/// What pyx12 says of a file; nothing where it is not at hand.
fn verdict(file: &[u8]) -> Option<String> {
    let python = std::env::var("CHARTROOM_PYTHON").ok()?;
    let program = std::path::Path::new(&python).with_file_name("x12valid");
    let folder = std::env::temp_dir().join(format!("chartroom-claim-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("stay.837"), file).expect("a file");
    let ran = Command::new(program).arg(folder.join("stay.837")).output();
    std::fs::remove_dir_all(&folder).expect("the folder was made");
    let ran = ran.ok()?;
    Some([ran.stdout, ran.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat())
}

fn remittance(number: &str, trace: &str) -> Vec<u8> {
    format!(
        "ISA*00*          *00*          *ZZ*EXAMPLEPAYER   *ZZ*RIVERSIDE      *261204*0610*^*00501*000000202*0*T*:~\
         GS*HP*EXAMPLEPAYER*RIVERSIDE*20261204*0610*1*X*005010X221A1~ST*835*0001~\
         BPR*I*600*C*ACH*CCP*01*011000015*DA*0011223344*1999999999**01*021000021*DA*9988776655*20261207~\
         TRN*1*{trace}*1999999999~DTM*405*20261204~N1*PR*EXAMPLE MEDICARE*XV*12345~\
         N3*100 PAYER PLAZA~N4*SPRINGFIELD*IL*627010003~PER*BL*EDI DESK*TE*5550100300~\
         N1*PE*RIVERSIDE EXAMPLE HOSPITAL*XX*1234567893~LX*1~\
         CLP*{number}*1*4100*600*0*MA*PAYER0003*11*1~CAS*CO*45*3000**197*500~NM1*QC*1*WOJCIK*JANA~\
         SE*14*0001~GE*1*1~IEA*1*000000202~"
    )
    .into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_codes_become_a_claim_that_is_replaced_after_they_are_opened_again() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let boss = house.user(Role::Supervisor, None).await;
    let encounter = stay(&house, &[("ROOM", 400_000), ("LAB", 10_000)]).await;
    let missing = desk(&house, &boss, encounter).await.prepared.missing.join("\n");
    for said in
        ["national provider identifier", "coding has not begun", "payer 'Example Medicare'", "receiver"]
    {
        assert!(missing.contains(said), "{said} in {missing}");
    }
    set_up(&house, &boss, biller()).await;
    let early = bill(&house, &boss, encounter).await;
    assert!(words(early).contains("coding has not begun"));
    let set = code(&house, &books, &coder, encounter).await;
    let board = unbilled(&house.store, &house.context(coder.clone()), None).await.unwrap();
    assert_eq!((board.total, board.causes[0].title.as_str()), (1, "Closed, not billed"));
    assert!(board.causes[0].weight > Decimal::ZERO);

    let refused = bill(&house, &coder, encounter).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "a coder does not bill");
    let seen = desk(&house, &boss, encounter).await;
    assert_eq!(seen.prepared.missing, Vec::<String>::new());
    let first = bill(&house, &boss, encounter).await.unwrap();
    let of = (encounter, first.id);
    let (_, file) = claims::file(&house.store, &house.context(boss.clone()), of).await.unwrap();
    let read = exchange::x12::read(&file).next().unwrap().unwrap().claim.unwrap();
    assert_eq!(read, seen.prepared.claim, "what was written is read back the same");
    assert_eq!((read.type_of_bill.as_str(), read.total_charges), ("111", Decimal::from(4_100)));
    assert_eq!((read.subscriber.person.last.as_str(), read.reported_drg.len()), ("WOJCIK", 3));
    let printed = claims::printed(&house.store, &house.context(boss.clone()), of).await.unwrap();
    assert_eq!(printed, read, "what is printed is what went out");
    match verdict(&file) {
        Some(said) => assert!(said.contains(".837: OK"), "{said}\n{}", String::from_utf8_lossy(&file)),
        None => println!("skipped: no pyx12 beside CHARTROOM_PYTHON"),
    }
    let board = unbilled(&house.store, &house.context(coder.clone()), None).await.unwrap();
    assert_eq!(board.total, 0, "it is billed");
    let twice = bill(&house, &boss, encounter).await;
    assert!(words(twice).contains("gone out already"));

    let open = go(&house, &books, &coder, &set, Verb::Reopen("the payer asks".into())).await;
    let seen = desk(&house, &boss, encounter).await;
    assert_eq!(seen.claims[0].standing, Standing::ToReplace);
    assert_eq!(seen.claims[0].history.all().last().unwrap().note, "the payer asks");
    assert!(seen.prepared.missing.join("\n").contains("The payer's number"));
    let board = unbilled(&house.store, &house.context(coder.clone()), None).await.unwrap();
    assert_eq!(board.total, 1, "it waits for its bill again");
    close(&house, &books, &coder, open).await;
    let posted =
        remittances::post(&house.store, &mut house.context(boss.clone()), remittance(ACCOUNT, "T1")).await;
    assert_eq!(posted.unwrap().matched, 1);
    let second = bill(&house, &boss, encounter).await.unwrap();
    assert_eq!((second.type_of_bill.as_str(), second.replaces), ("117", Some(first.id)));
    let (_, file) =
        claims::file(&house.store, &house.context(boss.clone()), (encounter, second.id)).await.unwrap();
    assert!(String::from_utf8_lossy(&file).contains("REF*F8*PAYER0003~"));
    let seen = desk(&house, &boss, encounter).await;
    let standings: Vec<Standing> = seen.claims.iter().map(|one| one.standing).collect();
    assert_eq!(standings, [Standing::Out, Standing::Replaced]);
    assert_eq!(seen.answers.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_charges_the_lines_are_the_institutions_own_or_none() {
    let (house, books) = (House::new().await, books());
    let coder = house.user(Role::Coder, None).await;
    let boss = house.user(Role::Supervisor, None).await;
    let encounter = stay(&house, &[]).await;
    code(&house, &books, &coder, encounter).await;
    set_up(&house, &boss, biller()).await;
    let seen = desk(&house, &boss, encounter).await;
    assert!(
        seen.prepared.missing.join("\n").contains("Charges: none were sent"),
        "{:?}",
        seen.prepared.missing
    );
    let typed = facility::Typed {
        plain_charges: "inpatient | 0120 | day | 1250.00\ninpatient | 0250 | stay | 80".into(),
        ..biller().typed()
    };
    set_up(&house, &boss, biller().with(&typed).unwrap()).await;
    let seen = desk(&house, &boss, encounter).await;
    assert_eq!(seen.prepared.missing, Vec::<String>::new());
    assert_eq!(seen.prepared.claim.total_charges, Decimal::from(4 * 1_250 + 80));
    assert!(seen.prepared.notes.join("\n").contains("No charges were sent"));
    let wrong = Biller { npi: "1234567890".into(), ..biller() };
    let context = house.context(boss);
    let (_, version) = facility::read(&house.store, &context).await.unwrap();
    let refused = facility::change(&house.store, &context, wrong, version).await;
    assert!(words(refused).contains("no national provider identifier"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remittance_is_posted_once_and_what_is_nobodys_is_kept() {
    let house = House::new().await;
    let boss = house.user(Role::Supervisor, None).await;
    let clerk = house.user(Role::Clerk, None).await;
    let encounter = stay(&house, &[]).await;
    let context = || house.context(boss.clone());
    let refused = remittances::post(&house.store, &mut house.context(clerk), remittance(ACCOUNT, "T1")).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    let nothing = remittances::post(&house.store, &mut context(), b"not an 835".to_vec()).await;
    assert!(!words(nothing).is_empty());
    let file = remittance("NOBODY", "T1");
    let posted = remittances::post(&house.store, &mut context(), file.clone()).await.unwrap();
    assert_eq!((posted.payments.len(), posted.matched, posted.unmatched, posted.before), (1, 0, 1, 0));
    assert_eq!(posted.problems, Vec::<String>::new());
    let again = remittances::post(&house.store, &mut context(), file).await.unwrap();
    assert_eq!((again.payments.len(), again.before), (0, 1), "the same file");
    let other = remittances::post(&house.store, &mut context(), remittance(ACCOUNT, "T1")).await.unwrap();
    assert_eq!((other.payments.len(), other.before), (0, 1), "the same payment in another file");
    let ledger = remittances::list(&house.store, &context(), Page::first(9)).await.unwrap();
    assert_eq!((ledger.count, ledger.unmatched.len()), (1, 1));
    let id = ledger.unmatched[0].id;
    let wrong = remittances::assign(&house.store, &context(), id, "NOBODY").await;
    assert!(words(wrong).contains("no encounter"));
    remittances::assign(&house.store, &context(), id, ACCOUNT).await.unwrap();
    assert!(words(remittances::assign(&house.store, &context(), id, ACCOUNT).await).contains("already"));
    let seen = desk(&house, &boss, encounter).await;
    assert_eq!(seen.answers[0].said.paid, Decimal::from(600));
    let (sums, listed) = remittances::denials(&house.store, &context(), Some("authorization")).await.unwrap();
    assert_eq!((sums.len(), sums[0].cents, listed.len()), (1, 50_000, 1));
    assert_eq!(
        (listed[0].denial.reason.as_str(), listed[0].whose.map(|one| one.1)),
        ("197", Some(encounter))
    );
}
