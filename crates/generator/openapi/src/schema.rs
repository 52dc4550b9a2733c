//! Schemas: what may stand at a place of a message (OpenAPI 3.0.3, section 4.7.24; 3.1.0, section 4.8.24).
//!
//! A [`Schema`] is a view of the tree: it reads nothing ahead, follows no reference, and costs nothing to copy.

use msgraph_source::{Json, JsonMember, Span, Spanned};

use crate::pointer::unescaped;

/// A schema.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'a> {
    json: &'a Json,
}

/// What is said of members that are not listed.
#[derive(Clone, Copy, Debug)]
pub enum Additional<'a> {
    /// There may be any, or none.
    Allowed(bool),
    /// Those that there are hold this.
    Of(Schema<'a>),
}

impl<'a> Schema<'a> {
    /// The schema that `json` is, which [`Document::resolve`](crate::Document::resolve) gave.
    pub fn of(json: &'a Json) -> Self {
        Self::new(json)
    }

    /// The schema that `json` is.
    pub(crate) fn new(json: &'a Json) -> Self {
        Self { json }
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        self.json.span
    }

    /// The tree.
    pub fn json(self) -> &'a Json {
        self.json
    }

    /// The name of the schema of `components` that it refers to.
    pub fn reference(self) -> Option<Spanned<String>> {
        let reference = self.json.get("$ref")?;
        let name = reference.as_str()?.strip_prefix("#/components/schemas/")?;
        let is_name = !name.contains('/');
        is_name.then(|| Spanned::new(unescaped(name), reference.span))
    }

    /// The types that it allows, without `null`: one of `array`, `boolean`, `integer`, `number`, `object`, `string`, or,
    /// since 3.1, several; none where it does not say.
    pub fn types(self) -> Vec<&'a str> {
        self.stated_types().filter(|name| *name != "null").collect()
    }

    fn stated_types(self) -> impl Iterator<Item = &'a str> {
        let stated = self.json.get("type");
        let one = stated.and_then(Json::as_str);
        let several = stated.and_then(Json::as_array).unwrap_or_default();
        one.into_iter().chain(several.iter().filter_map(Json::as_str))
    }

    /// Whether it allows `null` beside the rest: by `nullable` in 3.0, by a type in 3.1.
    pub fn is_nullable(self) -> bool {
        self.flag("nullable") || self.stated_types().any(|name| name == "null")
    }

    /// Whether it allows nothing but `null`.
    pub fn is_null(self) -> bool {
        let mut types = self.stated_types().peekable();
        types.peek().is_some() && types.all(|name| name == "null")
    }

    /// `format`
    pub fn format(self) -> Option<&'a str> {
        self.json.get("format")?.as_str()
    }

    /// `title`
    pub fn title(self) -> Option<&'a str> {
        self.json.get("title")?.as_str()
    }

    /// `description`
    pub fn description(self) -> Option<Spanned<&'a str>> {
        let description = self.json.get("description")?;
        Some(Spanned::new(description.as_str()?, description.span))
    }

    /// `enum`, and `const`, which is one of one.
    pub fn enumeration(self) -> &'a [Json] {
        let constant = self.json.get("const").map(std::slice::from_ref);
        let several = self.json.get("enum").and_then(Json::as_array);
        several.or(constant).unwrap_or_default()
    }

    /// `allOf`
    pub fn all_of(self) -> impl Iterator<Item = Self> {
        self.list("allOf")
    }

    /// `anyOf`
    pub fn any_of(self) -> impl Iterator<Item = Self> {
        self.list("anyOf")
    }

    /// `oneOf`
    pub fn one_of(self) -> impl Iterator<Item = Self> {
        self.list("oneOf")
    }

    /// `items`
    pub fn items(self) -> Option<Self> {
        self.json.get("items").map(Self::new)
    }

    /// `properties`, in the order of the text.
    pub fn properties(self) -> impl Iterator<Item = (Spanned<&'a str>, Self)> {
        let members = self.json.get("properties").and_then(Json::as_object).unwrap_or_default();
        members.iter().map(|member| {
            (Spanned::new(member.name.as_str(), member.name_span), Self::new(&member.value))
        })
    }

    /// The property `name`.
    pub fn property(self, name: &str) -> Option<Self> {
        self.json.get("properties")?.get(name).map(Self::new)
    }

    /// Whether the property `name` must be there.
    pub fn requires(self, name: &str) -> bool {
        let required = self.json.get("required").and_then(Json::as_array).unwrap_or_default();
        required.iter().any(|required| required.as_str() == Some(name))
    }

    /// `additionalProperties`
    pub fn additional(self) -> Option<Additional<'a>> {
        let additional = self.json.get("additionalProperties")?;
        Some(match additional.as_bool() {
            Some(allowed) => Additional::Allowed(allowed),
            None => Additional::Of(Self::new(additional)),
        })
    }

    /// The property by which values tell which of several schemas they follow, and the schemas by the value of it.
    pub fn discriminator(self) -> Option<(&'a str, &'a [JsonMember])> {
        let discriminator = self.json.get("discriminator")?;
        let mapping = discriminator.get("mapping").and_then(Json::as_object).unwrap_or_default();
        Some((discriminator.get("propertyName")?.as_str()?, mapping))
    }

    /// Whether it has nothing to say of values.
    pub fn is_empty(self) -> bool {
        self.json.as_bool() == Some(true) || self.json.as_object().is_some_and(<[_]>::is_empty)
    }

    /// Whether `name` is stated to be true: `deprecated`, `readOnly`, an extension.
    pub fn flag(self, name: &str) -> bool {
        self.json.get(name).and_then(Json::as_bool).unwrap_or(false)
    }

    /// The extension `name`, which begins with `x-`.
    pub fn extension(self, name: &str) -> Option<&'a Json> {
        self.json.get(name)
    }

    fn list(self, name: &str) -> impl Iterator<Item = Self> {
        self.json.get(name).and_then(Json::as_array).unwrap_or_default().iter().map(Self::new)
    }
}
