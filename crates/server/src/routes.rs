//! Every address of the house in one table: what it takes to open it, and who serves it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use ::chart::access::Permission;
use axum::Router;
use axum::extract::{DefaultBodyLimit, RawPathParams, Request};
use axum::routing::{MethodFilter, on};

use crate::call::{Call, Fields, Reply};
use crate::handlers::{
    account, amending, auditing, billing, chart, clarifying, coding, completeness, copy, correct, department,
    desk, dictation, duplicates, fhir, filing, health, manual, messages, outside, papers, patients, policies,
    print, privacy, signing, users,
};
use crate::house::House;
use crate::{assets, gate};

/// What serves a request.
pub(crate) type Handler = fn(Call) -> Pin<Box<dyn Future<Output = Reply> + Send>>;

/// What it takes to open an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: anybody may.
    Nothing,
    /// A password that was right, with the second step still to come.
    HalfSignedIn,
    /// Being signed in, in any role.
    SignedIn,
    /// A role that has this permission.
    May(Permission),
}

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Shows.
    Get,
    /// Changes, or asks with what must not stand in an address.
    Post,
}

/// An address of the house.
pub struct Route {
    /// How it is asked.
    pub method: Method,
    /// The path; what stands in braces is an identifier.
    pub path: &'static str,
    /// What it takes.
    pub needs: Needs,
    pub(crate) handler: Handler,
}

macro_rules! table {
    ($($method:ident $path:literal $needs:expr, $handler:path;)*) => {
        &[$(Route { method: Method::$method, path: $path, needs: $needs, handler: |call| Box::pin($handler(call)) },)*]
    };
}

const fn may(permission: Permission) -> Needs {
    Needs::May(permission)
}

