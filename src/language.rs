//! Languages: those that fixed texts exist in and that a question's language is told apart from.

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English, which everything is written in first.
    #[default]
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Portuguese.
    Portuguese,
}

impl Language {
    /// Every language, in the order of the variants.
    pub const ALL: [Self; 5] = [Self::English, Self::German, Self::Spanish, Self::French, Self::Portuguese];

    /// The two-letter code of ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Portuguese => "pt",
        }
    }

    /// The language with this two-letter code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The language of a locale such as `de` or `pt-BR`; `None` for all others.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        Self::from_code(locale.split('-').next().unwrap_or_default())
    }

    /// Discord's locales that the texts in this language are for; those of English are for all others.
    #[must_use]
    pub fn locales(self) -> &'static [&'static str] {
        match self {
            Self::English => &[],
            Self::German => &["de"],
            Self::Spanish => &["es-ES", "es-419"],
            Self::French => &["fr"],
            Self::Portuguese => &["pt-BR"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_lead_to_languages() {
        for language in Language::ALL {
            assert_eq!(Language::ALL[language as usize], language);
            assert_eq!(Language::from_code(language.code()), Some(language));
            for locale in language.locales() {
                assert_eq!(Language::of_locale(locale), Some(language));
            }
        }
        for (locale, expected) in
            [("en-US", Some(Language::English)), ("en-GB", Some(Language::English)), ("it", None), ("", None)]
        {
            assert_eq!(Language::of_locale(locale), expected, "{locale}");
        }
    }
}
