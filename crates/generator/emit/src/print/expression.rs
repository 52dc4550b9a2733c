//! Documented values as expressions, and the calls of builders.

use msgraph_plan::{Example, Ident, TypePath, Value, WithCall};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Imports;
use super::tokens::{ident, number, raw_text, text};

/// The builder calls from `root` to the verb.
pub(crate) fn call(
    root: &TokenStream,
    example: &Example,
    body: Option<TokenStream>,
    models: &Ident,
    imports: &mut Imports,
) -> TokenStream {
    let mut out = root.clone();
    for (method, arguments) in &example.calls {
        let method = ident(method);
        let arguments = arguments.iter().map(|of| value(of, models, imports));
        out.extend(quote!(.#method(#(#arguments),*)));
    }
    let verb = ident(&example.verb);
    out.extend(quote!(.#verb(#body)));
    for (name, value) in &example.headers {
        let (name, value) = (text(name), text(value));
        out.extend(quote!(.header(#name, #value)));
    }
    out
}

/// The `let`s of what the body of an example is made of.
pub(crate) fn bindings(of: &Example, models: &Ident, imports: &mut Imports) -> TokenStream {
    of.bindings
        .iter()
        .map(|(name, bound)| {
            let name = ident(name);
            let bound = value(bound, models, imports);
            quote!(let #name = #bound;)
        })
        .collect()
}

/// The expression that makes `of`; `models` is the path of the crate of models.
pub(crate) fn value(of: &Value, models: &Ident, imports: &mut Imports) -> TokenStream {
    let type_name = |path: &TypePath, imports: &mut Imports| {
        imports.item(models.as_str(), &path.module, &path.name)
    };
    match of {
        Value::Object(path, calls) => {
            let name = type_name(path, imports);
            let mut out = quote!(#name::new());
            for call in calls {
                out.extend(match call {
                    WithCall::Member(with, value_of) => {
                        let with = ident(with);
                        let argument = value(value_of, models, imports);
                        quote!(.#with(#argument))
                    }
                    WithCall::Null(path, variant) => {
                        let schema = schema_of(path, models, imports);
                        let (name, variant) = (ident(&path.name), ident(variant));
                        quote!(.with_null(#schema::#name::#variant))
                    }
                    WithCall::Unknown(wire, value_of) => {
                        let wire = text(wire);
                        let argument = value(value_of, models, imports);
                        quote!(.with_unknown(#wire, #argument))
                    }
                });
            }
            out
        }
        Value::Array(values) => {
            let values = values.iter().map(|of| value(of, models, imports));
            quote!([#(#values),*])
        }
        Value::NoTexts => quote!([""; 0]),
        Value::Text(of) => {
            let literal = text(of);
            quote!(#literal)
        }
        Value::Literal(of, _) => literal(of),
        Value::Parsed(edm, of) => {
            let name = imports.path(&format!("{models}::edm::{edm}"));
            let literal = text(of);
            quote!(#literal.parse::<#name>()?)
        }
        Value::Constant(path, constant) => {
            let name = type_name(path, imports);
            let constant = ident(constant);
            quote!(#name::#constant)
        }
        Value::ConstantText(path, of) => {
            let name = type_name(path, imports);
            let literal = text(of);
            quote!(#name::from_text(#literal))
        }
        Value::FromJson(path, json) => {
            let name = type_name(path, imports);
            let literal = raw_text(json);
            quote!(#name::from_json(#literal)?)
        }
        Value::Payload(name, of) => {
            let name = imports.path(&format!("{models}::runtime::{name}"));
            let of = value(of, models, imports);
            quote!(#name::new(#of))
        }
        Value::Content(media_type, of) => {
            let name = imports.path(&format!("{models}::runtime::Content"));
            let (media_type, of) = (text(media_type), text(of));
            quote!(#name::new(#media_type, #of))
        }
        Value::Local(name) => ident(name),
        Value::Nothing => quote!(None),
        Value::Json(json) => {
            let name = imports.path(&format!("{models}::edm::Json"));
            let literal = raw_text(json);
            quote!(#literal.parse::<#name>()?)
        }
    }
}

/// `true`, `-5`, `1.0`
fn literal(of: &str) -> TokenStream {
    match of {
        "true" => quote!(true),
        "false" => quote!(false),
        _ => match (of.parse::<i64>(), of.parse::<Literal>()) {
            (Ok(integer), _) => number(integer),
            (Err(_), Ok(literal)) => quote!(#literal),
            (Err(_), Err(_)) => {
                let literal = text(of);
                quote!(#literal)
            }
        },
    }
}

/// The module with the properties of a type.
fn schema_of(path: &TypePath, models: &Ident, imports: &mut Imports) -> TokenStream {
    let module: Vec<&str> = path.module.iter().map(Ident::as_str).collect();
    imports.path(&format!("{models}::{}::schema", module.join("::")))
}