/// All addresses but those of assets.
pub static ROUTES: &[Route] = table! {
    Get  "/" Needs::SignedIn, desk::home;
    Get  "/keys" Needs::SignedIn, desk::keys;
    Get  "/about" Needs::Nothing, desk::about;
    Get  "/directory" may(Permission::DirectoryRead), desk::directory;
    Get  "/health/live" Needs::Nothing, health::live;
    Get  "/health/ready" Needs::Nothing, health::ready;
    Get  "/metrics" may(Permission::MetricsRead), health::metrics;

    Get  "/sign-in" Needs::Nothing, account::sign_in_form;
    Post "/sign-in" Needs::Nothing, account::sign_in;
    Get  "/sign-in/code" Needs::HalfSignedIn, account::code_form;
    Post "/sign-in/code" Needs::HalfSignedIn, account::code;
    Post "/sign-out" Needs::SignedIn, account::sign_out;
    Get  "/start/{token}" Needs::Nothing, account::start_form;
    Post "/start/{token}" Needs::Nothing, account::start;
    Get  "/oidc/begin" Needs::Nothing, outside::begin;
    Get  "/oidc/return" Needs::Nothing, outside::come_back;
    Post "/hat" Needs::SignedIn, account::wear;
    Get  "/account/password" Needs::SignedIn, account::password_form;
    Post "/account/password" Needs::SignedIn, account::password;
    Get  "/account/second-step" Needs::SignedIn, account::second_step_form;
    Post "/account/second-step" Needs::SignedIn, account::second_step_on;
    Post "/account/second-step/off" Needs::SignedIn, account::second_step_off;

    Get  "/patients" may(Permission::PatientSearch), patients::form;
    Post "/patients" may(Permission::PatientSearch), patients::search;
    Get  "/patients/new" may(Permission::PatientRegister), patients::register_form;
    Post "/patients/new" may(Permission::PatientRegister), patients::register;
    Get  "/patients/{patient}" may(Permission::PatientRead), chart::overview;
    Get  "/patients/{patient}/who" may(Permission::PatientRead), correct::who;
    Get  "/patients/{patient}/correct" may(Permission::PatientRegister), correct::form;
    Post "/patients/{patient}/correct" may(Permission::PatientRegister), correct::correct;
    Get  "/patients/{patient}/encounters" may(Permission::PatientRead), chart::encounters;
    Get  "/patients/{patient}/coverage" may(Permission::PatientRead), chart::coverage;
    Get  "/patients/{patient}/timeline" may(Permission::ChartRead), chart::timeline;
    Get  "/patients/{patient}/documents" may(Permission::ChartRead), papers::list;
    Get  "/patients/{patient}/documents/{document}" may(Permission::ChartRead), papers::read;
    Get  "/patients/{patient}/documents/{document}/original" may(Permission::ChartRead), papers::original;
    Get  "/patients/{patient}/documents/{document}/files/{digest}" may(Permission::ChartRead), papers::attachment;
    Get  "/patients/{patient}/reports/{entry}" may(Permission::ChartRead), papers::report;
    Get  "/patients/{patient}/reports/{entry}/original" may(Permission::ChartRead), papers::report_original;
    Get  "/patients/{patient}/reports/{entry}/files/{digest}" may(Permission::ChartRead), papers::report_file;
    Get  "/patients/{patient}/write" may(Permission::DocumentWrite), signing::write_form;
    Post "/patients/{patient}/write" may(Permission::DocumentWrite), signing::write;
    Get  "/patients/{patient}/documents/{document}/revise" may(Permission::DocumentWrite), signing::revise_form;
    Post "/patients/{patient}/documents/{document}/revise" may(Permission::DocumentWrite), signing::revise;
    Get  "/patients/{patient}/documents/{document}/sign" may(Permission::DocumentSign), signing::sign_form;
    Post "/patients/{patient}/documents/{document}/sign" may(Permission::DocumentSign), signing::sign;
    Post "/patients/{patient}/documents/{document}/cosigner" may(Permission::DocumentSign), signing::ask_cosigner;
    Get  "/patients/{patient}/orders/{entry}/authenticate" may(Permission::DocumentSign), signing::order_form;
    Post "/patients/{patient}/orders/{entry}/authenticate" may(Permission::DocumentSign), signing::order;
    Get  "/patients/{patient}/amend" may(Permission::DocumentWrite), amending::form;
    Post "/patients/{patient}/amend" may(Permission::DocumentWrite), amending::write;
    Get  "/patients/{patient}/requests" may(Permission::AmendmentRequest), amending::new_form;
    Post "/patients/{patient}/requests" may(Permission::AmendmentRequest), amending::receive;
    Post "/patients/{patient}/encounters/{encounter}/billing" may(Permission::AmendmentRequest), amending::billing;
    Get  "/patients/{patient}/encounters/{encounter}/dictate" may(Permission::DictationDictate), dictation::dictate_form;
    Post "/patients/{patient}/encounters/{encounter}/dictate" may(Permission::DictationDictate), dictation::dictate;
    Get  "/patients/{patient}/results" may(Permission::ChartRead), chart::results;
    Get  "/patients/{patient}/results/{entry}" may(Permission::ChartRead), chart::trend;
    Get  "/patients/{patient}/problems" may(Permission::ChartRead), chart::problems;
    Get  "/patients/{patient}/procedures" may(Permission::ChartRead), chart::procedures;
    Get  "/patients/{patient}/medications" may(Permission::ChartRead), chart::medications;
    Get  "/patients/{patient}/orders" may(Permission::ChartRead), chart::orders;
    Get  "/patients/{patient}/allergies" may(Permission::ChartRead), chart::allergies;
    Get  "/patients/{patient}/history" may(Permission::ChartRead), chart::history;
    Get  "/patients/{patient}/encounters/{encounter}" may(Permission::ChartRead), chart::encounter;
    Get  "/patients/{patient}/encounters/{encounter}/move" may(Permission::EncounterMove), duplicates::move_form;
    Post "/patients/{patient}/encounters/{encounter}/move" may(Permission::EncounterMove), duplicates::move_it;
    Get  "/patients/{patient}/completeness" may(Permission::DeficiencyRead), completeness::in_chart;
    Get  "/patients/{patient}/deficiencies/{deficiency}" may(Permission::DeficiencyRead), completeness::deficiency;
    Post "/patients/{patient}/deficiencies/{deficiency}" may(Permission::DeficiencyWork), completeness::act;
    Get  "/patients/{patient}/encounters/{encounter}/analysis" may(Permission::DeficiencyRead), completeness::analysis;
    Post "/patients/{patient}/encounters/{encounter}/analysis" may(Permission::DeficiencyWork), completeness::analysed;
    Get  "/patients/{patient}/encounters/{encounter}/order" may(Permission::DeficiencyRead), completeness::order;
    Get  "/patients/{patient}/encounters/{encounter}/coding" may(Permission::CodingRead), coding::desk;
    Post "/patients/{patient}/encounters/{encounter}/coding" may(Permission::CodingWork), coding::change;
    Get  "/patients/{patient}/encounters/{encounter}/coding/close" may(Permission::CodingFinalize), coding::closing;
    Post "/patients/{patient}/encounters/{encounter}/coding/close" may(Permission::CodingFinalize), coding::close;
    Post "/patients/{patient}/encounters/{encounter}/coding/reopen" may(Permission::CodingReopen), coding::reopen;
    Get  "/patients/{patient}/encounters/{encounter}/coding/history" may(Permission::CodingRead), coding::history;
    Get  "/patients/{patient}/encounters/{encounter}/coding/suggestions" may(Permission::CodingRead), coding::suggested::list;
    Get  "/patients/{patient}/encounters/{encounter}/claim" may(Permission::ClaimRead), billing::claim::desk;
    Post "/patients/{patient}/encounters/{encounter}/claim" may(Permission::ClaimWrite), billing::claim::write;
    Get  "/patients/{patient}/encounters/{encounter}/claims/{claim}/claim.837" may(Permission::ClaimWrite), billing::claim::take;
    Get  "/patients/{patient}/encounters/{encounter}/claims/{claim}/ub04.pdf" may(Permission::ClaimRead), billing::claim::print;
    Get  "/billing" may(Permission::BillingConfigure), billing::biller::read;
    Post "/billing" may(Permission::BillingConfigure), billing::biller::change;
    Get  "/remittances" may(Permission::ClaimRead), billing::payments::list;
    Post "/remittances" may(Permission::RemittancePost), billing::payments::post;
    Get  "/remittances/{remittance}" may(Permission::ClaimRead), billing::payments::read;
    Post "/remittances/{remittance}" may(Permission::RemittancePost), billing::payments::assign;
    Get  "/denials" may(Permission::ClaimRead), billing::payments::denials;
    Get  "/api/encounters/{encounter}/claim" may(Permission::ClaimRead), billing::api::read;
    Post "/api/encounters/{encounter}/claim" may(Permission::ClaimWrite), billing::api::write;
    Post "/api/remittances" may(Permission::RemittancePost), billing::api::post;
    Post "/patients/{patient}/encounters/{encounter}/coding/review" may(Permission::CodingReview), coding::review;
    Get  "/second-reviews" may(Permission::CodingReview), coding::second_reviews;
    Post "/second-reviews" may(Permission::PolicyConfigure), coding::criterion;
    Get  "/coding-rules" may(Permission::CodingRead), coding::rules;
    Post "/coding-rules" may(Permission::PolicyConfigure), coding::set_rule;
    Get  "/autonomous" may(Permission::CodingShadow), coding::autonomous;
    Post "/autonomous" may(Permission::CodingShadow), coding::turn;
    Get  "/coding-audits" may(Permission::CodingAuditRead), auditing::list;
    Post "/coding-audits" may(Permission::CodingSample), auditing::draw;
    Get  "/coding-audits/accuracy" may(Permission::CodingAuditRead), auditing::figures;
    Get  "/coding-audits/accuracy.csv" may(Permission::CodingAuditRead), auditing::csv;
    Get  "/coding-audits/mine" may(Permission::CodingWork), auditing::mine;
    Get  "/coding-audits/{sample}" may(Permission::CodingAuditRead), auditing::sample;
    Get  "/coding-audits/cases/{case}" may(Permission::CodingRead), auditing::read;
    Post "/coding-audits/cases/{case}/code" may(Permission::CodingAudit), auditing::code;
    Post "/coding-audits/cases/{case}/report" may(Permission::CodingAudit), auditing::report;
    Post "/coding-audits/cases/{case}/answer" may(Permission::CodingWork), auditing::answer;
    Post "/coding-audits/cases/{case}/decide" may(Permission::CodingSample), auditing::decide;
    Get  "/codes/suggestions" may(Permission::CodingLearn), coding::suggested::learned;
    Get  "/codes/suggestions/measured" may(Permission::CodingLearn), coding::suggested::measured;
    Post "/codes/suggestions" may(Permission::CodingLearn), coding::suggested::forget;
    Get  "/patients/{patient}/encounters/{encounter}/query/new" may(Permission::QueryWrite), clarifying::compose::form;
    Post "/patients/{patient}/encounters/{encounter}/query/new" may(Permission::QueryWrite), clarifying::compose::draft;
    Get  "/patients/{patient}/queries" may(Permission::ChartRead), clarifying::desk::of_chart;
    Get  "/queries" may(Permission::QueryRead), clarifying::desk::desk;
    Get  "/queries/measures" may(Permission::QueryRead), clarifying::desk::measures;
    Get  "/queries/{query}" may(Permission::QueryRead), clarifying::query::read;
    Post "/queries/{query}" may(Permission::QueryWrite), clarifying::query::act;
    Get  "/inbox/queries/{query}" may(Permission::QueryAnswer), clarifying::query::answer_form;
    Post "/inbox/queries/{query}" may(Permission::QueryAnswer), clarifying::query::answer;
    Get  "/alerts" may(Permission::QueryRead), clarifying::alerts::list;
    Post "/alerts" may(Permission::QueryWrite), clarifying::alerts::dismiss;
    Get  "/codes" may(Permission::CodingRead), coding::codes;
    Post "/codes" may(Permission::CodingRead), coding::codes;
    Get  "/codes/synonyms" may(Permission::CodingRead), coding::packs;
    Post "/codes/synonyms" may(Permission::CodingLearn), coding::change_packs;
    Get  "/codes/tabular" may(Permission::CodingRead), manual::chapters;
    Get  "/codes/tabular/{node}" may(Permission::CodingRead), manual::place;
    Get  "/codes/index" may(Permission::CodingRead), manual::index;
    Post "/codes/index" may(Permission::CodingRead), manual::index;
    Get  "/codes/tables/{table}" may(Permission::CodingRead), manual::grid;
    Post "/codes/tables/{table}" may(Permission::CodingRead), manual::grid;
    Get  "/codes/procedure" may(Permission::CodingRead), manual::axes;
    Get  "/codes/procedure/{chosen}" may(Permission::CodingRead), manual::axes;
    Get  "/codes/changes" may(Permission::CodingRead), manual::changes;
    Get  "/codes/former" may(Permission::CodingRead), manual::former;
    Post "/codes/former" may(Permission::CodingRead), manual::former;
    Get  "/unbilled" may(Permission::CodingRead), coding::unbilled;
    Post "/api/code-case" may(Permission::CodingRead), coding::api::case;
    Get  "/api/encounters/{encounter}/coding" may(Permission::CodingRead), coding::api::read;
    Post "/api/encounters/{encounter}/coding" may(Permission::CodingWork), coding::api::act;
    Post "/patients/{patient}/find" may(Permission::ChartRead), patients::find_in_chart;
    Get  "/patients/{patient}/print" may(Permission::ChartPrint), print::page;
    Get  "/patients/{patient}/chart.pdf" may(Permission::ChartPrint), copy::pdf;
    Get  "/patients/{patient}/merges" may(Permission::PatientMerge), duplicates::merges;
    Get  "/patients/{patient}/glass" may(Permission::ChartBreakGlass), patients::glass_form;
    Post "/patients/{patient}/glass" may(Permission::ChartBreakGlass), patients::glass;
    Post "/patients/{patient}/restriction" may(Permission::ChartRestrict), patients::restrict;
    Get  "/find" may(Permission::ChartSearch), patients::find_form;
    Post "/find" may(Permission::ChartSearch), patients::find;

    Get  "/inbox" may(Permission::DocumentSign), signing::inbox;
    Get  "/inbox/dictations/{dictation}" may(Permission::DictationDictate), dictation::read;
    Post "/inbox/dictations/{dictation}" may(Permission::DictationDictate), dictation::act;
    Get  "/inbox/dictations/{dictation}/voice" may(Permission::DictationDictate), dictation::voice;
    Get  "/inbox/letters/{letter}" may(Permission::DocumentSign), department::letters::read_own;
    Post "/inbox/letters/{letter}" may(Permission::DocumentSign), department::letters::acknowledge;
    Get  "/dictations" may(Permission::DictationType), dictation::desk;
    Get  "/dictations/{dictation}" may(Permission::DictationType), dictation::read;
    Post "/dictations/{dictation}" may(Permission::DictationType), dictation::act;
    Get  "/dictations/{dictation}/voice" may(Permission::DictationType), dictation::voice;
    Get  "/requests" may(Permission::AmendmentRequest), amending::requests;
    Get  "/requests/{request}" may(Permission::AmendmentRequest), amending::request;
    Post "/requests/{request}" may(Permission::AmendmentRequest), amending::decide;

    Get  "/upload" may(Permission::DocumentUpload), filing::upload_form;
    Post "/upload" may(Permission::DocumentUpload), filing::upload;
    Get  "/unfiled" may(Permission::DocumentIndex), filing::queue;
    Get  "/unfiled/{arrival}" may(Permission::DocumentIndex), filing::file_form;
    Post "/unfiled/{arrival}" may(Permission::DocumentIndex), filing::file_it;
    Get  "/unfiled/{arrival}/file" may(Permission::DocumentIndex), filing::original;

    Get  "/analysis" may(Permission::DeficiencyRead), completeness::waiting;
    Get  "/deficiencies" may(Permission::DeficiencyRead), completeness::queue;
    Get  "/policy" may(Permission::DeficiencyRead), policies::list;
    Post "/policy" may(Permission::PolicyConfigure), policies::facility;
    Get  "/policy/rows/{row}" may(Permission::DeficiencyRead), policies::row;
    Post "/policy/rows/{row}" may(Permission::PolicyConfigure), policies::change;
    Get  "/policy/forms/{setting}" may(Permission::DeficiencyRead), policies::forms;

    Get  "/messages" may(Permission::InterfaceRead), messages::list;
    Get  "/messages/{arrival}" may(Permission::InterfaceRead), messages::read;
    Post "/messages/{arrival}/replay" may(Permission::InterfaceMend), messages::replay;
    Post "/messages/{arrival}/drop" may(Permission::InterfaceMend), messages::give_up;

    Get  "/duplicates" may(Permission::PatientMerge), duplicates::list;
    Get  "/duplicates/{one}/{other}" may(Permission::PatientMerge), duplicates::pair;
    Post "/duplicates/{one}/{other}/merge" may(Permission::PatientMerge), duplicates::merge;
    Post "/duplicates/{one}/{other}/decide" may(Permission::PatientMerge), duplicates::decide;
    Post "/merges/{merge}/undo" may(Permission::PatientUnmerge), duplicates::undo;

    Get  "/fhir/metadata" Needs::Nothing, fhir::metadata;
    Get  "/fhir/{type}" may(Permission::FhirRead), fhir::search;
    Get  "/fhir/{type}/{id}" may(Permission::FhirRead), fhir::read;
    Get  "/fhir/Binary/{digest}" may(Permission::FhirRead), fhir::binary;

    Get  "/my-day" may(Permission::QueueWork), department::day::my_day;
    Post "/my-day" may(Permission::QueueWork), department::day::looked_again;
    Get  "/queues" may(Permission::QueueWork), department::queues::list;
    Get  "/queues/criteria" may(Permission::QueueAssign), department::queues::criteria;
    Post "/queues/criteria" may(Permission::QueueAssign), department::queues::set_criteria;
    Get  "/queues/{key}" may(Permission::QueueWork), department::queues::open;
    Post "/queues/{key}" may(Permission::QueueWork), department::queues::assign;
    Get  "/board" may(Permission::BoardRead), department::day::board;
    Get  "/hand-over" may(Permission::QueueWork), department::day::hand_over;
    Post "/hand-over" may(Permission::QueueWork), department::day::write_hand_over;
    Get  "/tour" Needs::SignedIn, department::day::tour;
    Get  "/patients/{patient}/accuracy" may(Permission::ChartRead), department::accuracy::read;
    Post "/patients/{patient}/accuracy" may(Permission::QueueWork), department::accuracy::decide;
    Get  "/delinquency" may(Permission::LetterIssue), department::delinquency::overview;
    Post "/delinquency/draft" may(Permission::LetterIssue), department::delinquency::draft;
    Post "/delinquency/issue" may(Permission::LetterIssue), department::delinquency::issue_all;
    Post "/delinquency/suspend" may(Permission::SuspensionManage), department::delinquency::suspend;
    Post "/delinquency/restore" may(Permission::SuspensionManage), department::delinquency::restore;
    Get  "/delinquency/texts" may(Permission::LetterIssue), department::delinquency::texts;
    Post "/delinquency/texts" may(Permission::LetterIssue), department::delinquency::set_text;
    Get  "/delinquency/letters.pdf" may(Permission::LetterIssue), department::letters::batch;
    Get  "/delinquency/letters/{letter}" may(Permission::LetterIssue), department::letters::read;
    Post "/delinquency/letters/{letter}" may(Permission::LetterIssue), department::letters::act;
    Get  "/delinquency/letters/{letter}/letter.pdf" may(Permission::LetterIssue), department::letters::pdf;

    Get  "/audit" may(Permission::AuditRead), privacy::viewer;
    Post "/audit/verify" may(Permission::AuditRead), privacy::verify;
    Get  "/users" may(Permission::UserManage), users::list;
    Post "/users" may(Permission::UserManage), users::create;
    Get  "/users/{user}" may(Permission::UserManage), users::read;
    Post "/users/{user}" may(Permission::UserManage), users::change;
};

