//! What a handler is called with.

use std::fmt;

use http::HeaderMap;
use msgraph_core::literal::{FromLiteral, quoted};
use msgraph_core::{
    Operation, Parameter, ParameterLocation, Parameterized, ServiceError, parameter,
};

use crate::principal::Principal;
use crate::query::{Query, decode};
use crate::respond::{RequestId, internal};
use crate::signature::Argument;
use crate::site::Address;

/// One call of the operation `O`: the keys of its path, its body, and its context.
pub struct Call<O: Operation> {
    /// The body, read strictly; `()` where the operation has none.
    pub body: O::Request,
    /// Who calls, and what else came with the request.
    pub context: Context,
    keys: Vec<String>,
    arguments: Vec<Argument>,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(
        keys: Vec<String>,
        arguments: Vec<Argument>,
        body: O::Request,
        context: Context,
    ) -> Self {
        Self { body, context, keys, arguments }
    }

    /// The keys of the path, decoded, in its order: `let [group_id] = call.path()?;`.
    ///
    /// # Errors
    /// An internal error where the route has another number of keys, which is a fault of the router.
    pub fn path<const N: usize>(&self) -> Result<[String; N], ServiceError> {
        let keys: &[String; N] = self.keys.as_slice().try_into().map_err(|_| {
            let found = self.keys.len();
            tracing::error!(operation = O::NAME, expected = N, found, "path keys");
            internal()
        })?;
        Ok(keys.clone())
    }

    /// The value of a key that is no text: `let number = call.key("stage-number", &number)?;`.
    ///
    /// # Errors
    /// 400 where `text` is no such value.
    pub fn key<T: FromLiteral>(&self, name: &str, text: &str) -> Result<T, ServiceError> {
        T::from_literal(text).ok_or_else(|| malformed("key", name))
    }

    /// The argument of a function in the path: `let period = call.argument("period")?;`. It stands
    /// there itself, or in the query: behind an alias, or under its own name.
    ///
    /// # Errors
    /// 400 where it is missing, or no value of its type.
    pub fn argument<T: FromLiteral>(&self, name: &str) -> Result<T, ServiceError> {
        let missing = || {
            let message = format!("The argument `{name}` is missing.");
            ServiceError::bad_request(message).with_target(name)
        };
        self.given(name)?.ok_or_else(missing)
    }

    /// The argument of a function in the path, where it may be absent or null.
    ///
    /// # Errors
    /// 400 where it is no value of its type.
    pub fn optional<T: FromLiteral>(&self, name: &str) -> Result<Option<T>, ServiceError> {
        Ok(self.given::<Option<T>>(name)?.flatten())
    }

    fn given<T: FromLiteral>(&self, name: &str) -> Result<Option<T>, ServiceError> {
        let Some(argument) = self.arguments.iter().find(|argument| argument.wire == name) else {
            return Ok(None);
        };
        let query = &self.context.query;
        let literal = match &argument.literal {
            Some(literal) if literal.starts_with('@') => query.get(literal),
            Some(literal) => {
                let value = T::from_literal(literal);
                return value.map(Some).ok_or_else(|| malformed("argument", name));
            }
            None => query.get(argument.name).or_else(|| query.get(&format!("@{}", argument.name))),
        };
        let Some(literal) = literal else { return Ok(None) };
        // A text in the query needs no quotes.
        let value = T::from_literal(&literal).or_else(|| T::from_literal(&quoted(&literal)));
        value.map(Some).ok_or_else(|| malformed("argument", name))
    }
}

impl<O: Parameterized> Call<O> {
    /// The parameters in the query, in headers and in cookies, as one object.
    ///
    /// # Errors
    /// 400 where one is missing, or no value of its type.
    pub fn parameters(&self) -> Result<O::Parameters, ServiceError> {
        let given = |parameter: &Parameter| self.context.given(parameter);
        parameter::read(O::PARAMETERS, given).map_err(|error| {
            let message = format!("A parameter cannot be read: {error}");
            let name = error.path().as_str().trim_start_matches("$.").to_owned();
            ServiceError::bad_request(message).with_target(name)
        })
    }
}

fn malformed(what: &str, name: &str) -> ServiceError {
    let message = format!("The {what} `{name}` in the path is no value of its type.");
    ServiceError::bad_request(message).with_target(name)
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::NAME)
            .field("keys", &self.keys)
            .field("arguments", &self.arguments)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// What came with a request beside its path and body.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Context {
    /// Who calls; it has a permission that the operation's documentation asks for.
    pub principal: Principal,
    /// The headers, without `Authorization`.
    pub headers: HeaderMap,
    /// The query options.
    pub query: Query,
    /// The id of this exchange, as the answer tells it.
    pub request_id: RequestId,
    /// The caller's id of this exchange, where it gave a usable one.
    pub client_request_id: Option<String>,
    /// Where the request went.
    pub(crate) address: Address,
    /// Whether nothing is to be changed.
    pub(crate) is_read: bool,
}

impl Context {
    /// The address that was asked for, without its query: what a next link begins with.
    pub fn url(&self) -> String {
        self.address.url()
    }

    /// The texts that a request has for a parameter.
    fn given(&self, parameter: &Parameter) -> Vec<String> {
        let text =
            |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
        match parameter.location {
            ParameterLocation::Query => {
                let named = self.query.options().filter(|(name, _)| name == parameter.name);
                named.map(|(_, value)| value).collect()
            }
            ParameterLocation::Header => {
                self.headers.get_all(parameter.name).iter().map(text).collect()
            }
            ParameterLocation::Cookie => {
                let lines: Vec<String> =
                    self.headers.get_all(http::header::COOKIE).iter().map(text).collect();
                let pairs = lines.iter().flat_map(|line| line.split(';'));
                let named = pairs.filter_map(|pair| pair.trim().split_once('='));
                named
                    .filter(|(name, _)| *name == parameter.name)
                    .map(|(_, value)| decode(value))
                    .collect()
            }
        }
    }
}
