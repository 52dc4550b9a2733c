//! A server lets in who has a token of an issuer, whose public keys it fetches.

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::Router;
use jsonwebtoken::{EncodingKey, Header, jwk::Jwk};
use msgraph_server::jwt::{Algorithm, Jwks, JwtGuard, KeySourceError, TokenPolicy};
use msgraph_v1_client::{Client, Graph, StaticToken};
use msgraph_v1_models::graph::ConversationThread;
use msgraph_v1_server::{BASE, Context, Created, GroupThreads, ServiceError};
use msgraph_v1_server::{group_threads, runtime::Routes};
use serde_json::json;

const AUDIENCE: &str = "api://threads.example";

struct Threads;

impl GroupThreads for Threads {
    async fn create(
        &self,
        group_id: String,
        thread: ConversationThread,
        _context: Context,
    ) -> Result<Created<ConversationThread>, ServiceError> {
        Ok(Created(thread.with_id(format!("{group_id}-1"))))
    }
}

/// Stands for an identity service: signs tokens, and publishes the key to verify them by.
struct Issuer {
    url: String,
    key: EncodingKey,
}

impl Issuer {
    async fn start() -> Result<Self, Box<dyn Error>> {
        let pair =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())?;
        let key = EncodingKey::from_ec_der(pair.as_ref());
        let mut public = Jwk::from_encoding_key(&key, jsonwebtoken::Algorithm::ES256)?;
        public.common.key_id = Some("key-1".to_owned());
        let keys = json!({ "keys": [public] }).to_string();
        let answer = move || std::future::ready(keys.clone());
        let router = Router::new().route("/keys", axum::routing::get(answer));
        Ok(Self { url: serve(router).await?, key })
    }

    /// A token that is good for an hour, of a user who lets an application do what `scopes` name.
    fn token(&self, scopes: &str) -> Result<String, Box<dyn Error>> {
        let end = SystemTime::now().duration_since(UNIX_EPOCH)? + Duration::from_secs(3600);
        let mut header = Header::new(jsonwebtoken::Algorithm::ES256);
        header.kid = Some("key-1".to_owned());
        let claims = json!({
            "iss": self.url, "aud": AUDIENCE, "exp": end.as_secs(), "oid": "alex", "scp": scopes,
        });
        Ok(jsonwebtoken::encode(&header, &claims, &self.key)?)
    }
}

async fn fetch(url: String) -> Result<Jwks, KeySourceError> {
    let text = reqwest::get(url).await?.error_for_status()?.text().await?;
    Ok(Jwks::from_json(&text)?)
}

async fn serve(router: Router) -> std::io::Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let issuer = Issuer::start().await?;
    let policy = TokenPolicy::new(&issuer.url, AUDIENCE).algorithms([Algorithm::Es256]);
    let keys = format!("{}/keys", issuer.url);
    let guard = JwtGuard::new(policy, move || fetch(keys.clone()));
    let routes = group_threads::routes(Routes::new(BASE, Threads, guard));
    let url = format!("{}{BASE}", serve(routes.into_router()).await?);

    for token in
        [issuer.token("Group.ReadWrite.All")?, issuer.token("Group.Read.All")?, "forged".to_owned()]
    {
        let client =
            Client::builder().base_url(&url).credential(StaticToken::new(token)).build()?;
        let thread = ConversationThread::new().with_topic("Lunch");
        let threads = Graph::with_client(client).groups().by_group_id("42").threads();
        match threads.post(thread).await {
            Ok(created) => println!("created {:?}", created.id()),
            Err(error) => {
                println!("refused with {:?}", error.status().map(|status| status.as_u16()))
            }
        }
    }
    Ok(())
}
