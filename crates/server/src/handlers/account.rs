//! Signing in and out, the first start, passwords, the second step, the role worn.

use axum::http::header;
use axum::response::Response;
use chart::access::Role;
use workflow::access::{self, First, Opened, Token, password, second_step};

use crate::call::{Call, Reply, go, go_saying};
use crate::cookies;
use crate::pages::account::{
    CodePage, DemoPerson, DemoSignIns, PasswordPage, SecondStepPage, SignInPage, StartPage,
};
use crate::problem::{Problem, sentence};

/// Letters that stand together in a secret to be typed.
const GROUP: usize = 4;

/// A path of ours to go to after signing in; anything else is the desk.
fn next(sent: &str) -> &str {
    let ours = sent.starts_with('/') && !sent.starts_with("//") && !sent.contains(['\\', '\r', '\n']);
    if ours { sent } else { "/" }
}

/// The words of a refusal, for the form they belong to; other problems have a page of their own.
fn refusal(error: workflow::Error) -> Result<String, Problem> {
    match Problem::from(error) {
        Problem::Refused(words) => Ok(sentence(&words)),
        other => Err(other),
    }
}

pub(crate) async fn sign_in_form(call: Call) -> Reply {
    let page = sign_in_page(&call, "", call.query.text("next"), None);
    call.page(&page)
}

fn sign_in_page(call: &Call, name: &str, to: &str, problem: Option<String>) -> SignInPage {
    let config = &call.house.config;
    let people = |demo: &crate::config::Demo| DemoSignIns {
        password: demo.password.clone(),
        people: demo
            .people
            .iter()
            .map(|(name, role)| DemoPerson { name: name.clone(), role: role.title() })
            .collect(),
    };
    SignInPage {
        name: name.into(),
        next: next(to).into(),
        problem,
        outside: config.oidc.as_ref().map(|oidc| oidc.name.clone()),
        demo: config.demo.as_ref().map(people),
    }
}

pub(crate) async fn sign_in(call: Call) -> Reply {
    let token = Token::new(rand::random());
    let (name, to) = (call.form.text("name"), next(call.form.text("next")));
    let proof = (name, call.form.raw("password").to_owned());
    let (store, policy) = (&call.house.store, call.house.config.sessions);
    match access::sign_in(store, &mut call.door(), proof, &token, policy).await {
        Ok(signed) if signed.half => {
            Ok(with_session(&call, go(&format!("/sign-in/code?next={to}")), Some(&token)))
        }
        Ok(_) => Ok(with_session(&call, go(to), Some(&token))),
        Err(error) => {
            let problem = refusal(error)?;
            call.again(&sign_in_page(&call, name, to, Some(problem)))
        }
    }
}

pub(crate) fn with_session(call: &Call, mut response: Response, token: Option<&Token>) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookies::set_session(token, &call.house.config));
    response
}

pub(crate) async fn code_form(call: Call) -> Reply {
    let page = CodePage { next: next(call.query.text("next")).into(), problem: None };
    call.page(&page)
}

pub(crate) async fn code(call: Call) -> Reply {
    let token = Token::new(rand::random());
    let to = next(call.form.text("next"));
    let pair = (&call.caller()?.token, &token);
    let (store, policy) = (&call.house.store, call.house.config.sessions);
    match access::take_second_step(store, &mut call.door(), pair, call.form.text("code"), policy).await {
        Ok(()) => Ok(with_session(&call, go(to), Some(&token))),
        Err(error) => {
            let problem = Some(refusal(error)?);
            call.again(&CodePage { next: to.into(), problem })
        }
    }
}

pub(crate) async fn sign_out(call: Call) -> Reply {
    access::sign_out(&call.house.store, &call.context()?, &call.caller()?.token).await?;
    Ok(with_session(&call, go("/sign-in"), None))
}

pub(crate) async fn wear(call: Call) -> Reply {
    let role: Role = call.form.read("role").ok_or(Problem::Unreadable)?;
    access::wear(&call.house.store, &mut call.context()?, &call.caller()?.token, role).await?;
    Ok(go("/"))
}

fn link(call: &Call) -> Result<Token, Problem> {
    Token::sent(call.parameters.text("token")).ok_or(Problem::Missing)
}

