//! The crates of a service that is no OData, client and server over real HTTP on loopback.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, Mutex};

use msgraph_core::{Array, Content, OneOf, Plain, Plains, StatusCode};
use msgraph_library_client::{Api, Client, StaticToken};
use msgraph_library_models::parameters::{GetShelvesByShelfEventsParameters, ListBooksParameters};
use msgraph_library_models::types::{Added, Book, BookPublisher, Event, Genre, Problem};
use msgraph_library_server::runtime::{Principal, ServiceError, StaticTokens};
use msgraph_library_server::{
    Books, Context, Created, NoContent, Result, Shelves, Success, router,
};

/// What was asked for, as the methods of the service got it.
#[derive(Clone, Default)]
struct Library {
    asked: Arc<Mutex<Vec<String>>>,
}

impl Library {
    fn note(&self, what: impl Into<String>) {
        self.asked.lock().unwrap().push(what.into());
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

impl Books for Library {
    async fn list_books(
        &self,
        parameters: ListBooksParameters,
        _: Context,
    ) -> Result<Success<Array<Book>>> {
        let object = parameters.to_json();
        self.note(object);
        Ok(Success(Array::new([book("1"), book("2")])))
    }

    async fn add_book(
        &self,
        body: Book,
        _: Context,
    ) -> Result<OneOf<Success<Book>, Created<Added>>> {
        match body.isbn() {
            Some("known") => Ok(OneOf::First(Success(body))),
            Some("odd") => {
                let problem = Problem::new().with_title("too odd").with_status(409);
                Err(ServiceError::described(StatusCode::CONFLICT, problem))
            }
            _ => Ok(OneOf::Second(Created(Added::new().with_book(body).with_shelf(3)))),
        }
    }

    async fn count_books(&self, _: Context) -> Result<Success<Plain<i64>>> {
        Ok(Success(Plain::new(5_000_000_000_i64)))
    }

    async fn get_book(&self, isbn: String, _: Context) -> Result<Success<Book>> {
        Ok(Success(book(&isbn)))
    }

    async fn get_cover(&self, _: String, _: Context) -> Result<Success<Content>> {
        Ok(Success(Content::new("image/png", &b"picture"[..])))
    }

    async fn set_cover(&self, isbn: String, body: Content, _: Context) -> Result<NoContent> {
        self.note(format!("{isbn} {:?} {}", body.media_type(), body.bytes().len()));
        Ok(NoContent)
    }

    async fn list_tags(&self, _: String, _: Context) -> Result<Success<Plains<String>>> {
        Ok(Success(Plains::new(["old".to_owned(), "blue".to_owned()])))
    }

    async fn set_tags(&self, _: String, body: Plains<String>, _: Context) -> Result<NoContent> {
        self.note(format!("{:?}", body.value()));
        Ok(NoContent)
    }
}

impl Shelves for Library {
    async fn get_shelves_by_shelf_events(
        &self,
        shelf: i32,
        parameters: GetShelvesByShelfEventsParameters,
        _: Context,
    ) -> Result<Success<Array<Event>>> {
        self.note(format!("{shelf} {}", parameters.since().unwrap()));
        let lent = Event::new().with_kind("lent").with_to("Alex").with_reference("r1");
        let returned = Event::new().with_kind("returned").with_late(true).with_reference(1);
        Ok(Success(Array::new([lent, returned])))
    }
}

fn book(isbn: &str) -> Book {
    Book::new()
        .with_title("On lending")
        .with_isbn(isbn)
        .with_genre(Genre::NonFiction)
        .with_publisher(BookPublisher::new().with_city("Basel"))
}

/// The address of a running library, and the library.
async fn serve() -> (String, Library) {
    let library = Library::default();
    let guard = StaticTokens::new()
        .with("keeper", Principal::work("alex", ["books.write"]))
        .with("reader", Principal::application("kiosk", ["books.read"]));
    let router = router(library.clone(), guard);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v2", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, library)
}

fn api(url: &str, token: &str) -> Api {
    let client = Client::builder().base_url(url).credential(StaticToken::new(token));
    Api::with_client(client.build().unwrap())
}

async fn library() -> (Api, Library) {
    let (url, library) = serve().await;
    (api(&url, "keeper"), library)
}

#[tokio::test]
async fn scopes_are_asked_for() {
    let (url, _) = serve().await;
    for (token, read, added) in
        [("keeper", None, None), ("reader", None, Some(403)), ("nobody", Some(401), Some(401))]
    {
        let api = api(&url, token);
        let status = |error: msgraph_library_client::Error| error.status().map(|it| it.as_u16());
        assert_eq!(api.books().get().await.err().and_then(status), read, "{token}");
        assert_eq!(api.books().post(book("new")).await.err().and_then(status), added, "{token}");
    }
}

#[tokio::test]
async fn parameters_arrive_from_wherever_they_stand() {
    let (api, library) = library().await;
    let parameters = ListBooksParameters::new()
        .with_genre([Genre::Novel, Genre::SayHelloWorld])
        .with_authors(["A & B", "C=D"])
        .with_limit(2)
        .with_x_trace("trace, 1")
        .with_session("a;b,c");
    let books = api.books().get().parameters(&parameters).await.unwrap();
    assert_eq!(books.value().iter().filter_map(|book| book.isbn()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(library.asked(), [parameters.to_json()]);
    // None of them need be there.
    api.books().get().await.unwrap();
    assert_eq!(library.asked(), ["{}"]);
}

#[tokio::test]
async fn a_parameter_that_is_due_or_mistyped_is_told() {
    let (api, library) = library().await;
    let events = || api.shelves().by_shelf(7).events();
    let since = GetShelvesByShelfEventsParameters::new().with_since("2026-11-01".parse().unwrap());
    events().get(&since).await.unwrap();
    assert_eq!(library.asked(), ["7 2026-11-01"]);
    let missing = events().get(&GetShelvesByShelfEventsParameters::new()).await.unwrap_err();
    let mistyped = api.books().get().query("limit", "many").await.unwrap_err();
    for (error, target) in [(missing, "since"), (mistyped, "limit")] {
        assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
        assert_eq!(error.service().and_then(|failure| failure.target()), Some(target), "{error}");
    }
    assert_eq!(library.asked(), [""; 0]);
}

#[tokio::test]
async fn several_successes_are_told_apart_by_their_status() {
    let (api, _) = library().await;
    match api.books().post(book("known")).await.unwrap() {
        OneOf::First(Success(known)) => assert_eq!(known.isbn(), Some("known")),
        other => panic!("{other:?}"),
    }
    match api.books().post(book("new")).await.unwrap() {
        OneOf::Second(Created(added)) => assert_eq!(added.shelf(), Some(3)),
        other => panic!("{other:?}"),
    }
    let response = api.books().post(book("new")).respond().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn an_error_is_described_in_words_of_the_service() {
    let (api, _) = library().await;
    let error = api.books().post(book("odd")).await.unwrap_err();
    let failure = error.service().unwrap();
    assert_eq!(failure.status(), StatusCode::CONFLICT);
    assert_eq!(failure.described::<Problem>().unwrap().title(), Some("too odd"));
}

#[tokio::test]
async fn values_and_lists_and_bytes_stand_alone() {
    let (api, library) = library().await;
    assert_eq!(api.books().count().get().await.unwrap().value(), Some(5_000_000_000));
    let one = || api.books().by_isbn("1");
    assert_eq!(one().tags().get().await.unwrap().value(), ["old", "blue"]);
    one().tags().put(Plains::new(["a".to_owned()])).await.unwrap();
    let cover = one().cover().get().await.unwrap();
    assert_eq!((cover.media_type(), cover.bytes()), (Some("image/png"), &b"picture"[..]));
    one().cover().put(Content::new("image/jpeg", &b"1234"[..])).await.unwrap();
    assert_eq!(library.asked(), ["[Some(\"a\")]", "1 Some(\"image/jpeg\") 4"]);
}

#[tokio::test]
async fn a_parameter_of_the_path_stays_one_segment() {
    let (api, _) = library().await;
    for isbn in ["a/b", "../tags", "count", "('x')", "$count", "a b?c#d", "délta", "%2e%2e"] {
        let book = api.books().by_isbn(isbn).get().await;
        // A name of the service's own stands in front of a parameter.
        match isbn {
            "count" => assert!(book.is_err()),
            "$count" => assert_eq!(book.unwrap_err().status(), Some(StatusCode::NOT_FOUND)),
            _ => assert_eq!(book.unwrap().isbn(), Some(isbn)),
        }
    }
    for isbn in ["", ".", ".."] {
        let error = api.books().by_isbn(isbn).get().await.unwrap_err();
        assert!(error.to_string().contains("parameter of the path"), "{error}");
    }
}

#[tokio::test]
async fn a_union_has_the_members_of_all() {
    let (api, _) = library().await;
    let since = GetShelvesByShelfEventsParameters::new().with_since("2026-11-01".parse().unwrap());
    let events = api.shelves().by_shelf(1).events().get(&since).await.unwrap().into_value();
    assert_eq!(events[0].to(), Some("Alex"));
    assert_eq!(events[1].late(), Some(true));
    assert_eq!(events[1].reference().and_then(|json| json.as_i64()), Some(1));
}
