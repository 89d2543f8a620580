//! Enums whose values are named by a key: in tables under `data/`, in columns and in addresses.

/// A word that names none of the values expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no {expected}")]
pub struct UnknownKey {
    pub(crate) word: String,
    pub(crate) expected: &'static str,
}

impl UnknownKey {
    /// The first characters of what stands where `expected` should.
    pub(crate) fn new(word: &str, expected: &'static str) -> Self {
        Self { word: word.chars().take(40).collect(), expected }
    }
}

/// An enum with its keys: `ALL`, `key()`, `Display`, `FromStr` and serde by the key.
macro_rules! keyed {
    ($(#[$type_doc:meta])* $name:ident, $what:literal: $($(#[$doc:meta])* $variant:ident = $key:literal,)*) => {
        $(#[$type_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The key it is stored and named by in tables.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.key())
            }
        }
        impl std::str::FromStr for $name {
            type Err = crate::keyed::UnknownKey;
            fn from_str(text: &str) -> Result<Self, crate::keyed::UnknownKey> {
                Self::ALL.iter().copied().find(|one| one.key() == text).ok_or_else(|| crate::keyed::UnknownKey::new(text, $what))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.key())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use keyed;
