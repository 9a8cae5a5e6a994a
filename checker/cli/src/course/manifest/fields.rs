//! A table of TOML, asked for its fields one by one.
//!
//! serde stops at the first field it dislikes. An author wants to hear of all of them, so
//! the parsed table is walked here, and every complaint keeps its place in the file.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::problem::Findings;
use crate::course::nearest::did_you_mean;

/// A table, and which of its keys have been asked for.
pub(super) struct Fields<'t> {
    table: &'t DeTable<'t>,
    header: Range<usize>,
    /// "a stage", for messages.
    what: &'static str,
    known: Vec<&'static str>,
}

/// A type that a TOML value can be read as.
pub(super) trait FromToml<'t>: Sized {
    /// How the type is called in a message: "a text".
    const NAME: &'static str;

    /// The value, or `None` where it is of another type.
    fn from_toml(value: &'t Spanned<DeValue<'t>>) -> Option<Self>;
}

impl<'t> Fields<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, header: Range<usize>, what: &'static str) -> Self {
        let known = Vec::new();
        Self {
            table,
            header,
            what,
            known,
        }
    }

    /// Where the table begins: what is pointed at when something is missing.
    pub(super) fn header(&self) -> Range<usize> {
        self.header.clone()
    }

    /// Whether the table has this key, of whatever type.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A field that may be left out.
    pub(super) fn optional<T: FromToml<'t>>(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Spanned<T>> {
        self.known.push(key);
        let value = self.table.get(key)?;
        let read = T::from_toml(value);
        if read.is_none() {
            let found = value.get_ref().type_str();
            let message = format!("`{key}` must be {}, and this is of type {found}", T::NAME);
            findings.add(value.span(), message, None);
        }
        Some(Spanned::new(value.span(), read?))
    }

    /// A field that must be there. `None` is returned after saying why.
    pub(super) fn required<T: FromToml<'t>>(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Spanned<T>> {
        if !self.has(key) {
            let message = format!("{} has no `{key}`", self.what);
            let advice = format!("add `{key} = …`: {}", T::NAME);
            findings.add(self.header(), message, advice);
        }
        self.optional(key, findings)
    }

    /// A required text that must not be blank.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Spanned<String>> {
        let text: Spanned<String> = self.required(key, findings)?;
        if text.get_ref().trim().is_empty() {
            findings.add(text.span(), format!("`{key}` is empty"), None);
        }
        Some(text)
    }

    /// The tables of an array such as `[[spirals]]`; none if it is left out.
    pub(super) fn tables(
        &mut self,
        key: &'static str,
        what: &'static str,
        findings: &mut Findings,
    ) -> Vec<Fields<'t>> {
        self.known.push(key);
        let Some(value) = self.table.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            let message = format!("`{key}` must be a list of tables");
            findings.add(value.span(), message, format!("write `[[…{key}]]`"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Fields::new(table, item.span(), what)),
                None => findings.add(item.span(), format!("{what} must be a table"), None),
            }
        }
        tables
    }

    /// Complains about every key that nobody asked for.
    pub(super) fn finish(self, findings: &mut Findings) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let known = self.known.iter().copied();
                let advice = did_you_mean(name, known)
                    .unwrap_or_else(|| format!("{} has: {}", self.what, self.known.join(", ")));
                findings.add(key.span(), format!("unknown key `{name}`"), advice);
            }
        }
    }
}

impl FromToml<'_> for String {
    const NAME: &'static str = "a text in quotes";

    fn from_toml(value: &Spanned<DeValue<'_>>) -> Option<Self> {
        value.get_ref().as_str().map(str::to_string)
    }
}

impl FromToml<'_> for bool {
    const NAME: &'static str = "true or false";

    fn from_toml(value: &Spanned<DeValue<'_>>) -> Option<Self> {
        value.get_ref().as_bool()
    }
}

impl FromToml<'_> for u32 {
    const NAME: &'static str = "a whole number, not negative";

    fn from_toml(value: &Spanned<DeValue<'_>>) -> Option<Self> {
        let integer = value.get_ref().as_integer()?;
        u32::from_str_radix(integer.as_str(), integer.radix()).ok()
    }
}

impl FromToml<'_> for Vec<Spanned<String>> {
    const NAME: &'static str = "a list of texts";

    fn from_toml(value: &Spanned<DeValue<'_>>) -> Option<Self> {
        let items = value.get_ref().as_array()?;
        items
            .iter()
            .map(|item| Some(Spanned::new(item.span(), String::from_toml(item)?)))
            .collect()
    }
}
