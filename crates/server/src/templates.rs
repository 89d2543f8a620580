//! Templates: embedded in the program; read from the folder in builds for development, so that an edit compiles
//! nothing.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use rust_embed::RustEmbed;

use crate::assets;
use crate::pages::Page;
use crate::pages::frame::Frame;

#[derive(RustEmbed)]
#[folder = "templates"]
struct Files;

/// A template cannot be read or filled.
#[derive(Debug, thiserror::Error)]
#[error("template {name}: {source}")]
pub(crate) struct TemplateError {
    name: String,
    source: Box<minijinja::Error>,
}

/// The templates, ready to be filled.
pub(crate) struct Templates {
    ready: Environment<'static>,
}

impl Templates {
    /// Reads all templates.
    pub(crate) fn open() -> Result<Self, TemplateError> {
        Ok(Self { ready: environment()? })
    }

    /// A whole page.
    pub(crate) fn page<P: Page>(&self, frame: &Frame, page: &P) -> Result<String, TemplateError> {
        let context =
            minijinja::context! { frame => Value::from(Serde(frame)), page => Value::from(Serde(page)) };
        if cfg!(debug_assertions) {
            return fill(&environment()?, P::TEMPLATE, &context);
        }
        fill(&self.ready, P::TEMPLATE, &context)
    }
}

fn fill(environment: &Environment<'_>, name: &str, context: &Value) -> Result<String, TemplateError> {
    let wrap = |source| TemplateError { name: name.to_owned(), source: Box::new(source) };
    environment.get_template(name).map_err(wrap)?.render(context.clone()).map_err(wrap)
}

/// Every value a template names must be there: a mistyped name is an error, not an empty place.
fn environment() -> Result<Environment<'static>, TemplateError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_function("asset", |name: &str| assets::address(name));
    for name in Files::iter() {
        let text = Files::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
        let added = environment.add_template_owned(name.to_string(), text.unwrap_or_default());
        added.map_err(|source| TemplateError { name: name.to_string(), source: Box::new(source) })?;
    }
    Ok(environment)
}
