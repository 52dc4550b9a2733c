//! The macros that a generated registry is made of: a line per builder call, a line per method of a trait.

/// Defines what the tests of one generated server share, in the root of the test: the service that answers as
/// documented, the last step of each builder call, and the test itself.
#[macro_export]
macro_rules! contract_tests {
    ($graph:path, $client:ident, $server:ident) => {
        /// The root of the client.
        pub(crate) type Graph = $graph;

        /// A service that answers as documented, and tells what it was called with.
        pub(crate) struct Documented(pub(crate) $crate::contract::Stage);

        /// The request that would be sent, with what is documented beside path and body.
        pub(crate) fn sent<O: ::msgraph_core::Operation, Q>(
            case: &$crate::contract::Case<'_>,
            mut request: $client::Request<O, Q>,
        ) -> $crate::contract::Outcome<
            $crate::contract::private::http::Request<$crate::contract::private::Bytes>,
        > {
            for (name, value) in case.query {
                request = request.query(name, value);
            }
            for (name, value) in case.headers {
                request = request.header(name.as_str(), value.as_str());
            }
            request.into_http().map_err(|error| $crate::contract::Mismatch::new(error.to_string()))
        }

        /// Client and server are held to every documented example.
        #[tokio::test]
        async fn documented_examples() -> $crate::contract::Outcome {
            let client = $client::Client::builder()
                .base_url(Graph::BASE_URL)
                .credential($client::StaticToken::new($crate::contract::TOKEN))
                .build()
                .map_err(|error| $crate::contract::Mismatch::new(error.to_string()))?;
            let graph = Graph::with_client(client);
            let stage = $crate::contract::Stage::default();
            let routes =
                $crate::Routes::new($server::BASE, Documented(stage.clone()), stage.clone());
            let router = services::routes(routes).into_router();
            let folder = ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/tests/contract");
            $crate::contract::Suite::new(graph, calls::CALLS, router, $server::BASE.path(), stage)
                .run(folder)
                .await
        }
    };
}

/// Defines `CALLS`: for each operation and path the call of the client's builder.
#[macro_export]
macro_rules! contract_calls {
    ($($operation:path, $path:literal: |$graph:ident, $keys:ident $(, $body:ident)?| $call:expr;)*) => {
        /// The call of the client's builder for each operation and path.
        pub(crate) static CALLS: &[$crate::contract::Call<super::Graph>] = &[$(
            $crate::contract::Call::new::<$operation>($path, |$graph, $keys, case| {
                let _ = $keys;
                $(let $body = case.body()?;)?
                super::sent(case, $call)
            }),
        )*];
    };
}

/// Implements the traits of a generated server for `Documented`, and defines `routes`, which adds their
/// routes.
#[macro_export]
macro_rules! contract_services {
    ($server:ident; $($module:ident $service:ident {
        $($method:ident($($key:ident: $type:ty),*) $operation:path $(: $body:ident)?;)*
    })*) => {
        $(impl $server::$module::$service for super::Documented {
            $(fn $method(
                &self,
                $($key: $type,)*
                $($body: <$operation as ::msgraph_core::Operation>::Request,)?
                context: $crate::Context,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<
                <$operation as ::msgraph_core::Operation>::Response,
                $crate::ServiceError,
            >> + ::core::marker::Send {
                self.0.answer::<$operation>(
                    ::std::vec![$($crate::contract::private::given(&$key)),*],
                    $crate::__contract_body!($($body)?),
                    context,
                )
            })*
        })*

        /// With the routes of all traits that an example needs.
        pub(crate) fn routes(
            all: $crate::Routes<super::Documented, $crate::contract::Stage>,
        ) -> $crate::Routes<super::Documented, $crate::contract::Stage> {
            $(let all = $server::$module::routes(all);)*
            all
        }
    };
}

/// The argument that holds the body; nothing where there is none.
#[doc(hidden)]
#[macro_export]
macro_rules! __contract_body {
    () => {
        ()
    };
    ($body:ident) => {
        $body
    };
}
