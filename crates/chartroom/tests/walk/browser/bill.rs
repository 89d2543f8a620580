//! A stay from its codes to the payer's answer: the whole way of a claim through the pages.

use crate::support::database::{Database, Kind};
use crate::support::server::Server;
use crate::support::stay::{self, ACCOUNT, FAMILY, PAYER};
use crate::support::turn;

use super::chromium::Chromium;
use super::inspect::findings;
use super::stories::{expect_good, find_patient, keep};

/// What is entered under *Who bills*.
const BILLER: [(&str, &str); 13] = [
    ("name", "Harbor Bend Community Hospital"),
    ("npi", "1234567893"),
    ("tax_number", "12-3456789"),
    ("taxonomy", "282N00000X"),
    ("street", "1 Harbor Road"),
    ("city", "Harbor Bend"),
    ("state", "ME"),
    ("postal_code", "04101-0001"),
    ("contact", "Billing office"),
    ("telephone", "207 555 0100"),
    ("submitter", "HBC001"),
    ("receiver_name", "Example Contractor"),
    ("receiver", "EXPAY1"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_billed_and_the_payers_answer_is_posted() {
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_bill").expect("SQLite is everywhere");
    stay::import(&hospital, true);
    let server = Server::serve(&hospital);
    let Some(browser) = Chromium::open(&server.base, "bill").await else { return };
    browser.sign_in("coder").await;
    let codes = desk(&browser).await;
    close(&browser).await;

    browser.sign_in("supervisor").await;
    say_who_bills(&browser).await;
    let claim = codes.replace("/coding", "/claim");
    browser.go(&claim).await;
    browser.reads("Nothing is missing").await;
    expect_good(&findings(&browser, "claim-ready").await);
    browser.press("Write the claim").await;
    browser.find("a[href$='/claim.837']").await;
    expect_good(&findings(&browser, "claim-written").await);
    let file = download(&browser, "a[href$='/claim.837']").await;
    assert!(file.starts_with("ISA*") && file.contains(&format!("CLM*{ACCOUNT}*")), "{file}");
    assert!(file.contains("HI*ABK:J189"), "the principal diagnosis is on it: {file}");
    assert!(download(&browser, "a[href$='/ub04.pdf']").await.starts_with("%PDF-"), "the form is printed");

    browser.go("/remittances").await;
    let sent = keep("walk-answer.835", remittance().as_bytes());
    browser.attach("input[type=file]", &sent).await;
    browser.press("Post").await;
    browser.reads("CHK4711").await;
    expect_good(&findings(&browser, "remittance-posted").await);
    browser.attach("input[type=file]", &sent).await;
    browser.press("Post").await;
    browser.reads("had been posted before").await;
    browser.go("/denials").await;
    browser.reads("CO-197").await;
    expect_good(&findings(&browser, "denials").await);
    browser.go(&claim).await;
    browser.reads("600.00").await;
    browser.reads("500.00").await;
    expect_good(&findings(&browser, "claim-answered").await);
    let wrong = keep("walk-wrong.835", b"not a remittance");
    browser.go("/remittances").await;
    browser.attach("input[type=file]", &wrong).await;
    browser.press("Post").await;
    browser.find("main .flash.problem").await;
}

/// The coder's desk of the stay, by way of the chart; gives its address.
async fn desk(browser: &Chromium) -> String {
    find_patient(browser, FAMILY).await;
    browser.click("#found [data-row] a").await;
    browser.click("nav.tabs a[href$='/encounters']").await;
    browser.click("main table tbody tr th a").await;
    browser.link("Codes").await;
    let place = browser.place().await;
    place.split('?').next().unwrap_or_default().to_owned()
}

/// Codes the stay as its papers say, and closes it.
async fn close(browser: &Chromium) {
    browser.press("Begin to code").await;
    for (row, code) in [(1, "J18.9"), (2, "I10")] {
        browser.fill("#add", code).await;
        browser.choose("select[name=present]", "Y").await;
        browser.tick("button[value=add]").await;
        browser.find(&format!("ol.lines > li.code-line:nth-child({row})")).await;
        browser.settles().await;
    }
    browser.fill("input[name=admitting]", "R05.9").await;
    browser.tick("button[value=admitting]").await;
    browser.settles().await;
    browser.click("a[href*='/coding/close']").await;
    browser.press("Close").await;
    browser.find("#work .tag.good").await;
}

async fn say_who_bills(browser: &Chromium) {
    browser.go("/billing").await;
    for (name, value) in BILLER {
        browser.fill(&format!("input[name={name}]"), value).await;
    }
    browser.fill("textarea[name=payers]", &format!("{PAYER} | EXMED | MA")).await;
    let lines = "inpatient | 0120 | day | 1250.00\ninpatient | 0250 | stay | 80";
    browser.fill("textarea[name=plain_charges]", lines).await;
    browser.tick("input[name=production]").await;
    browser.press("Keep").await;
}

/// What a link gives, as text.
async fn download(browser: &Chromium, css: &str) -> String {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         fetch(document.querySelector(\"{css}\").href).then(one => one.text()).then(done)"
    );
    browser.run_until_done(&script).await.as_str().expect("a file").to_owned()
}

/// The payer pays a part, and denies another for want of an authorization.
fn remittance() -> String {
    format!(
        "ISA*00*          *00*          *ZZ*EXAMPLEPAYER   *ZZ*HARBORBEND     *261204*0610*^*00501*000000202*0*T*:~\
         GS*HP*EXAMPLEPAYER*HARBORBEND*20261204*0610*1*X*005010X221A1~ST*835*0001~\
         BPR*I*600*C*ACH*CCP*01*011000015*DA*0011223344*1999999999**01*021000021*DA*9988776655*20261207~\
         TRN*1*CHK4711*1999999999~DTM*405*20261204~N1*PR*EXAMPLE MEDICARE*XV*12345~\
         N1*PE*HARBOR BEND COMMUNITY HOSPITAL*XX*1234567893~LX*1~\
         CLP*{ACCOUNT}*1*3830*600*0*MA*PAYER0004*11*1~CAS*CO*45*2730**197*500~NM1*QC*1*{}*TESS~\
         SE*11*0001~GE*1*1~IEA*1*000000202~",
        FAMILY.to_uppercase()
    )
}