pub(crate) async fn start_form(call: Call) -> Reply {
    let opened = access::open_link(&call.house.store, &call.door(), &link(&call)?).await?;
    call.page(&start_page(&call, opened, None))
}

fn start_page(call: &Call, opened: Opened, problem: Option<String>) -> StartPage {
    let known = matches!(opened, Opened::Password { .. });
    let name = match opened {
        Opened::Password { login } => login,
        Opened::First => call.form.text("name").into(),
    };
    let shown = call.form.text("shown").into();
    StartPage { action: call.path.clone(), name, shown, rule: password::RULE, problem, known }
}

pub(crate) async fn start(call: Call) -> Reply {
    let token = link(&call)?;
    let opened = access::open_link(&call.house.store, &call.door(), &token).await?;
    let new = call.form.raw("password").to_owned();
    if new != call.form.raw("again") {
        return call.again(&start_page(&call, opened, Some("The two passwords differ.".into())));
    }
    let mut context = call.door();
    let (store, salt) = (&call.house.store, rand::random());
    let done = match &opened {
        Opened::First => {
            let first = First {
                login: call.form.text("name").into(),
                name: call.form.text("shown").into(),
                password: new,
            };
            access::use_first_link(store, &mut context, &token, first, salt).await.map(|_| ())
        }
        Opened::Password { .. } => access::use_password_link(store, &mut context, &token, new, salt).await,
    };
    match done {
        Ok(()) => Ok(go_saying("/sign-in", "password")),
        Err(error) => {
            let problem = Some(refusal(error)?);
            call.again(&start_page(&call, opened, problem))
        }
    }
}

pub(crate) async fn password_form(call: Call) -> Reply {
    call.page(&PasswordPage { rule: password::RULE, ..PasswordPage::default() })
}

pub(crate) async fn password(call: Call) -> Reply {
    let again =
        |problem| call.again(&PasswordPage { rule: password::RULE, problem: Some(problem), forced: false });
    let (old, new) = (call.form.raw("old").to_owned(), call.form.raw("password").to_owned());
    if new != call.form.raw("again") {
        return again("The two passwords differ.".into());
    }
    let (store, token) = (&call.house.store, &call.caller()?.token);
    match access::change_password(store, &call.context()?, token, (old, new), rand::random()).await {
        Ok(()) => Ok(go_saying("/", "password")),
        Err(error) => again(refusal(error)?),
    }
}

pub(crate) async fn second_step_form(call: Call) -> Reply {
    let page = second_step_page(&call, &second_step::new_secret(rand::random()), None)?;
    call.page(&page)
}

fn second_step_page(call: &Call, secret: &str, problem: Option<String>) -> Result<SecondStepPage, Problem> {
    let session = &call.caller()?.session;
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    Ok(SecondStepPage {
        enrolled: session.second_step,
        secret: secret.into(),
        secret_groups: groups.join(" "),
        link: second_step::address(secret, &session.login)?,
        problem,
    })
}

pub(crate) async fn second_step_on(call: Call) -> Reply {
    let (secret, code) = (call.form.text("secret"), call.form.text("code"));
    match access::second_step_on(&call.house.store, &call.context()?, secret, code).await {
        Ok(()) => Ok(go_saying("/account/second-step", "second-step")),
        Err(error) => {
            let problem = Some(refusal(error)?);
            call.again(&second_step_page(&call, secret, problem)?)
        }
    }
}

pub(crate) async fn second_step_off(call: Call) -> Reply {
    match access::second_step_off(&call.house.store, &call.context()?, call.form.text("code")).await {
        Ok(()) => Ok(go_saying("/account/second-step", "second-step")),
        Err(error) => {
            let problem = Some(refusal(error)?);
            call.again(&second_step_page(&call, &second_step::new_secret(rand::random()), problem)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn signing_in_leads_to_paths_of_ours_only() {
        assert_eq!(next("/patients/01"), "/patients/01");
        for other in ["", "//evil.example", "https://evil.example", "/\\evil", "/a\r\nSet-Cookie: x"] {
            assert_eq!(next(other), "/", "{other}");
        }
    }
}
