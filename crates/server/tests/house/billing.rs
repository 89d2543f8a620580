//! Who bills, the claim of a stay and a remittance, over HTTP.

use chart::access::Role;

use crate::browser::House;

/// A file of one claim that no stay of the house has.
const REMITTANCE: &str = "ISA*00*          *00*          *ZZ*EXAMPLEPAYER   *ZZ*RIVERSIDE      *261204*0610*^*00501*000000202*0*T*:~\
    GS*HP*EXAMPLEPAYER*RIVERSIDE*20261204*0610*1*X*005010X221A1~ST*835*0001~\
    BPR*I*600*C*ACH*CCP*01*011000015*DA*0011223344*1999999999**01*021000021*DA*9988776655*20261207~\
    TRN*1*CHK77*1999999999~DTM*405*20261204~N1*PR*EXAMPLE MEDICARE*XV*12345~\
    N1*PE*RIVERSIDE EXAMPLE HOSPITAL*XX*1234567893~LX*1~\
    CLP*NOBODY-1*1*4100*600*0*MA*PAYER0003*11*1~CAS*CO*45*3000**197*500~NM1*QC*1*DOE*JANE~\
    SE*12*0001~GE*1*1~IEA*1*000000202~";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_claim_lacks_is_told_and_who_bills_is_entered() {
    let (house, seed) = House::furnished().await;
    let mut boss = house.signed_in("all", Role::Supervisor.key()).await;
    let claim = format!("/patients/{}/encounters/{}/claim", seed.patient, seed.encounter);
    let page = boss.get(&claim).await;
    page.says("coding has not begun");
    page.says("national provider identifier: enter it under Who bills");
    let early = boss.post(&claim, &[]).await;
    assert_eq!(early.status, 422);
    early.says("This is missing");
    boss.get("/billing").await.says("Federal tax number");
    let wrong =
        boss.post("/billing", &[("npi", "1234567890"), ("name", "Riverside"), ("version", "0")]).await;
    assert_eq!(wrong.status, 422);
    wrong.says("no national provider identifier");
    wrong.says("Riverside");
    let kept =
        [("npi", "1234567893"), ("name", "Riverside"), ("version", "0"), ("payers", "Medicare | M | MA")];
    assert_eq!(boss.post("/billing", &kept).await.status, 303);
    boss.get("/billing").await.says("Medicare | M | MA");
    let late = boss.post("/billing", &kept).await;
    assert_eq!(late.status, 409, "somebody was faster: {}", late.body);
    assert!(!boss.get(&claim).await.body.contains("national provider identifier: enter"), "it is known now");
    let mut coder = house.signed_in("all", Role::Coder.key()).await;
    assert_eq!(coder.get(&claim).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_posts_a_remittance_once_and_its_denial_is_listed() {
    let (house, _) = House::furnished().await;
    let mut boss = house.signed_in("all", Role::Supervisor.key()).await;
    boss.get("/remittances").await.says("No remittance has been posted");
    let token = boss.token.clone();
    let headers = [("content-type", "application/json"), ("x-csrf-token", token.as_str())];
    let file = serde_json::json!({ "file": REMITTANCE }).to_string();
    let posted = boss.ask("POST", "/api/remittances", &headers, file.clone()).await;
    assert_eq!(posted.status, 200, "{}", posted.body);
    let told: serde_json::Value = serde_json::from_str(&posted.body).unwrap();
    assert_eq!((&told["unmatched"], &told["before"]), (&1.into(), &0.into()));
    let again = boss.ask("POST", "/api/remittances", &headers, file).await;
    let again: serde_json::Value = serde_json::from_str(&again.body).unwrap();
    assert_eq!((&again["payments"], &again["before"]), (&serde_json::json!([]), &1.into()));
    let list = boss.get("/remittances").await;
    list.says("CHK77");
    list.says("NOBODY-1");
    let id = told["payments"][0].as_str().expect("a payment").to_owned();
    let one = boss.get(&format!("/remittances/{id}")).await;
    one.says("No encounter was found for these");
    let answer = one.body.split("name=\"answer\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = [("answer", answer.expect("a form")), ("number", "NOWHERE")];
    let wrong = boss.post(&format!("/remittances/{id}"), &fields).await;
    assert_eq!(wrong.status, 422);
    wrong.says("No encounter, or more than one");
    boss.get("/denials").await.says("CO-197");
    boss.get("/denials?category=authorization").await.says("500.00");
    boss.get("/denials?category=coding").await.says("Nothing was denied");
    let bad = boss.ask("POST", "/api/remittances", &headers, r#"{"file": "not one"}"#.into()).await;
    assert_eq!(bad.status, 422);
}
