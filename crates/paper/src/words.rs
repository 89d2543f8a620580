//! Text with its style.

/// How text is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// Upright.
    #[default]
    Regular,
    /// Bold.
    Bold,
    /// Slanted.
    Italic,
    /// Struck through: what was entered in error, and is kept.
    Struck,
}

/// Text, in stretches of one style each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The stretches, in their order.
    pub stretches: Vec<(Style, String)>,
}

impl Words {
    /// Text of one style.
    pub fn styled(style: Style, text: impl Into<String>) -> Self {
        Self { stretches: vec![(style, text.into())] }
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Self {
        Self::styled(Style::Bold, text)
    }

    /// Slanted text.
    pub fn italic(text: impl Into<String>) -> Self {
        Self::styled(Style::Italic, text)
    }

    /// The same with more text after it.
    #[must_use]
    pub fn then(mut self, style: Style, text: impl Into<String>) -> Self {
        self.stretches.push((style, text.into()));
        self
    }

    /// The same, all of it in one style.
    #[must_use]
    pub fn all_in(mut self, style: Style) -> Self {
        for stretch in &mut self.stretches {
            stretch.0 = style;
        }
        self
    }

    /// The text without its styles.
    #[must_use]
    pub fn plain(&self) -> String {
        self.stretches.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stretches.iter().all(|(_, text)| text.is_empty())
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::styled(Style::Regular, text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::styled(Style::Regular, text)
    }
}
