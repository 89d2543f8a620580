//! The templates: `data/clarify/template.tsv` and `data/clarify/option.tsv`, or a facility's own.

use std::sync::LazyLock;

use chart::query::Form;
use chart::sign::{Sign, signs};

use crate::table::{TableError, rows};

static TEMPLATES: &str = include_str!("../../../data/clarify/template.tsv");
static OPTIONS: &str = include_str!("../../../data/clarify/option.tsv");

/// What kind of clarification a template asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Type, acuity, stage, cause of a documented condition.
    Specificity,
    /// Whether a documented condition holds, given the findings.
    ClinicalValidation,
    /// Whether it was there at the order to admit.
    PresentOnAdmission,
    /// Statements that exclude each other.
    Conflicting,
    /// What was done.
    Procedure,
    /// Whether a condition is a complication.
    Complication,
    /// Whether one thing caused another.
    CauseEffect,
    /// What a result or a treatment means.
    AbnormalResult,
    /// Which side.
    Laterality,
    /// What led to the death.
    Death,
}

/// A template of a query.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its key: `renal-findings`.
    pub key: String,
    /// What kind of clarification it asks for.
    pub family: Family,
    /// In which form.
    pub form: Form,
    /// Its neutral title.
    pub title: String,
    /// The question.
    pub question: String,
    /// What is quoted from the record.
    pub signs: Vec<&'static Sign>,
    /// So many indicators must be found before it may be asked.
    pub least: usize,
    /// The choices of a multiple-choice template.
    pub choices: Vec<TemplateChoice>,
}

/// A choice of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateChoice {
    /// Its key, unique in the template.
    pub key: String,
    /// What it says.
    pub text: String,
    /// The signs of which any supports it.
    pub supported_by: Vec<String>,
}

/// The templates.
#[derive(Debug)]
pub struct Templates(Vec<Template>);

/// The templates that ship with the product.
pub fn templates() -> &'static Templates {
    static SHIPPED: LazyLock<Templates> =
        LazyLock::new(|| Templates::read(TEMPLATES, OPTIONS).expect("the shipped tables are read by a test"));
    &SHIPPED
}

impl Family {
    fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "specificity" => Self::Specificity,
            "clinical-validation" => Self::ClinicalValidation,
            "present-on-admission" => Self::PresentOnAdmission,
            "conflicting" => Self::Conflicting,
            "procedure" => Self::Procedure,
            "complication" => Self::Complication,
            "cause-effect" => Self::CauseEffect,
            "abnormal-result" => Self::AbnormalResult,
            "laterality" => Self::Laterality,
            "death" => Self::Death,
            _ => return None,
        })
    }
}

impl Templates {
    /// Reads templates and their choices.
    ///
    /// # Errors
    /// The first row that cannot be understood; a choice of no template, or supported by a sign that is not quoted.
    pub fn read(templates: &str, options: &str) -> Result<Self, TableError> {
        let mut all: Vec<Template> = Vec::new();
        for (line, row) in rows::<7>("templates", templates)? {
            all.push(template(row).map_err(|what| TableError { table: "templates", line, what })?);
        }
        for (line, row) in rows::<4>("options", options)? {
            let wrong = |what: String| TableError { table: "options", line, what };
            let of = all.iter_mut().find(|one| one.key == row[0]);
            let of = of.ok_or_else(|| wrong(format!("`{}` is no template", row[0])))?;
            let choice = choice(of, row).map_err(wrong)?;
            of.choices.push(choice);
        }
        Ok(Self(all))
    }

    /// Every template, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Template] {
        &self.0
    }

    /// The template of this key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&Template> {
        self.0.iter().find(|one| one.key == key)
    }
}

fn template([key, family, form, title, question, quoted, least]: [&str; 7]) -> Result<Template, String> {
    let sign = |key: &str| signs().by_key(key).ok_or_else(|| format!("`{key}` is no sign"));
    Ok(Template {
        key: key.to_owned(),
        family: Family::of_key(family).ok_or_else(|| format!("`{family}` is no family of templates"))?,
        form: form.parse().map_err(|_| format!("`{form}` is no form of a query"))?,
        title: title.to_owned(),
        question: question.to_owned(),
        signs: quoted.split('|').map(sign).collect::<Result<_, _>>()?,
        least: least.parse().map_err(|_| format!("`{least}` is no number of indicators"))?,
        choices: Vec::new(),
    })
}

fn choice(template: &Template, [_, key, text, supported_by]: [&str; 4]) -> Result<TemplateChoice, String> {
    let supported_by: Vec<String> = supported_by.split('|').map(str::to_owned).collect();
    let is_quoted = |key: &&String| template.signs.iter().any(|sign| sign.key == **key);
    match supported_by.iter().find(|key| !is_quoted(key)) {
        Some(key) => Err(format!("`{key}` is not quoted by the template, so it cannot support a choice")),
        None => Ok(TemplateChoice { key: key.to_owned(), text: text.to_owned(), supported_by }),
    }
}