/// Shown for an address that is none.
static NOWHERE: Route = Route {
    method: Method::Get,
    path: "(none)",
    needs: Needs::Nothing,
    handler: |call| Box::pin(desk::nowhere(call)),
};

/// The router over the whole table.
pub(crate) fn router(house: &Arc<House>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let house = house.clone();
        let filter = match route.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
        };
        let serve = move |parameters: RawPathParams, request: Request| {
            gate::pass(house.clone(), route, fields(&parameters), request)
        };
        router = router.route(route.path, on(filter, serve));
    }
    let shared = house.clone();
    let asset = move |parameters: RawPathParams, request: Request| {
        asset(shared.clone(), fields(&parameters), request)
    };
    let shared = house.clone();
    let nowhere = move |request: Request| gate::pass(shared.clone(), &NOWHERE, Fields::default(), request);
    router
        .route("/assets/{edition}/{*name}", on(MethodFilter::GET, asset))
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(house.config.upload_limit_bytes + FORM_ROOM_BYTES))
}

/// Room for the other fields of a form with a file, in bytes.
const FORM_ROOM_BYTES: usize = 100_000;

fn fields(parameters: &RawPathParams) -> Fields {
    Fields(parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

async fn asset(house: Arc<House>, parameters: Fields, request: Request) -> axum::response::Response {
    let known = request.headers().get(axum::http::header::IF_NONE_MATCH);
    let mut response = assets::serve(parameters.text("edition"), parameters.text("name"), known);
    crate::headers::add(response.headers_mut(), &house.config);
    response
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_address_stands_twice_and_changes_are_never_open_to_anybody_but_at_the_door() {
        let mut seen = BTreeSet::new();
        for route in ROUTES {
            assert!(seen.insert((route.path, route.method == Method::Get)), "{} stands twice", route.path);
            let at_the_door = route.path.starts_with("/sign-in") || route.path.starts_with("/start/");
            if route.method == Method::Post && route.needs == Needs::Nothing {
                assert!(at_the_door, "{} is open to anybody", route.path);
            }
        }
    }
}
